import { type RefCallback, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';

/** So near to the top a person looks at what is newest: new rows may push the rest down. */
const AT_TOP = 24;

export interface PageScroller {
  /** Goes onto the list. */
  readonly listRef: RefCallback<HTMLElement>;
  /** The list itself, once it is in the page. */
  readonly list: HTMLElement | null;
  /** The element that scrolls; `null` until the list is in the page. */
  readonly scroller: HTMLElement | null;
  /** Distance from the top of what scrolls to the top of the list, in pixels. */
  readonly listTop: number;
  readonly isAtTop: boolean;
}

/**
 * Follows the scrolling page a list stands in. When what stands above the list grows or shrinks while a person
 * reads further down, the page scrolls along, so that nothing moves under their eyes.
 */
export function usePageScroller(onLeaveTop: () => void): PageScroller {
  const [list, setList] = useState<HTMLElement | null>(null);
  const [listTop, setListTop] = useState(0);
  const [isAtTop, setIsAtTop] = useState(true);

  const scroller = list?.closest<HTMLElement>('.page') ?? null;

  const follow = useEffectEvent((page: HTMLElement) => {
    const atTop = page.scrollTop <= AT_TOP;
    if (atTop === isAtTop) return;
    if (!atTop) onLeaveTop();
    setIsAtTop(atTop);
  });
  useEffect(() => {
    if (scroller === null) return;
    const onScroll = () => follow(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => scroller.removeEventListener('scroll', onScroll);
  }, [scroller]);

  const measure = useEffectEvent((page: HTMLElement, rows: HTMLElement) => {
    const top = rows.getBoundingClientRect().top - page.getBoundingClientRect().top;
    const next = Math.round(top + page.scrollTop);
    if (next === listTop) return;
    if (!isAtTop && listTop > 0) page.scrollTop += next - listTop;
    setListTop(next);
  });
  useLayoutEffect(() => {
    const column = list?.closest('.page__column');
    if (scroller === null || list === null || column === null || column === undefined) return;
    const observer = new ResizeObserver(() => measure(scroller, list));
    observer.observe(column);
    return () => observer.disconnect();
  }, [scroller, list]);

  return { listRef: setList, list, scroller, listTop, isAtTop };
}
