import { useCallback, useLayoutEffect, useRef, useState } from 'react';

import { edgeOf, type GridTarget } from './grid-step.ts';
import {
  type AssetPlace,
  type MonthBlock,
  placeOf,
  type TimelineGeometry,
} from './timeline-geometry.ts';
import type { ScrollViewControl } from './use-scroll-view.ts';

/**
 * Brings an asset into view and gives it the focus. Where its month is not loaded yet, the view goes to the
 * month first and to the asset once it is there; `revealing` says which month that needs.
 */
export function useReveal(
  geometry: TimelineGeometry,
  control: ScrollViewControl,
): { readonly reveal: (target: GridTarget) => void; readonly revealing: GridTarget | undefined } {
  const { scroller, exactTop, scrollTo, view } = control;
  const [revealing, setRevealing] = useState<GridTarget>();
  const done = useRef<GridTarget>(undefined);
  const focusId = useRef<string>(undefined);

  useLayoutEffect(() => {
    const isPending = revealing !== undefined && done.current !== revealing;
    if (!isPending || geometry.blocks.length === 0) return;
    const block = geometry.blocks.find(({ month }) => month === revealing.month);
    if (block === undefined) return;
    const target = 'edge' in revealing ? edgeOf(block, revealing.edge) : revealing;
    if (block.rows === undefined || target === undefined || 'edge' in target) {
      if (!touches(block, exactTop.current, view.height)) scrollTo(block.top);
      return;
    }
    done.current = revealing;
    focusId.current = target.assetId;
    const place = placeOf(geometry, target.month, target.assetId);
    const top = place && topToShow(place, geometry, exactTop.current, view.height);
    if (top !== undefined) scrollTo(top);
  }, [revealing, geometry, view.height, exactTop, scrollTo]);

  // After every render: the tile may come into the page one render after the view moved to it.
  useLayoutEffect(() => {
    if (focusId.current === undefined) return;
    const tile = scroller.current?.querySelector<HTMLElement>(
      `[data-asset-id="${CSS.escape(focusId.current)}"]`,
    );
    tile?.focus({ preventScroll: true });
    if (tile != null && document.activeElement === tile) focusId.current = undefined;
  });

  return { reveal: useCallback((target) => setRevealing(target), []), revealing };
}

/** Where to scroll so that the whole tile is visible below the sticky header; `undefined` where it is already. */
function topToShow(
  place: AssetPlace,
  { metrics }: TimelineGeometry,
  top: number,
  height: number,
): number | undefined {
  const above = place.rowIndex === 0 ? place.block.top : place.top - metrics.headerHeight;
  const below = place.top + place.row.height + metrics.gap - height;
  if (place.top - metrics.headerHeight < top) return above;
  return below > top ? below : undefined;
}

function touches(block: MonthBlock, top: number, height: number): boolean {
  return block.top + block.height > top && block.top < top + height;
}
