import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MonthSummary } from '../../shared/window-views.ts';
import { type Piece, piecesOf, spansOf } from './month-pieces.ts';

const size = fc.integer({ min: 1, max: 300 });
const month = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 1500 })), {
    selector: ([day]) => day,
    minLength: 1,
    maxLength: 31,
  })
  .map((each): MonthSummary => {
    const days = each.sort((a, b) => b[0] - a[0]);
    return { month: '2026-05', count: days.reduce((sum, [, count]) => sum + count, 0), days };
  });

const requestOf = ({ month, firstDay, lastDay, offset, limit }: Piece) => ({
  month,
  firstDay,
  lastDay,
  offset,
  limit,
});

describe('spansOf', () => {
  it('covers every day of the month once, newest first', () => {
    fc.assert(
      fc.property(month, size, (summary, each) => {
        const spans = spansOf(summary, each);
        let next = 31;
        for (const { firstDay, lastDay } of spans) {
          expect(lastDay).toBe(next);
          expect(firstDay).toBeLessThanOrEqual(lastDay);
          next = firstDay - 1;
        }
        expect(next).toBe(0);
      }),
    );
  });

  it('keeps spans as they are while photos arrive, until one is much too large', () => {
    fc.assert(
      fc.property(month, size, fc.nat(40), (summary, each, more) => {
        const before = spansOf(summary, each);
        const [first, ...others] = summary.days;
        const grown: [number, number][] = [[first![0], first![1] + more], ...others];
        const after = spansOf({ ...summary, days: grown }, each, before);
        for (const span of before) {
          const within = grown.filter(([day]) => day >= span.firstDay && day <= span.lastDay);
          const count = within.reduce((sum, [, of]) => sum + of, 0);
          if (count <= each * 2 || within.length < 2) expect(after).toContainEqual(span);
        }
      }),
    );
  });
});

describe('piecesOf', () => {
  it('holds every asset of the month once, in order, and none too many at once', () => {
    fc.assert(
      fc.property(month, size, (summary, each) => {
        const pieces = piecesOf(summary, spansOf(summary, each), each);
        let index = 0;
        for (const piece of pieces) {
          expect(piece.firstIndex).toBe(index);
          expect(piece.days.reduce((sum, { count }) => sum + count, 0)).toBe(piece.count);
          expect(piece.count).toBeLessThanOrEqual(each * 2);
          expect(piece.limit).toBeGreaterThanOrEqual(piece.count);
          index += piece.count;
        }
        expect(index).toBe(summary.count);
        expect(new Set(pieces.map(({ key }) => key)).size).toBe(pieces.length);
        const days = new Map<number, number>();
        for (const { days: ofPiece } of pieces) {
          for (const { day, count } of ofPiece) days.set(day, (days.get(day) ?? 0) + count);
        }
        expect([...days]).toEqual(summary.days);
      }),
    );
  });

  it('asks for the same whatever the zoom where a piece has the same key: what is loaded stays', () => {
    fc.assert(
      fc.property(month, size, size, (summary, one, other) => {
        const requests = new Map(
          piecesOf(summary, spansOf(summary, one), one).map((piece) => [
            piece.key,
            requestOf(piece),
          ]),
        );
        for (const piece of piecesOf(summary, spansOf(summary, other), other)) {
          const before = requests.get(piece.key);
          if (before !== undefined) expect(requestOf(piece)).toEqual(before);
        }
      }),
    );
  });

  it('says of a day that goes through several pieces where it began and whether it goes on', () => {
    const summary: MonthSummary = { month: '2026-05', count: 25, days: [[7, 25]] };
    const pieces = piecesOf(summary, spansOf(summary, 10), 10);
    expect(pieces.map(({ offset, count }) => [offset, count])).toEqual([
      [0, 10],
      [10, 10],
      [20, 5],
    ]);
    expect(pieces.map(({ days }) => [days[0]!.isContinued, days[0]!.goesOn])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });
});
