import { useRef } from 'react';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { navigate } from '../app/navigation.ts';
import { routeOf } from '../app/routes.ts';
import { throwAway } from '../trash/throw-away.ts';
import { photoAddress } from './photo-address.ts';

/**
 * Moves an asset to the trash, says so, and offers to take it back. `onDone` runs once nothing of it is left here: then
 * another photo is to be shown.
 */
export function useTrash(onDone: () => void): (asset: TimelineAsset) => void {
  const isPending = useRef(false);
  return ({ assetId, fileName }) => {
    if (isPending.current) return;
    isPending.current = true;
    void throwAway([assetId], { fileName, onRestored: () => showAgain(assetId) }).then((begun) => {
      isPending.current = false;
      const route = routeOf(location.pathname);
      const isShown = route.view === 'photo' && route.assetId === assetId;
      if (isShown && begun?.failedCount === 0) onDone();
    });
  };
}

/** Back to the photo it was all about, unless the person has gone elsewhere since. */
function showAgain(assetId: string): void {
  const { view } = routeOf(location.pathname);
  if (view === 'photo') navigate(photoAddress(assetId), { replace: true });
  else if (view === 'timeline') navigate(photoAddress(assetId));
}
