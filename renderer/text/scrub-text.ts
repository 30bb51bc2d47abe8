import type { FindingView, ScrubActivity, ScrubStatus } from '../../shared/scrub-view.ts';
import {
  formatByteCount,
  formatCount,
  formatExactByteCount,
  formatList,
  formatPlural,
  formatRelativeTime,
} from './format.ts';
import { inLanguage } from './language.ts';

/** Words of the panel about re-reading originals. */
export const scrubText = inLanguage({
  en: {
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
    bytesOf: (read: number, all: number) => `${formatByteCount(read)} of ${formatByteCount(all)}`,
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
  },
  de: {
    title: 'Originale prüfen',
    description:
      'Roost liest jedes Original von Zeit zu Zeit erneut und vergleicht es mit dem, was angekommen war. So fällt ein Schaden auf, solange sich noch etwas tun lässt.',
    every: 'Jedes Original prüfen',
    everyHint: 'Im Hintergrund, langsam, und nie, während Fotos ankommen.',
    everyDays: (days: number) => {
      if (days === 0) return 'Nur auf Wunsch';
      if (days === 7) return 'Jede Woche';
      if (days === 365) return 'Jedes Jahr';
      return days === 1 ? 'Jeden Tag' : `Alle ${formatCount(days)} Tage`;
    },
    start: 'Jetzt alles prüfen',
    stop: 'Anhalten',
    now: 'Jetzt',
    done: 'Geprüft',
    bytesOf: (read: number, all: number) => `${formatByteCount(read)} von ${formatByteCount(all)}`,
    oldest: 'Älteste Prüfung',
    unread: 'Ungeprüft',
    result: 'Ergebnis',
    allGood: 'Alles wie angekommen',
    notYet: 'Noch ist nichts geprüft',
    progress: 'Geprüfte Originale',
    empty: {
      title: 'Noch nichts zu prüfen',
      next: (everyDays: number) =>
        everyDays === 0
          ? 'Sobald Fotos hier sind, lassen sie sich prüfen.'
          : 'Sobald Fotos hier sind, prüft Roost jedes davon von selbst.',
    },
    listTitle: 'Beschädigt oder verschwunden',
    replacedTitle: 'Durch eine gute Kopie ersetzt',
    showReplaced: (count: number) =>
      `${formatPlural(count, 'Original', 'Originale')} anzeigen, für die es eine gute Kopie gibt`,
    hideReplaced: 'Ersetzte ausblenden',
    replacedHint:
      'Diese Dateien sind beschädigt oder verschwunden, und dasselbe Foto liegt an anderer Stelle der Bibliothek sicher. Es ist nichts zu tun.',
    more: 'Mehr anzeigen',
    andMore: (count: number) =>
      `und ${formatCount(count)} weitere. „roost verify“ nennt alle in einem Terminal.`,
    found: 'gefunden',
    checkAgain: 'Erneut prüfen',
    checkAgainOf: (fileName: string) => `${fileName} erneut prüfen`,
    stillBad: (fileName: string) => `${fileName} ist weiterhin beschädigt oder verschwunden`,
    goodAgain: (fileName: string) => `${fileName} ist wieder wie angekommen`,
    copyPath: 'Pfad kopieren',
    copyGoodPath: 'Pfad der guten Kopie kopieren',
    goodCopy: 'Gute Kopie',
  },
});

const words = inLanguage({
  en: {
    off: 'Off. Nothing is checked unless you ask for it.',
    reading: (number: string, count: string, file: string) =>
      `Reading ${number} of ${count}: ${file}`,
    readPart: (read: string, all: string) => ` (${read} of ${all})`,
    goesOnSoon: 'About to go on',
    resting: (when: string) => `Resting, goes on ${when}`,
    restingAMoment: 'Resting for a moment',
    uploads: 'Paused because photos are arriving. Goes on by itself.',
    library: 'Waiting for the library, which cannot be reached. Goes on by itself.',
    nothing: 'Nothing to check',
    beginsSoon: 'About to begin',
    nothingDue: (when: string) => `Nothing is due. The next original is due ${when}.`,
    nothingDueYet: (when: string) =>
      `What is unchecked is new and not due yet. The next original is due ${when}.`,
    round: (read: string, count: number) =>
      `${read} of ${formatPlural(count, 'original', 'originals')}`,
    sinceAsked: (counts: string) => `${counts} since you asked`,
    withinDays: (counts: string, days: number) =>
      `${counts} within the last ${formatPlural(days, 'day', 'days')}`,
    damaged: (count: number) => `${formatCount(count)} damaged`,
    missing: (count: number) => `${formatCount(count)} missing`,
    damage: (parts: string, count: number) =>
      `${parts} ${count === 1 ? 'original' : 'originals'}. See what can be done`,
    badge: {
      missing: 'Missing',
      unreadable: 'Cannot be read',
      changed: 'Damaged',
      'wrong-length': 'Damaged',
    },
    isMissing: 'The file is not at its place.',
    isChanged: 'The file has other bytes than were received.',
    hasLength: (found: number, wanted: number) =>
      `The file has ${formatExactByteCount(found)} instead of ${formatCount(wanted)}.`,
    mayNotRead: 'Roost may not read the file.',
    cannotRead: (error: string) => `The file cannot be read (${error}).`,
    lookAtDrive: 'Look first at the drive and at the rights of the file.',
    sendAgain: (device: string, isMissing: boolean) =>
      `If ${device} still has it, send it again from there: it counts as needed, and the good copy ${isMissing ? 'is stored anew' : 'is kept beside this file'}.`,
    putBack: 'If you have it in another backup, put that file at this path and check again.',
  },
  de: {
    off: 'Aus. Geprüft wird nur auf Wunsch.',
    reading: (number: string, count: string, file: string) =>
      `Liest ${number} von ${count}: ${file}`,
    readPart: (read: string, all: string) => ` (${read} von ${all})`,
    goesOnSoon: 'Geht gleich weiter',
    resting: (when: string) => `Ruht, geht ${when} weiter`,
    restingAMoment: 'Ruht einen Moment',
    uploads: 'Angehalten, weil Fotos ankommen. Geht von selbst weiter.',
    library: 'Wartet auf die Bibliothek, die nicht erreichbar ist. Geht von selbst weiter.',
    nothing: 'Nichts zu prüfen',
    beginsSoon: 'Beginnt gleich',
    nothingDue: (when: string) => `Nichts ist fällig. Das nächste Original ist ${when} fällig.`,
    nothingDueYet: (when: string) =>
      `Was ungeprüft ist, ist neu und noch nicht fällig. Das nächste Original ist ${when} fällig.`,
    round: (read: string, count: number) =>
      `${read} von ${formatPlural(count, 'Original', 'Originalen')}`,
    sinceAsked: (counts: string) => `${counts} seit dem Auftrag`,
    withinDays: (counts: string, days: number) =>
      days === 1
        ? `${counts} innerhalb des letzten Tages`
        : `${counts} innerhalb der letzten ${formatCount(days)} Tage`,
    damaged: (count: number) => `${formatCount(count)} beschädigt`,
    missing: (count: number) => `${formatCount(count)} verschwunden`,
    damage: (parts: string, count: number) =>
      `${count === 1 ? 'Original' : 'Originale'}: ${parts}. Was sich tun lässt`,
    badge: {
      missing: 'Verschwunden',
      unreadable: 'Nicht lesbar',
      changed: 'Beschädigt',
      'wrong-length': 'Beschädigt',
    },
    isMissing: 'Die Datei ist nicht an ihrem Platz.',
    isChanged: 'Die Datei hat andere Bytes, als angekommen waren.',
    hasLength: (found: number, wanted: number) =>
      `Die Datei hat ${formatExactByteCount(found)} statt ${formatCount(wanted)}.`,
    mayNotRead: 'Roost darf die Datei nicht lesen.',
    cannotRead: (error: string) => `Die Datei ist nicht lesbar (${error}).`,
    lookAtDrive: 'Zuerst das Laufwerk und die Rechte der Datei ansehen.',
    sendAgain: (device: string, isMissing: boolean) =>
      `Ist es auf „${device}“ noch da, von dort erneut senden: Es gilt als nötig, und die gute Kopie wird ${isMissing ? 'neu gespeichert' : 'neben dieser Datei gespeichert'}.`,
    putBack:
      'Liegt es in einer anderen Sicherung, die Datei von dort an diesen Pfad legen und erneut prüfen.',
  },
});

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
      return words.off;
    case 'reading':
      return `${words.reading(
        formatCount(Math.min(status.readCount + 1, status.originalCount)),
        formatCount(status.originalCount),
        fileName(activity.path),
      )}${partWords(activity)}`;
    case 'resting':
      if (activity.untilAt - now < 30_000) return words.goesOnSoon;
      return askedAt === undefined
        ? words.resting(formatRelativeTime(activity.untilAt, now))
        : words.restingAMoment;
    case 'uploads':
      return words.uploads;
    case 'library':
      return words.library;
    case 'done':
      if (activity.nextAt === undefined) {
        return status.originalCount === 0 ? words.nothing : words.beginsSoon;
      }
      return (status.unreadCount > 0 ? words.nothingDueYet : words.nothingDue)(
        formatRelativeTime(activity.nextAt, now),
      );
  }
}

/** How far a large file is; a small one is over before it is read. */
function partWords(activity: Extract<ScrubActivity, { kind: 'reading' }>): string {
  if (activity.byteCount < 50_000_000) return '';
  return words.readPart(
    formatByteCount(activity.readByteCount),
    formatByteCount(activity.byteCount),
  );
}

/** "298 of 300 originals since you asked". */
export function roundWords(status: ScrubStatus): string {
  const counts = words.round(formatCount(status.readCount), status.originalCount);
  if (status.askedAt !== undefined) return words.sinceAsked(counts);
  return status.everyDays === 0 ? counts : words.withinDays(counts, status.everyDays);
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
    ...(damagedCount > 0 ? [words.damaged(damagedCount)] : []),
    ...(missingCount > 0 ? [words.missing(missingCount)] : []),
  ];
}

/** The same as a sentence for every page; nothing where all is well. */
export function damageNotice(counts: DamageCounts): string | undefined {
  const parts = damageParts(counts);
  if (parts.length === 0) return undefined;
  return words.damage(formatList(parts), counts.damagedCount + counts.missingCount);
}

export function findingBadge(finding: Pick<FindingView, 'kind'>): string {
  return words.badge[finding.kind];
}

/** What exactly is the matter with a file. */
export function findingWords(finding: FindingView): string {
  switch (finding.kind) {
    case 'missing':
      return words.isMissing;
    case 'changed':
      return words.isChanged;
    case 'wrong-length':
      return words.hasLength(finding.foundByteCount ?? 0, finding.byteCount);
    case 'unreadable':
      return finding.readError === 'EACCES' || finding.readError === 'EPERM'
        ? words.mayNotRead
        : words.cannotRead(finding.readError ?? '');
  }
}

/** What can be done about it. */
export function adviceWords(finding: FindingView): string {
  return [
    ...(finding.kind === 'unreadable' ? [words.lookAtDrive] : []),
    words.sendAgain(finding.deviceName, finding.kind === 'missing'),
    words.putBack,
  ].join(' ');
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
