import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { boundZoom, fitZoom, isFit, panBy, type Zoom, zoomTo } from './zoom.ts';

const size = fc.record({
  width: fc.integer({ min: 50, max: 9000 }),
  height: fc.integer({ min: 50, max: 9000 }),
});
const distance = fc.integer({ min: -2000, max: 2000 });
const point = fc.record({ x: distance, y: distance });
const scale = fc.double({ min: 0.01, max: 10, noNaN: true });

function isInside(zoom: Zoom, picture: { width: number; height: number }, stage: typeof picture) {
  const roomX = Math.max(0, (picture.width * zoom.scale - stage.width) / 2);
  const roomY = Math.max(0, (picture.height * zoom.scale - stage.height) / 2);
  return Math.abs(zoom.x) <= roomX + 1e-6 && Math.abs(zoom.y) <= roomY + 1e-6;
}

describe('zoom', () => {
  it('fits the whole picture into the stage and never enlarges it for that', () => {
    fc.assert(
      fc.property(size, size, (picture, stage) => {
        const fitted = fitZoom(picture, stage);
        expect(fitted.scale).toBeLessThanOrEqual(1);
        expect(picture.width * fitted.scale).toBeLessThanOrEqual(stage.width + 1e-6);
        expect(picture.height * fitted.scale).toBeLessThanOrEqual(stage.height + 1e-6);
        expect(isFit(fitted, picture, stage)).toBe(true);
      }),
    );
  });

  it('never lets the edge of a picture come into a stage it fills, whatever is done to it', () => {
    fc.assert(
      fc.property(size, size, fc.array(fc.tuple(scale, point, point)), (picture, stage, steps) => {
        let zoom = fitZoom(picture, stage);
        for (const [to, at, by] of steps) {
          zoom = panBy(zoomTo(zoom, to, at, picture, stage), by, picture, stage);
          expect(isInside(zoom, picture, stage)).toBe(true);
        }
      }),
    );
  });

  it('keeps what lies under the pointer there while zooming in', () => {
    const picture = { width: 4000, height: 3000 };
    const stage = { width: 800, height: 600 };
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: -300, max: 300 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        (x, y, to) => {
          const before = fitZoom(picture, stage);
          const after = zoomTo(before, to, { x, y }, picture, stage);
          expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 3);
          expect((y - after.y) / after.scale).toBeCloseTo((y - before.y) / before.scale, 3);
        },
      ),
    );
  });

  it('returns to the middle when zoomed out all the way', () => {
    const picture = { width: 4000, height: 3000 };
    const stage = { width: 800, height: 600 };
    expect(boundZoom({ scale: 0.01, x: 500, y: -200 }, picture, stage)).toEqual(
      fitZoom(picture, stage),
    );
  });
});
