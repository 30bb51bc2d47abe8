import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import {
  isNearFalseEnd,
  placeAfterScroll,
  placeOfTop,
  type ScrollMap,
  scrollMap,
  type ScrollPlace,
  scrollTopOf,
} from './scroll-map.ts';

/** The visible part of the timeline. Pixels. */
export interface ScrollView {
  /** In the timeline, which may be taller than a browser can scroll. */
  readonly top: number;
  /** Timeline position minus position in the page. */
  readonly base: number;
  readonly height: number;
  /** Width of the canvas inside, without padding and scrollbar. */
  readonly width: number;
}

/** Renders happen once per so many pixels of scrolling: what lies near the view is in the page already. */
const STEP = 96;
/** After so long without scrolling the scrollbar of a mapped timeline goes to where it should stand. */
const REST_MS = 160;

export interface ScrollViewControl {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLDivElement | null>;
  readonly view: ScrollView;
  /** The exact position in the timeline, also between renders and after the content shrank under it. */
  readonly exactTop: RefObject<number>;
  /** Goes to a position of the timeline. */
  readonly scrollTo: (top: number) => void;
  /** Stands at another position from now on since the timeline changed; scrolling that is under way goes on. */
  readonly keepAt: (top: number) => void;
  /** Told of the timeline's height as soon as the page has it. */
  readonly setHeight: (height: number) => void;
  readonly onScroll: () => void;
}

/** Follows position and size of a scrolling element that shows a timeline of any height. */
export function useScrollView(): ScrollViewControl {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const exactTop = useRef(0);
  const place = useRef<ScrollPlace>({ scrollTop: 0, base: 0 });
  const timelineHeight = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [view, setView] = useState<ScrollView>({ top: 0, base: 0, height: 0, width: 0 });

  /** As the view is now: it may have grown or shrunk since the timeline changed. */
  const mapNow = useCallback(
    (): ScrollMap => scrollMap(timelineHeight.current, scroller.current?.clientHeight ?? 0),
    [],
  );

  const stand = useCallback((next: ScrollPlace, mustScroll: boolean) => {
    const element = scroller.current;
    if (element === null) return;
    if (mustScroll) element.scrollTop = next.scrollTop;
    // The browser may have rounded it, or stopped at an end.
    place.current = { scrollTop: element.scrollTop, base: next.base };
    exactTop.current = element.scrollTop + next.base;
  }, []);

  const show = useCallback(() => {
    const element = scroller.current;
    if (element === null || canvas.current === null) return;
    const next = {
      top: Math.floor(exactTop.current / STEP) * STEP,
      base: place.current.base,
      height: element.clientHeight,
      width: Math.floor(canvas.current.clientWidth),
    };
    setView((previous) =>
      previous.top === next.top &&
      previous.base === next.base &&
      previous.height === next.height &&
      previous.width === next.width
        ? previous
        : next,
    );
  }, []);

  const settle = useCallback(() => {
    const map = mapNow();
    if (!map.isMapped) return;
    if (Math.abs(scrollTopOf(map, exactTop.current) - place.current.scrollTop) < 2) return;
    stand(placeOfTop(map, exactTop.current), true);
    flushSync(show);
  }, [mapNow, stand, show]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { base } = place.current;
    const map = mapNow();
    const next = placeAfterScroll(map, place.current, element.scrollTop);
    const isAtFalseEnd = isNearFalseEnd(map, next);
    const top = next.scrollTop + next.base;
    stand(isAtFalseEnd ? placeOfTop(map, top) : next, isAtFalseEnd);
    // What stands in the page must move in the same frame as the scroller did.
    if (place.current.base === base) show();
    else flushSync(show);
    clearTimeout(rest.current);
    if (map.isMapped) rest.current = setTimeout(settle, REST_MS);
  }, [mapNow, stand, show, settle]);

  const scrollTo = useCallback(
    (top: number) => {
      stand(placeOfTop(mapNow(), top), true);
      show();
    },
    [mapNow, stand, show],
  );

  const keepAt = useCallback(
    (top: number) => {
      const { scrollTop } = place.current;
      const map = mapNow();
      if (!map.isMapped) {
        scrollTo(top);
        return;
      }
      const within = Math.min(Math.max(0, top), map.lastTop);
      stand({ scrollTop, base: Math.round(within - scrollTop) }, false);
      show();
      clearTimeout(rest.current);
      rest.current = setTimeout(settle, REST_MS);
    },
    [mapNow, stand, show, settle, scrollTo],
  );

  const setHeight = useCallback(
    (height: number) => {
      const wasMapped = mapNow().isMapped;
      timelineHeight.current = height;
      if (mapNow().isMapped !== wasMapped) scrollTo(exactTop.current);
    },
    [mapNow, scrollTo],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || canvas.current === null) return;
    const observer = new ResizeObserver(show);
    observer.observe(element);
    observer.observe(canvas.current);
    show();
    return () => {
      observer.disconnect();
      clearTimeout(rest.current);
    };
  }, [show]);

  return useMemo(
    () => ({ scroller, canvas, view, exactTop, scrollTo, keepAt, setHeight, onScroll }),
    [view, scrollTo, keepAt, setHeight, onScroll],
  );
}
