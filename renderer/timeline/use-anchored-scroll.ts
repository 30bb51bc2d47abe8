import { useLayoutEffect, useRef } from 'react';

import { type Anchor, anchorAt, positionOf, type TimelineGeometry } from './timeline-geometry.ts';
import type { ScrollViewControl } from './use-scroll-view.ts';

/** So near to the top a person looks at what is newest: new photos push the rest down instead of hiding. */
const AT_TOP = 24;

/** Survives leaving the timeline for another page, so that coming back shows the same photos. */
let leftAt: Anchor | undefined;

/**
 * Keeps the visible photos where they are while months load, photos arrive or the window changes its width:
 * what stood at the upper edge before a change of layout stands there after it, before anything is painted.
 */
export function useAnchoredScroll(geometry: TimelineGeometry, control: ScrollViewControl): void {
  const previous = useRef<TimelineGeometry>(undefined);
  const { exactTop, scrollTo } = control;

  useLayoutEffect(() => {
    const before = previous.current;
    if (before === geometry || geometry.blocks.length === 0 || geometry.metrics.width === 0) return;
    previous.current = geometry;
    const isFirst = before === undefined;
    const anchor = isFirst ? leftAt : anchorAt(before, exactTop.current);
    if (anchor === undefined || (!isFirst && exactTop.current <= AT_TOP)) return;
    const position = positionOf(geometry, anchor);
    if (position !== undefined && position !== exactTop.current) scrollTo(position);
  }, [geometry, exactTop, scrollTo]);

  useLayoutEffect(
    () => () => {
      const last = previous.current;
      // The position at the moment of leaving is the one wanted, not that of the first render.
      leftAt = last === undefined ? undefined : anchorAt(last, exactTop.current);
    },
    [exactTop],
  );
}
