/**
 * Browsers stop at about 16.7 million pixels of scroll height, which a million photos go beyond. Up to this height the
 * scroller is as tall as the timeline; a taller timeline is mapped onto a scroller of this height.
 */
export const MOST_SCROLL_HEIGHT = 12_000_000;
/** Chromium stops at 33.5 million of the screen's pixels: on a fine screen and zoomed in, that is fewer of the page's. */
const MOST_SCREEN_PIXELS = 30_000_000;

/** How tall the scroller may be with so many pixels of the screen to one of the page (`devicePixelRatio`). */
export function mostScrollHeight(pixelRatio: number): number {
  return Math.min(MOST_SCROLL_HEIGHT, Math.floor(MOST_SCREEN_PIXELS / pixelRatio));
}
/** At both ends the two run alike, so that the very first and last pixel are reached by every kind of scrolling. */
const EDGE = 200_000;
/** What scrolls further at once is the scrollbar being dragged: it means a share of the whole and not a distance. */
const DRAG_DISTANCE = 4_000;

/** How positions of the scroller and of the timeline belong together. All pixels; positions are of the upper edge. */
export interface ScrollMap {
  /** Height of what the scroller scrolls. */
  readonly scrollHeight: number;
  /** Largest positions. */
  readonly lastScrollTop: number;
  readonly lastTop: number;
  readonly isMapped: boolean;
}

export function scrollMap(
  timelineHeight: number,
  viewHeight: number,
  mostHeight = MOST_SCROLL_HEIGHT,
): ScrollMap {
  const scrollHeight = Math.min(timelineHeight, mostHeight);
  return {
    scrollHeight,
    lastScrollTop: Math.max(0, scrollHeight - viewHeight),
    lastTop: Math.max(0, timelineHeight - viewHeight),
    isMapped: timelineHeight > mostHeight,
  };
}

/** The position in the timeline that a position of the scrollbar stands for. */
export function timelineTopOf(map: ScrollMap, scrollTop: number): number {
  if (!map.isMapped) return scrollTop;
  return bend(scrollTop, map.lastScrollTop, map.lastTop);
}

/** The position of the scrollbar that stands for a position in the timeline: the other way round. */
export function scrollTopOf(map: ScrollMap, top: number): number {
  if (!map.isMapped) return top;
  return bend(top, map.lastTop, map.lastScrollTop);
}

/** Maps 0..lastFrom onto 0..lastTo: one to one near both ends, evenly between. */
function bend(value: number, lastFrom: number, lastTo: number): number {
  if (value <= EDGE) return Math.max(0, value);
  if (value >= lastFrom - EDGE) return lastTo - Math.max(0, lastFrom - value);
  return EDGE + ((value - EDGE) / (lastFrom - 2 * EDGE)) * (lastTo - 2 * EDGE);
}

export interface ScrollPlace {
  readonly scrollTop: number;
  /** Timeline position minus scroll position. */
  readonly base: number;
}

/**
 * Where the timeline stands after the scroller went from `before` to `scrollTop`: by the same distance, whatever the map
 * says, so that a wheel or a key scrolls as anywhere else; but by share where the scrollbar was dragged. `wheeled` pixels
 * were asked for by the wheel and not scrolled yet: a busy browser scrolls many turns at once.
 */
export function placeAfterScroll(
  map: ScrollMap,
  before: ScrollPlace,
  scrollTop: number,
  wheeled = 0,
): ScrollPlace {
  if (!map.isMapped) return { scrollTop, base: 0 };
  if (Math.abs(scrollTop - before.scrollTop) > DRAG_DISTANCE + wheeled) {
    return { scrollTop, base: Math.round(timelineTopOf(map, scrollTop)) - Math.round(scrollTop) };
  }
  const top = scrollTop + before.base;
  const isOutside = top < 0 || top > map.lastTop;
  return isOutside ? placeOfTop(map, top) : { scrollTop, base: before.base };
}

/** The scroll position that belongs to a timeline position. `base` is whole, so that pictures stay on whole pixels. */
export function placeOfTop(map: ScrollMap, top: number): ScrollPlace {
  const within = Math.min(Math.max(0, top), map.lastTop);
  if (!map.isMapped) return { scrollTop: within, base: 0 };
  const base = Math.round(within - scrollTopOf(map, within));
  return { scrollTop: within - base, base };
}

/**
 * Whether the scrollbar has come so far from where it should stand that scrolling on would meet an end of the scroller
 * before the end of the timeline.
 */
export function isNearFalseEnd(map: ScrollMap, { scrollTop, base }: ScrollPlace): boolean {
  if (!map.isMapped) return false;
  const should = scrollTopOf(map, scrollTop + base);
  const isAtStart = scrollTop < EDGE / 2 && should - scrollTop > 1;
  const isAtEnd = scrollTop > map.lastScrollTop - EDGE / 2 && scrollTop - should > 1;
  return isAtStart || isAtEnd;
}
