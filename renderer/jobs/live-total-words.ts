import { isLive, isSafe } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { formatByteRate } from '../text/format.ts';
import { formatRemaining, jobText } from '../text/job-text.ts';
import type { TransferSpeeds } from './use-transfer-speeds.ts';

/** "3 files", "12 MB/s", "about 2 min left": for all that arrives now; of what has just ended, how it did. */
export function liveTotalWords(
  jobs: readonly Pick<JobView, 'state'>[],
  { total, told }: Pick<TransferSpeeds, 'total' | 'told'>,
): string[] {
  const words = jobText.live;
  const count = jobs.filter(({ state }) => isLive(state)).length;
  const brokenCount = brokenOffCount(jobs);
  if (count === 0 && brokenCount > 0) {
    return [...(brokenCount < jobs.length ? [words.ended] : []), words.notArrived(brokenCount)];
  }
  const rate = total?.bytesPerSecond ?? 0;
  return [
    // Between two small photos nothing arrives for a moment: the speed stays, or it would flicker.
    count === 0 ? words.ended : words.files(count),
    ...(rate < 1 ? [] : [formatByteRate(rate)]),
    ...(told === undefined || count === 0 ? [] : [formatRemaining(told.remainingMs)]),
  ];
}

/** What the panel is called: what broke off does not arrive. */
export function liveTitle(jobs: readonly Pick<JobView, 'state'>[]): string {
  const { title, titleEnded } = jobText.live;
  const isOver = !jobs.some(({ state }) => isLive(state)) && brokenOffCount(jobs) > 0;
  return isOver ? titleEnded : title;
}

function brokenOffCount(jobs: readonly Pick<JobView, 'state'>[]): number {
  return jobs.filter(({ state }) => !isLive(state) && !isSafe(state)).length;
}
