import type { FindingView, ScrubActivity, ScrubStatus } from '../../shared/scrub-view.ts';
import {
  formatByteCount,
  formatCount,
  formatExactByteCount,
  formatPlural,
  formatRelativeTime,
} from './format.ts';

/** Words of the panel about re-reading originals. */
export const scrubText = {
  title: 'Checking originals',
  description:
    'Roost reads every original again from time to time and compares it with what was received, so that damage is found while something can still be done.',
  every: 'Check every original',
  everyHint: 'In the background, slowly, and never while photos arrive.',
  everyDays: (days: number) => {
    if (days === 0) return 'Only when I ask';
    if (days === 7) return 'Every week';
    if (days === 365) return 'Every year';
    return days === 1 ? 'Every day' : `Every ${formatCount(days)} days`;
  },
  start: 'Check everything now',
  stop: 'Stop',
  now: 'Now',
  done: 'Checked',
  oldest: 'Oldest check',
  unread: 'Unchecked',
  result: 'Result',
  allGood: 'All as received',
  notYet: 'Nothing is checked yet',
  progress: 'Originals checked',
  empty: {
    title: 'Nothing to check yet',
    next: (everyDays: number) =>
      everyDays === 0
        ? 'Once photos are here you can have them checked.'
        : 'Once photos are here, Roost checks each of them by itself.',
  },
  listTitle: 'Damaged or missing',
  replacedTitle: 'Replaced by a good copy',
  showReplaced: (count: number) =>
    `Show ${formatPlural(count, 'original', 'originals')} replaced by a good copy`,
  hideReplaced: 'Hide what was replaced',
  replacedHint:
    'These files are damaged or missing, and the same photo is safe elsewhere in the library. Nothing needs to be done.',
  more: 'Show more',
  andMore: (count: number) =>
    `and ${formatCount(count)} more. “roost verify” names all of them in a terminal.`,
  found: 'found',
  checkAgain: 'Check again',
  checkAgainOf: (fileName: string) => `Check ${fileName} again`,
  /** For screen readers, once a second look is over. */
  stillBad: (fileName: string) => `${fileName} is still damaged or missing`,
  goodAgain: (fileName: string) => `${fileName} is as received again`,
  copyPath: 'Copy path',
  copyGoodPath: 'Copy path of the good copy',
  goodCopy: 'Good copy',
} as const;

/** What a person can choose for the interval; one that was set otherwise is added. */
export function everyDaysChoices(current: number): readonly number[] {
  const usual = [7, 30, 90, 365, 0];
  return usual.includes(current) ? usual : [current, ...usual];
}

/** What goes on, in a sentence. */
export function activityWords(status: ScrubStatus, now: number): string {
  const { activity, askedAt } = status;
  switch (activity.kind) {
    case 'off':
      return 'Off. Nothing is checked unless you ask for it.';
    case 'reading':
      return `Reading ${formatCount(Math.min(status.readCount + 1, status.originalCount))} of ${formatCount(status.originalCount)}: ${fileName(activity.path)}${partWords(activity)}`;
    case 'resting':
      if (activity.untilAt - now < 30_000) return 'About to go on';
      return askedAt === undefined
        ? `Resting, goes on ${formatRelativeTime(activity.untilAt, now)}`
        : 'Resting for a moment';
    case 'uploads':
      return 'Paused because photos are arriving. Goes on by itself.';
    case 'library':
      return 'Waiting for the library, which cannot be reached. Goes on by itself.';
    case 'done':
      if (activity.nextAt === undefined) {
        return status.originalCount === 0 ? 'Nothing to check' : 'About to begin';
      }
      return `Nothing is due. The next original is due ${formatRelativeTime(activity.nextAt, now)}.`;
  }
}

/** How far a large file is; a small one is over before it is read. */
function partWords(activity: Extract<ScrubActivity, { kind: 'reading' }>): string {
  if (activity.byteCount < 50_000_000) return '';
  return ` (${formatByteCount(activity.readByteCount)} of ${formatByteCount(activity.byteCount)})`;
}

/** "298 of 300 originals since you asked". */
export function roundWords(status: ScrubStatus): string {
  const counts = `${formatCount(status.readCount)} of ${formatPlural(status.originalCount, 'original', 'originals')}`;
  if (status.askedAt !== undefined) return `${counts} since you asked`;
  if (status.everyDays === 0) return counts;
  return `${counts} within the last ${formatPlural(status.everyDays, 'day', 'days')}`;
}

/** How far a round is, 0 to 1, by bytes: files differ too much. */
export function roundFraction(status: ScrubStatus): number {
  const { activity, readByteCount, originalByteCount } = status;
  const inWork = activity.kind === 'reading' ? activity.readByteCount : 0;
  if (originalByteCount === 0) return 0;
  return Math.min((readByteCount + inWork) / originalByteCount, 1);
}

type DamageCounts = Pick<ScrubStatus, 'damagedCount' | 'missingCount'>;

/** "2 damaged" and "1 missing", each where there are any. */
export function damageParts({ damagedCount, missingCount }: DamageCounts): readonly string[] {
  return [
    ...(damagedCount > 0 ? [`${formatCount(damagedCount)} damaged`] : []),
    ...(missingCount > 0 ? [`${formatCount(missingCount)} missing`] : []),
  ];
}

/** The same as a sentence for every page; nothing where all is well. */
export function damageNotice(counts: DamageCounts): string | undefined {
  const parts = damageParts(counts);
  if (parts.length === 0) return undefined;
  const originals = counts.damagedCount + counts.missingCount === 1 ? 'original' : 'originals';
  return `${parts.join(' and ')} ${originals}. See what can be done`;
}

export function findingBadge(finding: Pick<FindingView, 'kind'>): string {
  switch (finding.kind) {
    case 'missing':
      return 'Missing';
    case 'unreadable':
      return 'Cannot be read';
    case 'changed':
    case 'wrong-length':
      return 'Damaged';
  }
}

/** What exactly is the matter with a file. */
export function findingWords(finding: FindingView): string {
  switch (finding.kind) {
    case 'missing':
      return 'The file is not at its place.';
    case 'changed':
      return 'The file has other bytes than were received.';
    case 'wrong-length':
      return `The file has ${formatExactByteCount(finding.foundByteCount ?? 0)} instead of ${formatCount(finding.byteCount)}.`;
    case 'unreadable':
      return finding.readError === 'EACCES' || finding.readError === 'EPERM'
        ? 'Roost may not read the file.'
        : `The file cannot be read (${finding.readError ?? ''}).`;
  }
}

/** What can be done about it. */
export function adviceWords(finding: FindingView): string {
  const kept = finding.kind === 'missing' ? 'is stored anew' : 'is kept beside this file';
  return [
    ...(finding.kind === 'unreadable'
      ? ['Look first at the drive and at the rights of the file.']
      : []),
    `If ${finding.deviceName} still has it, send it again from there: it counts as needed, and the good copy ${kept}.`,
    'If you have it in another backup, put that file at this path and check again.',
  ].join(' ');
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
