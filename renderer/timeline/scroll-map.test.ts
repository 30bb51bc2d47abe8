import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  isNearFalseEnd,
  MOST_SCROLL_HEIGHT,
  mostScrollHeight,
  placeAfterScroll,
  placeOfTop,
  scrollMap,
  type ScrollPlace,
  scrollTopOf,
  timelineTopOf,
} from './scroll-map.ts';

const heights = fc.integer({ min: 0, max: 400_000_000 });
const tall = fc.integer({ min: MOST_SCROLL_HEIGHT + 1, max: 400_000_000 });
const views = fc.integer({ min: 100, max: 4_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('scrollMap', () => {
  it('never asks for more height than browsers have, and for the real one where they do', () => {
    fc.assert(
      fc.property(heights, views, (height, view) => {
        const map = scrollMap(height, view);
        expect(map.scrollHeight).toBeLessThanOrEqual(MOST_SCROLL_HEIGHT);
        if (height <= MOST_SCROLL_HEIGHT) expect(map.scrollHeight).toBe(height);
      }),
    );
  });

  it('asks for less where the browser is zoomed in or the screen is fine', () => {
    // Chromium, measured: 33,554,428 pixels of the screen.
    for (const ratio of [1, 1.5, 2, 3, 5, 10]) {
      expect(mostScrollHeight(ratio) * ratio).toBeLessThan(33_000_000);
      const map = scrollMap(400_000_000, 800, mostScrollHeight(ratio));
      expect(map.scrollHeight).toBe(mostScrollHeight(ratio));
      expect(timelineTopOf(map, map.lastScrollTop)).toBeCloseTo(map.lastTop, 3);
    }
    expect(mostScrollHeight(1)).toBe(MOST_SCROLL_HEIGHT);
  });

  it('leads to both ends of the timeline, forth and back to the same place, and never backwards', () => {
    fc.assert(
      fc.property(heights, views, share, share, (height, view, one, other) => {
        const map = scrollMap(height, view);
        expect(timelineTopOf(map, 0)).toBe(0);
        expect(timelineTopOf(map, map.lastScrollTop)).toBeCloseTo(map.lastTop, 3);
        const top = one * map.lastTop;
        expect(timelineTopOf(map, scrollTopOf(map, top))).toBeCloseTo(top, 3);
        const [low, high] = [one, other].sort((a, b) => a - b) as [number, number];
        expect(timelineTopOf(map, low * map.lastScrollTop)).toBeLessThanOrEqual(
          timelineTopOf(map, high * map.lastScrollTop) + 0.001,
        );
      }),
    );
  });
});

/** What the scroller does: it stops at its ends, and the page moves it where it would meet a false one. */
function wheel(map: ReturnType<typeof scrollMap>, place: ScrollPlace, by: number): ScrollPlace {
  const scrollTop = Math.min(map.lastScrollTop, Math.max(0, place.scrollTop + by));
  const next = placeAfterScroll(map, place, scrollTop);
  return isNearFalseEnd(map, next) ? placeOfTop(map, next.scrollTop + next.base) : next;
}

describe('scrolling a timeline that is taller than browsers allow', () => {
  it('moves by exactly what the wheel says until an end is reached', () => {
    const steps = fc.array(fc.integer({ min: -3_900, max: 3_900 }), { maxLength: 60 });
    fc.assert(
      fc.property(tall, views, share, steps, (height, view, start, each) => {
        const map = scrollMap(height, view);
        let place = placeOfTop(map, Math.round(start * map.lastTop));
        let top = place.scrollTop + place.base;
        for (const by of each) {
          place = wheel(map, place, by);
          top = Math.min(map.lastTop, Math.max(0, top + by));
          expect(place.scrollTop + place.base).toBeCloseTo(top, 3);
          expect(place.scrollTop).toBeGreaterThanOrEqual(0);
          expect(place.scrollTop).toBeLessThanOrEqual(map.lastScrollTop);
        }
      }),
    );
  });

  it('reaches both ends by the wheel alone, also from the middle', () => {
    const map = scrollMap(60_000_000, 800);
    for (const by of [-3_500, 3_500]) {
      let place = placeOfTop(map, 30_000_000);
      for (let turn = 0; turn < 10_000; turn++) place = wheel(map, place, by);
      expect(place.scrollTop + place.base).toBe(by < 0 ? 0 : map.lastTop);
    }
  });

  it('takes many turns of the wheel at once for what they are, and not for a drag', () => {
    const map = scrollMap(40_000_000, 800);
    const before = placeOfTop(map, 20_000_000);
    const to = before.scrollTop + 10_800;
    const topOf = (place: ScrollPlace) => place.scrollTop + place.base;
    expect(topOf(placeAfterScroll(map, before, to, 10_800))).toBe(20_010_800);
    expect(topOf(placeAfterScroll(map, before, to))).toBeCloseTo(timelineTopOf(map, to), 0);
  });

  it('goes to the share of the whole where the scrollbar is dragged to, and to the ends with it', () => {
    fc.assert(
      fc.property(tall, views, share, (height, view, to) => {
        const map = scrollMap(height, view);
        const scrollTop = to * map.lastScrollTop;
        const from = placeOfTop(map, to < 0.5 ? map.lastTop : 0);
        const place = placeAfterScroll(map, from, scrollTop);
        expect(Math.abs(place.scrollTop + place.base - timelineTopOf(map, scrollTop))).toBeLessThan(
          2,
        );
      }),
    );
  });
});
