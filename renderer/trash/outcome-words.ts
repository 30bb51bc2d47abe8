import type { Begun } from '../../shared/action-calls.ts';
import { trashText } from '../text/trash-text.ts';

/**
 * What became of so many photos, or of the one with a name, that were thrown away: in one go with all that did not go
 * as asked.
 */
export function trashedWords(
  photos: number | string,
  { isRunning, movedCount, failedCount, skippedCount }: Omit<Begun, 'batchId'>,
): string {
  const count = (typeof photos === 'string' ? 1 : photos) - skippedCount;
  const parts: string[] = [];
  if (isRunning) parts.push(trashText.begins(typeof photos === 'string' ? photos : count));
  if (failedCount > 0) {
    const isNone = isRunning || movedCount === 0;
    parts.push(isNone ? trashText.left(failedCount) : trashText.someLeft(movedCount, failedCount));
  } else if (!isRunning && count > 0) {
    const isNamed = typeof photos === 'string';
    parts.push(isNamed ? trashText.thrownAway(photos) : trashText.thrownAwayMany(count));
  }
  if (skippedCount > 0) parts.push(trashText.goneBefore(skippedCount));
  return parts.length === 0 ? '' : parts.reduce(oneAfterAnother);
}

/** Some of these words are whole sentences; a name in them may have any dots. */
function oneAfterAnother(before: string, next: string): string {
  return before.endsWith('.') ? `${before} ${next}` : `${before}. ${next}`;
}

/** What became of so many photos, or of the one with a name, that were brought back. */
export function restoredWords(
  photos: number | string,
  { isRunning, movedCount, failedCount }: Omit<Begun, 'batchId'>,
): string {
  if (failedCount > 0) return trashText.someRestored(movedCount, failedCount);
  if (isRunning) return trashText.beginsBack(photos);
  return typeof photos === 'string' ? trashText.restoredOne(photos) : trashText.restored(photos);
}
