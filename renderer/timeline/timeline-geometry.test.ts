import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { knownMonth } from './known-month.fixture.ts';
import { sampleAsset } from './sample-asset.fixture.ts';
import { anchorAt, positionOf } from './scroll-anchor.ts';
import {
  assetIdsBetween,
  buildTimeline,
  type KnownMonth,
  piecesBetween,
  placeOf,
  rowsBetween,
} from './timeline-geometry.ts';
import { metricsFor } from './timeline-metrics.ts';

const METRICS = metricsFor(1000, { level: 'days', shape: 'justified' });
const SQUARES = metricsFor(1000, { level: 'days', shape: 'square' });

const ratio = fc.constantFrom(4 / 3, 3 / 4, 16 / 9, 1, 3);

/** Months newest first, each loaded or not. */
const months = fc
  .array(fc.tuple(ratio, fc.integer({ min: 1, max: 40 }), fc.boolean()), {
    minLength: 1,
    maxLength: 24,
  })
  .map((each) =>
    each.map(([value, count, isLoaded], at): KnownMonth => {
      const month = `${2026 - Math.floor(at / 12)}-${String(12 - (at % 12)).padStart(2, '0')}`;
      return knownMonth(month, count, isLoaded, value);
    }),
  );

describe('buildTimeline', () => {
  it('has its whole height before anything is loaded, months and pieces one below the other', () => {
    fc.assert(
      fc.property(months, (known) => {
        const { blocks, pieces, height } = buildTimeline(known, METRICS);
        let top = 0;
        for (const block of blocks) {
          expect(block.top).toBe(top);
          let pieceTop = top + METRICS.headerHeight;
          for (const piece of block.pieces) {
            expect(piece.top).toBe(pieceTop);
            pieceTop += piece.height;
          }
          top += block.height;
        }
        expect(height).toBe(top);
        expect(pieces.map(({ at }) => at)).toEqual(pieces.map((_, at) => at));
      }),
    );
  });

  it('has the height of squares exactly before they are loaded', () => {
    fc.assert(
      fc.property(months, (known) => {
        const unloaded = known.map(({ month, pieces }) => ({
          month,
          pieces: pieces.map(({ piece }) => ({ piece })),
        }));
        expect(buildTimeline(unloaded, SQUARES).height).toBe(buildTimeline(known, SQUARES).height);
      }),
    );
  });

  it('takes the height a piece had before over an estimate', () => {
    const { month, pieces } = knownMonth('2026-01', 9, false);
    const remembered = pieces.map((piece) => ({ ...piece, rememberedHeight: 777 }));
    const [block] = buildTimeline([{ month, pieces: remembered }], METRICS).blocks;
    expect(block!.height).toBe(METRICS.headerHeight + 777 + METRICS.monthGap);
  });
});

describe('what lies in view', () => {
  it('finds every row that touches the span, and only those', () => {
    const span = fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 1500 }));
    fc.assert(
      fc.property(months, span, (known, [from, length]) => {
        const geometry = buildTimeline(known, METRICS);
        const to = from + length;
        const found = new Set(
          piecesBetween(geometry, from, to).flatMap((block) => {
            const [start, end] = rowsBetween(block, from, to);
            return (block.laid?.rows ?? []).slice(start, end);
          }),
        );
        for (const block of geometry.pieces) {
          for (const row of block.laid?.rows ?? []) {
            const top = block.top + row.top;
            if (top < to && top + row.height > from) expect(found.has(row)).toBe(true);
          }
        }
        expect(found.size).toBeLessThanOrEqual(length / 30 + 4);
        const ids = assetIdsBetween(geometry, from, to);
        expect(ids.size).toBe([...found].reduce((sum, { tiles }) => sum + tiles.length, 0));
        for (const id of ids) expect(found.has(placeOf(geometry, id)!.row)).toBe(true);
      }),
    );
  });
});

describe('anchorAt', () => {
  it('finds the same photo at the same place after any months were loaded or dropped', () => {
    fc.assert(
      fc.property(months, fc.nat(20_000), fc.array(fc.boolean()), (known, at, kept) => {
        const before = buildTimeline(known, METRICS);
        const y = Math.min(at, before.height);
        const anchor = anchorAt(before, y)!;
        const after = buildTimeline(
          known.map((month, index) =>
            month.month === anchor.month
              ? month
              : knownMonth(month.month, month.pieces[0]!.piece.count, kept[index] === true),
          ),
          METRICS,
        );
        const moved = positionOf(after, anchor)!;
        const was = before.blocks.find(({ month }) => month === anchor.month)!;
        const is = after.blocks.find(({ month }) => month === anchor.month)!;
        expect(moved - is.top).toBeCloseTo(y - was.top, 3);
      }),
    );
  });

  it('finds the same photo after the zoom changed and its place was loaded anew', () => {
    fc.assert(
      fc.property(months, fc.nat(20_000), (known, at) => {
        const before = buildTimeline(known, METRICS);
        const anchor = anchorAt(before, Math.min(at, before.height))!;
        if (anchor.assetId === undefined) return;
        const after = buildTimeline(known, SQUARES);
        const place = placeOf(after, anchor.assetId)!;
        expect(positionOf(after, anchor)).toBe(place.top + anchor.offset);
      }),
    );
  });

  it('stays at the same place of the month when the photo itself was taken away', () => {
    const before = buildTimeline([knownMonth('2026-05', 30)], METRICS);
    const last = placeOf(before, sampleAsset('2026-05', 29).assetId)!;
    const anchor = anchorAt(before, last.top)!;
    const after = buildTimeline([knownMonth('2026-05', 20)], METRICS);
    const end = placeOf(after, sampleAsset('2026-05', 19).assetId)!;
    expect(positionOf(after, anchor)).toBe(end.top);
  });

  it('stays where it is when what stands there is loaded and has the height that was expected', () => {
    const before = buildTimeline([knownMonth('2026-05', 90, false)], SQUARES);
    const after = buildTimeline([knownMonth('2026-05', 90)], SQUARES);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: before.height - 1 }), (y) => {
        expect(positionOf(after, anchorAt(before, y)!)).toBeCloseTo(y, 6);
      }),
    );
  });

  it('gives nothing when the whole month is gone', () => {
    const after = buildTimeline([knownMonth('2026-05', 1, false)], METRICS);
    expect(positionOf(after, { month: '2020-01', offset: 3 })).toBeUndefined();
  });
});
