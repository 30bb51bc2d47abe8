import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sampleAsset } from './sample-asset.fixture.ts';
import {
  anchorAt,
  blocksBetween,
  buildTimeline,
  type KnownMonth,
  placeOf,
  positionOf,
  rowsBetween,
  type TimelineMetrics,
} from './timeline-geometry.ts';

const METRICS: TimelineMetrics = {
  width: 1000,
  targetRowHeight: 200,
  gap: 4,
  headerHeight: 56,
  monthGap: 16,
};

const ratio = fc.constantFrom(4 / 3, 3 / 4, 16 / 9, 1, 3);

/** Months newest first, each loaded or not. */
const months = fc
  .array(fc.tuple(fc.array(ratio, { minLength: 1, maxLength: 40 }), fc.boolean()), {
    minLength: 1,
    maxLength: 24,
  })
  .map((each) =>
    each.map(([ratios, isLoaded], at): KnownMonth => {
      const month = `${2026 - Math.floor(at / 12)}-${String(12 - (at % 12)).padStart(2, '0')}`;
      const assets = ratios.map((value, number) => sampleAsset(month, number, value));
      return { month, count: ratios.length, assets: isLoaded ? assets : undefined };
    }),
  );

describe('buildTimeline', () => {
  it('has its whole height before any month is loaded, months one below the other', () => {
    fc.assert(
      fc.property(months, (known) => {
        const { blocks, height } = buildTimeline(
          known.map(({ month, count }) => ({ month, count })),
          METRICS,
        );
        let top = 0;
        for (const block of blocks) {
          expect(block.top).toBe(top);
          top += block.height;
        }
        expect(height).toBe(top);
      }),
    );
  });

  it('takes the height a month had before over an estimate', () => {
    const [block] = buildTimeline(
      [{ month: '2026-01', count: 9, rememberedHeight: 777 }],
      METRICS,
    ).blocks;
    expect(block!.height).toBe(56 + 777 + 16);
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
          blocksBetween(geometry, from, to).flatMap((block) => {
            const [start, end] = rowsBetween(geometry, block, from, to);
            return (block.rows ?? []).slice(start, end);
          }),
        );
        for (const block of geometry.blocks) {
          for (const row of block.rows ?? []) {
            const top = block.top + METRICS.headerHeight + row.top;
            if (top < to && top + row.height > from) expect(found.has(row)).toBe(true);
          }
        }
        expect(found.size).toBeLessThanOrEqual(length / 30 + 4);
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
          known.map((month, index) => {
            const mustStay = month.month === anchor.month;
            const assets = Array.from({ length: month.count }, (_, number) =>
              sampleAsset(month.month, number),
            );
            return mustStay
              ? month
              : { ...month, assets: kept[index] === true ? assets : undefined };
          }),
          METRICS,
        );
        const moved = positionOf(after, anchor)!;
        if (anchor.assetId === undefined) {
          const block = after.blocks.find(({ month }) => month === anchor.month)!;
          expect(moved - block.top).toBe(anchor.offset);
        } else {
          const place = placeOf(after, anchor.month, anchor.assetId)!;
          expect(moved - place.top).toBe(anchor.offset);
        }
      }),
    );
  });

  it('stays at the month when the photo itself was taken away', () => {
    const assets = [0, 1, 2].map((number) => sampleAsset('2026-05', number, 4));
    const before = buildTimeline([{ month: '2026-05', count: 3, assets }], METRICS);
    const anchor = anchorAt(before, placeOf(before, '2026-05', assets[2]!.assetId)!.top)!;
    const after = buildTimeline(
      [{ month: '2026-05', count: 2, assets: assets.slice(0, 2) }],
      METRICS,
    );
    expect(positionOf(after, anchor)).toBe(0);
  });

  it('gives nothing when the whole month is gone', () => {
    const after = buildTimeline([{ month: '2026-05', count: 1 }], METRICS);
    expect(positionOf(after, { month: '2020-01', offset: 3 })).toBeUndefined();
  });
});
