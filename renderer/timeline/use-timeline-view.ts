import { type RefObject, useCallback, useEffect, useEffectEvent, useState } from 'react';

import { storedView, storeView, type TimelineView, zoomed } from './timeline-view.ts';

/** How the timeline is seen: chosen once, remembered. */
export function useTimelineView(): readonly [TimelineView, (next: TimelineView) => void] {
  const [view, setView] = useState(storedView);
  const choose = useCallback((next: TimelineView) => {
    storeView(next);
    setView(next);
  }, []);
  return [view, choose];
}

/** So much turning of the wheel is one step; a touch pad's pinch comes as many small ones. */
const WHEEL_STEP = 80;

/** Zooms by the keys + and − and by the wheel with Ctrl, which a pinch on a touch pad comes as. */
export function useZoomGestures(
  scroller: RefObject<HTMLElement | null>,
  view: TimelineView,
  choose: (next: TimelineView) => void,
  isCovered: boolean,
): void {
  const zoom = useEffectEvent((by: 1 | -1) => {
    if (!isCovered) choose(zoomed(view, by));
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let turned = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < WHEEL_STEP) return;
      zoom(turned > 0 ? -1 : 1);
      turned = 0;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (hasModifier || isTyping(event.target)) return;
      if (event.key === '+' || event.key === '=') zoom(1);
      else if (event.key === '-') zoom(-1);
    };
    // A wheel that zooms must not scroll, which a passive listener could not prevent.
    element.addEventListener('wheel', onWheel, { passive: false });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      element.removeEventListener('wheel', onWheel);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [scroller]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
