import { useQueryClient } from '@tanstack/react-query';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { queryKey, useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { selectionText } from '../text/selection-text.ts';
import { showToast, withdrawUndo } from '../ui/toast.tsx';

/** Marks the shown photo as a favourite, or takes the mark away. */
export function useFavourite(): (asset: TimelineAsset) => void {
  const client = useQueryClient();
  const favourite = useServiceMutation('assets.favourite', {
    onSuccess: () => {
      // Taking back an earlier mark would now change more than that one.
      withdrawUndo();
      return client.invalidateQueries({ queryKey: queryKey('asset.get') });
    },
  });
  return ({ assetId, isFavourite = false }) => {
    if (favourite.isPending) return;
    favourite.mutate(
      { assetIds: [assetId], isFavourite: !isFavourite },
      { onError: (error) => showToast(selectionText.failed(problemWords(error))) },
    );
  };
}
