import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import {
  isNearFalseEnd,
  mostScrollHeight,
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
  /** How tall the browser lets the canvas be. */
  readonly mostHeight: number;
}

/** Renders happen once per so many pixels of scrolling: what lies near the view is in the page already. */
const STEP = 96;
/** After so long without scrolling the scrollbar of a mapped timeline goes to where it should stand. */
const REST_MS = 160;
/** Of browsers whose wheel counts lines; they go by three of them. */
const LINE_HEIGHT = 40;

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
  /** Pixels that the wheel asked for and that were not scrolled yet. */
  const wheeled = useRef(0);
  const most = useRef(mostScrollHeight(window.devicePixelRatio));
  const [view, setView] = useState<ScrollView>(() => ({
    top: 0,
    base: 0,
    height: 0,
    width: 0,
    mostHeight: mostScrollHeight(window.devicePixelRatio),
  }));

  /** As the view is now: it may have grown or shrunk since the timeline changed. */
  const mapNow = useCallback(
    (): ScrollMap =>
      scrollMap(timelineHeight.current, scroller.current?.clientHeight ?? 0, most.current),
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
      mostHeight: most.current,
    };
    setView((previous) =>
      previous.top === next.top &&
      previous.base === next.base &&
      previous.height === next.height &&
      previous.width === next.width &&
      previous.mostHeight === next.mostHeight
        ? previous
        : next,
    );
  }, []);

  const settle = useCallback(() => {
    const map = mapNow();
    wheeled.current = 0;
    if (!map.isMapped) return;
    if (Math.abs(scrollTopOf(map, exactTop.current) - place.current.scrollTop) < 2) return;
    stand(placeOfTop(map, exactTop.current), true);
    flushSync(show);
  }, [mapNow, stand, show]);

  /** A busy browser is late to tell that it still scrolls: putting it right then would end that scrolling. */
  const settleAtRest = useCallback(() => {
    const { scrollTop } = place.current;
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          if (place.current.scrollTop === scrollTop) settle();
        });
      });
    }, REST_MS);
  }, [settle]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { base } = place.current;
    const map = mapNow();
    const { scrollTop: before } = place.current;
    const next = placeAfterScroll(map, place.current, element.scrollTop, wheeled.current);
    wheeled.current = Math.max(0, wheeled.current - Math.abs(element.scrollTop - before));
    const isAtFalseEnd = isNearFalseEnd(map, next);
    const top = next.scrollTop + next.base;
    stand(isAtFalseEnd ? placeOfTop(map, top) : next, isAtFalseEnd);
    // What stands in the page must move in the same frame as the scroller did.
    if (place.current.base === base) show();
    else flushSync(show);
    clearTimeout(rest.current);
    if (map.isMapped) settleAtRest();
  }, [mapNow, stand, show, settleAtRest]);

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
      settleAtRest();
    },
    [mapNow, stand, show, settleAtRest, scrollTo],
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
    const observer = new ResizeObserver(() => {
      const mostHeight = mostScrollHeight(window.devicePixelRatio);
      if (mostHeight === most.current) {
        show();
        return;
      }
      // Zoomed: the canvas may have another height, and the same photos stand elsewhere in it.
      most.current = mostHeight;
      flushSync(show);
      scrollTo(exactTop.current);
    });
    observer.observe(element);
    observer.observe(canvas.current);
    show();
    const onWheel = ({ deltaY, deltaMode }: WheelEvent) => {
      const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT;
      wheeled.current += Math.abs(deltaY) * unit;
    };
    const onPointerDown = () => {
      wheeled.current = 0;
    };
    element.addEventListener('wheel', onWheel, { passive: true });
    element.addEventListener('pointerdown', onPointerDown);
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onPointerDown);
      clearTimeout(rest.current);
    };
  }, [show, scrollTo]);

  return useMemo(
    () => ({ scroller, canvas, view, exactTop, scrollTo, keepAt, setHeight, onScroll }),
    [view, scrollTo, keepAt, setHeight, onScroll],
  );
}
