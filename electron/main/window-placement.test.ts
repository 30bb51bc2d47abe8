import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeWindow, windowPlacementSchema, type Area } from './window-placement.ts';

const LAPTOP: Area = { x: 0, y: 25, width: 1440, height: 875 };
const SECOND: Area = { x: 1440, y: 0, width: 1920, height: 1080 };
const SAVED = { x: 100, y: 80, width: 1000, height: 700, maximized: false };

const anyArea = fc.record({
  x: fc.integer({ min: -8000, max: 8000 }),
  y: fc.integer({ min: -8000, max: 8000 }),
  width: fc.integer({ min: 640, max: 8000 }),
  height: fc.integer({ min: 480, max: 5000 }),
});
const anyPlacement = fc.record({
  x: fc.integer({ min: -20_000, max: 20_000 }),
  y: fc.integer({ min: -20_000, max: 20_000 }),
  width: fc.integer({ min: 1, max: 20_000 }),
  height: fc.integer({ min: 1, max: 20_000 }),
  maximized: fc.boolean(),
});

describe('where the window opens', () => {
  it('opens in the middle of the main display the first time', () => {
    expect(placeWindow(undefined, [LAPTOP, SECOND])).toEqual({
      x: 130,
      y: 62,
      width: 1180,
      height: 800,
      maximized: false,
    });
  });

  it('opens where it was', () => {
    expect(placeWindow(SAVED, [LAPTOP])).toEqual(SAVED);
    const onSecond = { ...SAVED, x: 1600, maximized: true };
    expect(placeWindow(onSecond, [LAPTOP, SECOND])).toEqual(onSecond);
  });

  it('comes back to the main display when its own is gone', () => {
    const onSecond = { ...SAVED, x: 1600, maximized: true };
    expect(placeWindow(onSecond, [LAPTOP])).toEqual({
      x: 220,
      y: 112,
      width: 1000,
      height: 700,
      maximized: true,
    });
  });

  it('becomes smaller on a display that became smaller', () => {
    const large = { ...SAVED, x: 0, y: 25, width: 3000, height: 2000 };
    expect(placeWindow(large, [LAPTOP])).toMatchObject({ width: 1440, height: 875 });
  });

  it('does not open with its title above the display', () => {
    expect(placeWindow({ ...SAVED, y: -40 }, [LAPTOP])).toMatchObject({ y: 112 });
  });

  it('opens somewhere when the system names no display', () => {
    expect(placeWindow(SAVED, [])).toMatchObject({ x: 0, y: 0 });
  });

  it('can always be gripped by its top edge and is never larger than its display', () => {
    const displays = fc.array(anyArea, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.option(anyPlacement, { nil: undefined }), displays, (saved, areas) => {
        const placed = placeWindow(saved, areas);
        const gripped = areas.some(
          (area) =>
            placed.y >= area.y &&
            placed.y + 32 <= area.y + area.height &&
            placed.x + placed.width - area.x >= 120 &&
            area.x + area.width - placed.x >= 120 &&
            placed.width <= area.width &&
            placed.height <= area.height,
        );
        expect(gripped).toBe(true);
        expect(windowPlacementSchema.parse(placed)).toEqual(placed);
      }),
    );
  });

  it('stays where it was put when it is opened again', () => {
    fc.assert(
      fc.property(anyPlacement, anyArea, (saved, area) => {
        const placed = placeWindow(saved, [area]);
        expect(placeWindow(placed, [area])).toEqual(placed);
      }),
    );
  });
});
