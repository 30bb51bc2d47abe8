import { useLayoutEffect, useRef } from 'react';

import type { GridTarget } from './grid-step.ts';
import { placeOf, type TimelineGeometry } from './timeline-geometry.ts';

type Beside = Extract<GridTarget, { readonly assetId: string }>;

/** So many beside the focus are remembered on either side. */
const REACH = 500;

/**
 * Where the tile with the focus goes, as into the trash, another one takes its place: the next older that is there, else
 * the next newer. It gets the focus itself where that would be lost.
 */
export function useNeighbourFocus(
  geometry: TimelineGeometry,
  focusedId: string | undefined,
  onMove: (assetId: string) => void,
  reveal: (target: GridTarget) => void,
): void {
  const beside = useRef<readonly Beside[]>([]);
  // Before others find the focus lost.
  useLayoutEffect(() => {
    if (focusedId === undefined) return;
    if (placeOf(geometry, focusedId) !== undefined) {
      beside.current = besideOf(geometry, focusedId);
      return;
    }
    const next = beside.current.find(({ assetId }) => placeOf(geometry, assetId) !== undefined);
    if (next === undefined) return;
    onMove(next.assetId);
    if (document.activeElement === document.body) reveal(next);
  }, [geometry, focusedId, onMove, reveal]);
}

/** Loaded assets around one: the older ones after it, then the newer ones before it, nearest first. */
function besideOf({ pieces }: TimelineGeometry, assetId: string): readonly Beside[] {
  const assets = pieces.flatMap((block) => block.assets ?? []);
  const at = assets.findIndex((asset) => asset.assetId === assetId);
  return [
    ...assets.slice(at + 1, at + 1 + REACH),
    ...assets.slice(Math.max(0, at - REACH), at).reverse(),
  ].map((asset) => ({ assetId: asset.assetId, day: asset.capturedLocal.slice(0, 10) }));
}
