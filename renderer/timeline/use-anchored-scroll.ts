import { useLayoutEffect, useRef } from 'react';

import { type Anchor, anchorAt, positionOf } from './scroll-anchor.ts';
import type { TimelineGeometry } from './timeline-geometry.ts';
import type { ScrollViewControl } from './use-scroll-view.ts';

/** So near to the top a person looks at what is newest: new photos push the rest down instead of hiding. */
const AT_TOP = 24;

/** By what was shown. Survives leaving the timeline for another page, so that coming back shows the same photos. */
const leftAt = new Map<string, Anchor>();

/** The month that was at the upper edge when the view of this name was left. */
export function monthLeftAt(name: string): string | undefined {
  return leftAt.get(name)?.month;
}

/**
 * Keeps the visible photos where they are while months load, photos arrive, or the window or the zoom changes: what
 * stood at the upper edge before a change of layout stands there after it, before anything is painted. `name` tells
 * apart what is shown, so that each has a place to come back to.
 */
export function useAnchoredScroll(
  name: string,
  geometry: TimelineGeometry,
  control: ScrollViewControl,
): void {
  const previous = useRef<TimelineGeometry>(undefined);
  /** Kept until the person scrolls: what it names may be loaded only some changes later. */
  const pinned = useRef<Anchor>(undefined);
  const pinnedTop = useRef(0);
  const { exactTop, keepAt, setHeight, view } = control;

  useLayoutEffect(() => {
    const before = previous.current;
    if (before === geometry || geometry.blocks.length === 0 || geometry.metrics.width === 0) return;
    previous.current = geometry;
    const isFirst = before === undefined;
    if (isFirst) pinned.current = leftAt.get(name);
    else if (exactTop.current <= AT_TOP) pinned.current = undefined;
    else if (pinned.current === undefined || exactTop.current !== pinnedTop.current) {
      pinned.current = anchorAt(before, exactTop.current);
    }
    // Who went to the end wants to see the last photo, however much room those before it take.
    const lastTop = (before?.height ?? Infinity) - view.height;
    const isAtEnd = exactTop.current > AT_TOP && exactTop.current >= lastTop - 2;
    // It may move the view: what is to be kept is known by now.
    setHeight(geometry.height);
    const position = isAtEnd
      ? Math.max(0, geometry.height - view.height)
      : pinned.current && positionOf(geometry, pinned.current);
    if (position !== undefined && position !== exactTop.current) keepAt(position);
    pinnedTop.current = exactTop.current;
  }, [name, geometry, view.height, exactTop, keepAt, setHeight]);

  useLayoutEffect(
    () => () => {
      const last = previous.current;
      // The position at the moment of leaving is the one wanted, not that of the first render.
      const anchor = last && anchorAt(last, exactTop.current);
      if (anchor === undefined) leftAt.delete(name);
      else leftAt.set(name, anchor);
    },
    [name, exactTop],
  );
}
