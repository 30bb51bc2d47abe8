import fc from 'fast-check';
import { expect, it } from 'vitest';

import { frameOverTile, type Place } from './flight.ts';

const place = fc.record({
  left: fc.integer({ min: -500, max: 2000 }),
  top: fc.integer({ min: -500, max: 2000 }),
  width: fc.integer({ min: 20, max: 2000 }),
  height: fc.integer({ min: 20, max: 2000 }),
});
const own = fc.record({
  x: fc.integer({ min: -800, max: 800 }),
  y: fc.integer({ min: -800, max: 800 }),
});

/** Where the uncut part of a picture comes to lie, by the rules of CSS: moved, scaled about its own middle, cut. */
function placeIn(frame: ReturnType<typeof frameOverTile>, at: Place, by: { x: number; y: number }) {
  const [x = 0, y = 0] = frame.translate.split(' ').map(Number.parseFloat);
  const scale = Number(frame.scale);
  const [cutY = 0, cutX = 0] = frame.clipPath.slice(6).split(' ').map(Number.parseFloat);
  const middle = {
    x: at.left + at.width / 2 - by.x + x + scale * by.x,
    y: at.top + at.height / 2 - by.y + y + scale * by.y,
  };
  const size = { width: (at.width - 2 * cutX) * scale, height: (at.height - 2 * cutY) * scale };
  return { left: middle.x - size.width / 2, top: middle.y - size.height / 2, ...size };
}

it('lays a picture exactly over its tile, whatever shapes the two have', () => {
  fc.assert(
    fc.property(place, place, own, (picture, tile, by) => {
      const seen = placeIn(frameOverTile(picture, tile, by), picture, by);
      for (const side of ['left', 'top', 'width', 'height'] as const) {
        expect(seen[side]).toBeCloseTo(tile[side], 3);
      }
    }),
  );
});
