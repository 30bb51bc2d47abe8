import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

import { edgeOf, type GridTarget } from './grid-step.ts';
import {
  type AssetPlace,
  blockOfMonth,
  type PieceBlock,
  pieceOfDay,
  placeOf,
  type TimelineGeometry,
} from './timeline-geometry.ts';
import type { ScrollViewControl } from './use-scroll-view.ts';

/**
 * Brings an asset into view and gives it the focus. Where its piece is not loaded yet, the view goes to the piece first
 * and to the asset once it is there; `revealing` says which piece that needs.
 */
export function useReveal(
  geometry: TimelineGeometry,
  control: ScrollViewControl,
): {
  readonly reveal: (target: GridTarget) => void;
  readonly revealing: PieceBlock | undefined;
} {
  const { scroller, exactTop, scrollTo, view } = control;
  const [target, setTarget] = useState<GridTarget>();
  const done = useRef<GridTarget>(undefined);
  const focusId = useRef<string>(undefined);
  const revealing = target && blockOf(geometry, target);

  useLayoutEffect(() => {
    if (target === undefined || done.current === target || revealing === undefined) return;
    if (revealing.laid === undefined) {
      if (!touches(revealing, exactTop.current, view.height))
        scrollTo(startOf(revealing, geometry));
      return;
    }
    done.current = target;
    const found =
      'assetId' in target ? target : edgeOf(revealing, 'edge' in target ? target.edge : 'first');
    const place = found && 'assetId' in found ? placeOf(geometry, found.assetId) : undefined;
    if (place === undefined || found === undefined || !('assetId' in found)) {
      scrollTo(startOf(revealing, geometry));
      return;
    }
    focusId.current = found.assetId;
    const top = topToShow(place, geometry, exactTop.current, view.height);
    if (top !== undefined) scrollTo(top);
  }, [target, revealing, geometry, view.height, exactTop, scrollTo]);

  // Who scrolls meanwhile wants to be elsewhere.
  useEffect(() => {
    const { current } = scroller;
    if (current === null || target === undefined) return;
    const leave = (): void => setTarget(undefined);
    for (const type of ['wheel', 'pointerdown'] as const) {
      current.addEventListener(type, leave, { passive: true });
    }
    return () => {
      for (const type of ['wheel', 'pointerdown'] as const) {
        current.removeEventListener(type, leave);
      }
    };
  }, [scroller, target]);

  // After every render: the tile may come into the page one render after the view moved to it.
  useLayoutEffect(() => {
    if (focusId.current === undefined) return;
    const tile = scroller.current?.querySelector<HTMLElement>(
      `[data-asset-id="${CSS.escape(focusId.current)}"]`,
    );
    tile?.focus({ preventScroll: true });
    if (tile != null && document.activeElement === tile) focusId.current = undefined;
  });

  return { reveal: useCallback((next) => setTarget(next), []), revealing };
}

function blockOf(geometry: TimelineGeometry, target: GridTarget): PieceBlock | undefined {
  if ('edge' in target) return geometry.pieces.find(({ piece }) => piece.key === target.pieceKey);
  if ('month' in target) return blockOfMonth(geometry, target.month)?.pieces[0];
  return placeOf(geometry, target.assetId)?.block ?? pieceOfDay(geometry, target.day);
}

/** The month's header belongs to its first piece. */
function startOf(block: PieceBlock, geometry: TimelineGeometry): number {
  const isFirstOfMonth = block.piece.firstIndex === 0;
  return block.top - (isFirstOfMonth ? geometry.metrics.headerHeight : 0);
}

/** Where to scroll so that the whole tile is visible below the headers; `undefined` where it is already. */
function topToShow(
  place: AssetPlace,
  geometry: TimelineGeometry,
  top: number,
  height: number,
): number | undefined {
  const { headerHeight, dayHeight, gap } = geometry.metrics;
  const covered = headerHeight + dayHeight;
  const isFirst = place.rowIndex === 0;
  if (place.top - covered < top) {
    return isFirst ? startOf(place.block, geometry) : place.top - covered;
  }
  const below = place.top + place.row.height + gap - height;
  return below > top ? below : undefined;
}

function touches(block: PieceBlock, top: number, height: number): boolean {
  return block.top + block.height > top && block.top < top + height;
}
