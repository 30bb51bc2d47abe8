import type { GroupingFacts } from './grouping-facts.ts';
import { MAX_APART_MS } from './relation.ts';

/** Two times as near as files of one shot lie in one such span, or in one and the half of the next. */
const SPAN_SECONDS = (2 * MAX_APART_MS) / 1000;
/** All offsets from UTC are whole quarters of an hour, so wall clocks of one moment agree in what is left. */
const QUARTER_SECONDS = 15 * 60;

/**
 * Names of locks of which any two files that may be tied have one in common, in the order in which all must take them:
 * but for a recipe and what was only sent with it, which are brought together afterwards.
 * Few others share them: a file on a hanging disk holds up only what may belong to it.
 */
export function locksOfShot(facts: GroupingFacts): string[] {
  const { deviceId, stem, folder, contentId, timing, takenLocal } = facts;
  const locks: string[] = [];
  if (stem !== undefined && timing !== 'none') {
    const seconds = (Date.parse(`${takenLocal}Z`) / 1000) % QUARTER_SECONDS;
    const spans = [seconds, seconds + SPAN_SECONDS / 2].map((at) =>
      Math.floor((at % QUARTER_SECONDS) / SPAN_SECONDS),
    );
    for (const span of new Set(spans)) locks.push(`shot ${deviceId} ${span} ${stem}`);
  }
  if (stem !== undefined && folder !== undefined) locks.push(`shot ${deviceId} ${stem} ${folder}`);
  if (contentId !== undefined) locks.push(`shot ${deviceId} ${contentId}`);
  return locks.toSorted();
}
