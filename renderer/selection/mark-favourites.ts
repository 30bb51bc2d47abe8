import { RoostError } from '../../shared/error-catalogue.ts';
import { onlyNameOf } from '../app/asset-name.ts';
import { callService } from '../app/call-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { selectionText } from '../text/selection-text.ts';
import { showToast } from '../ui/toast.tsx';

/**
 * Marks photos as favourites; where all of them were, takes the mark away. Says so and offers to take it back, also
 * when the page that asked is left before the answer.
 */
export async function markFavourites(assetIds: readonly string[]): Promise<void> {
  try {
    const isMarked = await change(assetIds, true);
    if (!isMarked) await change(assetIds, false);
  } catch (error) {
    tellFailure(error);
  }
}

/** Gives whether any changed by it. @throws RoostError of the service. */
async function change(assetIds: readonly string[], isFavourite: boolean): Promise<boolean> {
  const { changedAssetIds } = await callService('assets.favourite', {
    assetIds: [...assetIds],
    isFavourite,
  });
  const { length: count } = changedAssetIds;
  if (count === 0) return false;
  const photos = (await onlyNameOf(changedAssetIds)) ?? count;
  showToast(isFavourite ? selectionText.marked(photos) : selectionText.unmarked(photos), {
    label: selectionText.undo,
    isUndo: true,
    onPress: () => void takeBack(changedAssetIds, !isFavourite),
  });
  return true;
}

async function takeBack(assetIds: string[], isFavourite: boolean): Promise<void> {
  try {
    await callService('assets.favourite', { assetIds, isFavourite });
  } catch (error) {
    tellFailure(error);
  }
}

function tellFailure(error: unknown): void {
  if (!(error instanceof RoostError)) throw error;
  showToast(selectionText.failed(problemWords(error)));
}
