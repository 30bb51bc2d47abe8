import type { Begun } from '../../shared/action-calls.ts';
import { RoostError } from '../../shared/error-catalogue.ts';
import { onlyNameOf } from '../app/asset-name.ts';
import { callService } from '../app/call-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { showToast } from '../ui/toast.tsx';
import { restoredWords, trashedWords } from './outcome-words.ts';

export interface ThrowAwayOptions {
  /** Of a photo that is looked at. */
  readonly fileName?: string;
  /** Runs once the person took it back. */
  readonly onRestored?: () => void;
}

/**
 * Moves photos to the trash, says what became of them and offers to take back what moved. Gives that, too, and nothing
 * where it failed. The words also come when the page that asked is left before the answer.
 */
export async function throwAway(
  assetIds: readonly string[],
  { fileName: knownName, onRestored }: ThrowAwayOptions = {},
): Promise<Begun | undefined> {
  // Before it goes.
  const fileName = knownName ?? (await onlyNameOf(assetIds));
  try {
    const begun = await callService('assets.trash', { assetIds: [...assetIds] });
    const { batchId, isRunning, movedCount, skippedCount } = begun;
    const words = trashedWords(fileName ?? assetIds.length, begun);
    if (batchId === undefined || (!isRunning && movedCount === 0)) showToast(words);
    else {
      const moved = fileName ?? assetIds.length - skippedCount;
      const onPress = (): void => void bringBack(batchId, moved, onRestored);
      showToast(words, { label: trashText.undo, isUndo: true, onPress });
    }
    return begun;
  } catch (error) {
    const why = wordsOf(error);
    showToast(fileName === undefined ? trashText.failedMany(why) : trashText.failed(fileName, why));
    return undefined;
  }
}

async function bringBack(
  batchId: string,
  photos: number | string,
  onRestored: (() => void) | undefined,
): Promise<void> {
  try {
    showToast(restoredWords(photos, await callService('assets.restore', { batchId })));
    onRestored?.();
  } catch (error) {
    showToast(trashText.restoreFailed(wordsOf(error)));
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof RoostError)) throw error;
  return problemWords(error);
}
