import type { Dismissible, HomeView } from '../../shared/home-view.ts';
import type { DeviceView, Overview } from '../../shared/window-views.ts';
import { paths } from '../app/routes.ts';
import { discoveryWords } from '../text/discovery-text.ts';
import { formatRelativeTime } from '../text/format.ts';
import { homeText } from '../text/home-text.ts';
import { libraryProblem } from '../text/library-text.ts';
import { noticeWords } from '../text/notice-text.ts';
import { previewsText } from '../text/previews-text.ts';
import { damageNotice } from '../text/scrub-text.ts';

export interface Attention {
  readonly key: string;
  readonly tone: 'bad' | 'warn';
  readonly text: string;
  /** Where something can be done about it. */
  readonly href: string;
  /** Where it can be put away: nothing need be done about it, and perhaps nothing can. */
  readonly dismissible?: Dismissible;
}

/** A disk that is full within so many days is worth a thought now. */
const FULL_SOON_DAYS = 30;

/** Damage is told in the words of its counts, quiet devices with their own pages; other values for a run were wanted. */
const TOLD_OTHERWISE: readonly string[] = [
  'originals-damaged',
  'device-quiet',
  'settings-overridden',
];

const words = homeText.attention;

/** Everything that a person has to see to, the gravest first. */
export function attentionOf(
  home: Pick<HomeView, 'devices' | 'storage' | 'failedJobCount' | 'brokenOff'>,
  overview: Pick<Overview, 'library' | 'scrub' | 'previews' | 'discovery' | 'notices'>,
  devices: readonly DeviceView[],
  now: number,
): Attention[] {
  const { library, scrub, previews } = overview;
  const problem = libraryProblem(library);
  const damage = damageNotice(scrub);
  const discovery = discoveryWords(overview.discovery);
  const { forecast } = home.storage;
  const found: (Attention | undefined)[] = [
    problem && {
      key: 'library',
      tone: 'bad',
      text: `${problem.title} ${problem.next}`,
      href: paths.settings,
    },
    damage === undefined
      ? undefined
      : { key: 'damage', tone: 'bad', text: damage, href: paths.checking },
    home.failedJobCount === 0
      ? undefined
      : {
          key: 'failed',
          tone: 'bad',
          text: words.failed(home.failedJobCount),
          href: `${paths.jobs}?state=failed`,
          dismissible: 'failed',
        },
    home.brokenOff.count === 0
      ? undefined
      : {
          key: 'broken-off',
          tone: 'warn',
          dismissible: 'broken-off',
          ...brokenOffNeed(home.brokenOff),
        },
    forecast.kind === 'full-in' && forecast.fullInDays <= FULL_SOON_DAYS
      ? {
          key: 'full',
          tone: 'warn',
          text: words.fullSoon(forecast.fullInDays),
          href: paths.settings,
        }
      : undefined,
    ...devices
      .filter(({ login }) => login?.lockedAt !== undefined)
      .map(({ deviceId, name }) => ({
        key: `locked ${deviceId}`,
        tone: 'warn' as const,
        text: words.loginLocked(name),
        href: paths.device(deviceId),
      })),
    ...home.devices
      .filter(({ isQuiet }) => isQuiet)
      .map(({ deviceId, name, lastSeenAt }) => ({
        key: deviceId,
        tone: 'warn' as const,
        text:
          lastSeenAt === undefined
            ? words.neverHeard(name)
            : words.quiet(name, formatRelativeTime(lastSeenAt, now)),
        href: paths.device(deviceId),
      })),
    discovery.tone === 'warn' || discovery.tone === 'bad'
      ? {
          key: 'discovery',
          tone: 'warn',
          text: `${discovery.title}. ${discovery.next}`,
          href: paths.settings,
        }
      : undefined,
    ...overview.notices
      .filter(({ code }) => !TOLD_OTHERWISE.includes(code))
      .map((notice) => ({
        key: notice.code,
        tone: 'warn' as const,
        text: noticeWords(notice),
        href: paths.settings,
      })),
    previews.failedCount === 0
      ? undefined
      : {
          key: 'previews',
          tone: 'warn',
          text: previewsText.link(previews.failedCount),
          href: paths.previews,
        },
  ];
  return found.filter((each) => each !== undefined);
}

function brokenOffNeed({ count, job }: HomeView['brokenOff']): Pick<Attention, 'text' | 'href'> {
  return job === undefined
    ? { text: words.brokenOffMany(count), href: `${paths.jobs}?state=interrupted` }
    : { text: words.brokenOff(job.fileName, job.deviceName), href: paths.job(job.jobId) };
}
