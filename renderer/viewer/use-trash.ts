import { RoostError } from '../../shared/error-catalogue.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { navigate } from '../app/navigation.ts';
import { routeOf } from '../app/routes.ts';
import { useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { showToast } from '../ui/toast.tsx';
import { photoAddress } from './photo-address.ts';

/** Moves an asset to the trash, says so, and offers to take it back. `onDone` runs once it is there. */
export function useTrash(onDone: () => void): {
  readonly throwAway: (asset: TimelineAsset) => void;
  readonly isPending: boolean;
} {
  const trash = useServiceMutation('assets.trash');
  return {
    isPending: trash.isPending,
    throwAway: ({ assetId, fileName }) => {
      if (trash.isPending) return;
      trash.mutate(
        { assetIds: [assetId] },
        {
          onSuccess: ({ batchId, failedCount }) => {
            if (failedCount > 0) {
              showToast(trashText.left(failedCount));
              return;
            }
            onDone();
            showToast(trashText.thrownAway(fileName), {
              label: trashText.undo,
              isUndo: true,
              onPress: () => bringBack(batchId, assetId, fileName),
            });
          },
          onError: (error) => showToast(trashText.failed(fileName, problemWords(error))),
        },
      );
    },
  };
}

/** The viewer may be closed by then, so this stands on its own; an event brings the photo back into the timeline. */
function bringBack(batchId: string, assetId: string, fileName: string): void {
  callService('assets.restore', { batchId }).then(
    () => {
      showToast(trashText.restoredOne(fileName));
      showAgain(assetId);
    },
    (error: unknown) =>
      showToast(trashText.restoreFailed(error instanceof RoostError ? problemWords(error) : '')),
  );
}

/** Back to the photo it was all about, unless the person has gone elsewhere since. */
function showAgain(assetId: string): void {
  const { view } = routeOf(location.pathname);
  if (view === 'photo') navigate(photoAddress(assetId), { replace: true });
  else if (view === 'timeline') navigate(photoAddress(assetId));
}
