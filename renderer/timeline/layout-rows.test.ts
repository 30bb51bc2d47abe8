import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layoutRows } from './layout-rows.ts';

const ratios = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { maxLength: 200 });
const width = fc.integer({ min: 280, max: 3000 });
const target = fc.integer({ min: 80, max: 320 });
const gap = fc.integer({ min: 0, max: 12 });

describe('layoutRows', () => {
  it('shows every asset once and in order', () => {
    fc.assert(
      fc.property(ratios, width, target, gap, (each, w, t, g) => {
        const rows = layoutRows(each, w, t, g);
        const indexes = rows.flatMap((row) => row.tiles.map((_, at) => row.firstIndex + at));
        expect(indexes).toEqual(each.map((_, index) => index));
      }),
    );
  });

  it('makes no row wider than the view, and fills all but the last to its right edge', () => {
    fc.assert(
      fc.property(ratios, width, target, gap, (each, w, t, g) => {
        const rows = layoutRows(each, w, t, g);
        rows.forEach((row, at) => {
          const last = row.tiles.at(-1)!;
          expect(last.left + last.width).toBeLessThanOrEqual(w);
          if (at < rows.length - 1) expect(last.left + last.width).toBe(w);
        });
      }),
    );
  });

  it('keeps neighbours a gap apart and rows below each other', () => {
    fc.assert(
      fc.property(ratios, width, target, gap, (each, w, t, g) => {
        const rows = layoutRows(each, w, t, g);
        rows.forEach((row, at) => {
          const above = rows[at - 1];
          expect(row.top).toBe(above === undefined ? 0 : above.top + above.height + g);
          row.tiles.slice(1).forEach((tile, index) => {
            const before = row.tiles[index]!;
            expect(tile.left).toBe(before.left + before.width + g);
          });
        });
      }),
    );
  });

  it('does not stretch the last row above the target height', () => {
    fc.assert(
      fc.property(ratios, width, target, gap, (each, w, t, g) => {
        const last = layoutRows(each, w, t, g).at(-1);
        const isFull =
          last !== undefined && last.tiles.at(-1)!.left + last.tiles.at(-1)!.width === w;
        if (last !== undefined && !isFull) expect(last.height).toBeLessThanOrEqual(t);
      }),
    );
  });

  it('keeps the shape of usual pictures within a pixel', () => {
    const usual = fc.array(fc.constantFrom(4 / 3, 3 / 4, 16 / 9, 1, 9 / 16), { minLength: 1 });
    fc.assert(
      fc.property(usual, width, target, gap, (each, w, t, g) => {
        for (const row of layoutRows(each, w, t, g)) {
          row.tiles.forEach((tile, at) => {
            const exact = each[row.firstIndex + at]! * row.height;
            // Row heights are rounded down to whole pixels, which leaves each tile its share of the width.
            expect(Math.abs(tile.width - exact)).toBeLessThanOrEqual(
              1 + each[row.firstIndex + at]!,
            );
          });
        }
      }),
    );
  });

  it('gives odd ratios a square instead of breaking', () => {
    const rows = layoutRows([Number.NaN, 0, -3, Infinity], 1000, 200, 4);
    expect(rows.flatMap((row) => row.tiles.map((tile) => tile.width))).toEqual([
      200, 200, 200, 200,
    ]);
  });

  it('fills the last row too where more is to follow, and loses none', () => {
    const usual = fc.array(fc.constantFrom(4 / 3, 3 / 4, 1), { minLength: 30, maxLength: 90 });
    fc.assert(
      fc.property(usual, width, target, gap, (each, w, t, g) => {
        const rows = layoutRows(each, w, t, g, true);
        expect(rows.reduce((sum, row) => sum + row.tiles.length, 0)).toBe(each.length);
        const last = rows.at(-1)!;
        if (rows.length > 1) expect(last.tiles.at(-1)!.left + last.tiles.at(-1)!.width).toBe(w);
      }),
    );
  });
});
