import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** The visible part of a scrolling element. Pixels. */
export interface ScrollView {
  readonly top: number;
  readonly height: number;
  /** Width of the canvas inside, without padding and scrollbar. */
  readonly width: number;
}

/** Renders happen once per so many pixels of scrolling: what lies near the view is in the page already. */
const STEP = 96;

export interface ScrollViewControl {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLDivElement | null>;
  readonly view: ScrollView;
  /** The exact position, also between renders and after the content shrank under it. */
  readonly exactTop: RefObject<number>;
  readonly scrollTo: (top: number) => void;
  readonly onScroll: () => void;
}

/** Follows position and size of a scrolling element. */
export function useScrollView(): ScrollViewControl {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const exactTop = useRef(0);
  const [view, setView] = useState<ScrollView>({ top: 0, height: 0, width: 0 });

  const update = useCallback(() => {
    const element = scroller.current;
    if (element === null || canvas.current === null) return;
    exactTop.current = element.scrollTop;
    const next = {
      top: Math.floor(element.scrollTop / STEP) * STEP,
      height: element.clientHeight,
      width: Math.floor(canvas.current.clientWidth),
    };
    setView((previous) =>
      previous.top === next.top && previous.height === next.height && previous.width === next.width
        ? previous
        : next,
    );
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || canvas.current === null) return;
    const observer = new ResizeObserver(update);
    observer.observe(element);
    observer.observe(canvas.current);
    update();
    return () => observer.disconnect();
  }, [update]);

  const scrollTo = useCallback(
    (top: number) => {
      if (scroller.current === null) return;
      scroller.current.scrollTop = top;
      update();
    },
    [update],
  );

  return { scroller, canvas, view, exactTop, scrollTo, onScroll: update };
}
