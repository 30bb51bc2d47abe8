import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { estimatePiece, layoutPiece } from './layout-piece.ts';
import type { PieceDay } from './month-pieces.ts';
import { metricsFor } from './timeline-metrics.ts';
import { TILE_SHAPES, ZOOM_LEVELS } from './timeline-view.ts';

const metrics = fc
  .tuple(
    fc.integer({ min: 300, max: 2400 }),
    fc.constantFrom(...ZOOM_LEVELS.slice(1)),
    fc.constantFrom(...TILE_SHAPES),
  )
  .map(([width, level, shape]) => metricsFor(width, { level, shape }));

const days = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 31,
  })
  .map((counts) =>
    counts.map((count, at): PieceDay => ({
      day: 31 - at,
      count,
      isContinued: false,
      goesOn: false,
    })),
  );

const someRatios = [4 / 3, 3 / 4, 16 / 9, 1, 9 / 16, 3];

function ratiosFor(each: readonly PieceDay[]): readonly number[] {
  const count = each.reduce((sum, day) => sum + day.count, 0);
  return Array.from({ length: count }, (_, at) => someRatios[(at * 7) % someRatios.length]!);
}

describe('layoutPiece', () => {
  it('shows every asset once, in order, in rows one below the other and within the width', () => {
    fc.assert(
      fc.property(days, metrics, (each, m) => {
        const { rows, height } = layoutPiece(each, ratiosFor(each), m);
        let index = 0;
        let bottom = 0;
        for (const row of rows) {
          expect(row.firstIndex).toBe(index);
          expect(row.top).toBeGreaterThanOrEqual(bottom);
          let right = 0;
          for (const tile of row.tiles) {
            expect(tile.left).toBeGreaterThanOrEqual(right);
            expect(tile.width).toBeGreaterThan(0);
            right = tile.left + tile.width;
          }
          expect(right).toBeLessThanOrEqual(m.width);
          index += row.tiles.length;
          bottom = row.top + row.height;
        }
        expect(index).toBe(ratiosFor(each).length);
        expect(height).toBe(bottom + m.gap);
      }),
    );
  });

  it('gives each day the room of its own pictures, below its header', () => {
    fc.assert(
      fc.property(days, metrics, (each, m) => {
        const { rows, days: laid } = layoutPiece(each, ratiosFor(each), m);
        if (m.dayHeight === 0) {
          expect(laid).toEqual([]);
          return;
        }
        expect(laid.map(({ day, count }) => [day, count])).toEqual(
          each.map(({ day, count }) => [day, count]),
        );
        for (const day of laid) {
          for (const row of rows) {
            for (const [at, tile] of row.tiles.entries()) {
              const index = row.firstIndex + at;
              if (index < day.firstIndex || index >= day.firstIndex + day.count) continue;
              expect(row.top).toBeGreaterThanOrEqual(day.top + m.dayHeight);
              expect(row.top + row.height).toBeLessThanOrEqual(day.top + day.height);
              expect(tile.left).toBeGreaterThanOrEqual(day.left);
              expect(tile.left + tile.width).toBeLessThanOrEqual(day.left + day.width);
            }
          }
        }
      }),
    );
  });

  it('puts days of a few pictures beside each other', () => {
    const m = metricsFor(1200, { level: 'days', shape: 'justified' });
    const three = [3, 2, 1].map((day) => ({ day, count: 1, isContinued: false, goesOn: false }));
    const { rows, days: laid } = layoutPiece(three, [4 / 3, 4 / 3, 4 / 3], m);
    expect(rows).toHaveLength(1);
    expect(laid.map(({ top }) => top)).toEqual([0, 0, 0]);
    expect(laid[1]!.left).toBeGreaterThan(laid[0]!.left + laid[0]!.width);
  });

  it('leaves no header and no short row where a day goes on from page to page', () => {
    const m = metricsFor(1200, { level: 'days', shape: 'justified' });
    const page = [{ day: 3, count: 40, isContinued: true, goesOn: true }];
    const { rows } = layoutPiece(page, ratiosFor(page), m);
    expect(rows[0]!.top).toBe(0);
    const last = rows.at(-1)!.tiles.at(-1)!;
    expect(last.left + last.width).toBe(1200);
  });
});

describe('estimatePiece', () => {
  it('is exact for squares', () => {
    fc.assert(
      fc.property(days, metrics, (each, m) => {
        if (m.columnCount === undefined) return;
        expect(estimatePiece(each, m)).toBe(layoutPiece(each, ratiosFor(each), m).height);
      }),
    );
  });

  it('comes near what a usual mix of pictures takes', () => {
    const m = metricsFor(1200, { level: 'days', shape: 'justified' });
    const each = [9, 120, 3, 2, 1, 1, 30].map((count, at): PieceDay => ({
      day: 20 - at,
      count,
      isContinued: false,
      goesOn: false,
    }));
    const usual = ratiosFor(each).map((_, at) => (at % 3 === 0 ? 3 / 4 : 4 / 3));
    const share = estimatePiece(each, m) / layoutPiece(each, usual, m).height;
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1.25);
  });
});
