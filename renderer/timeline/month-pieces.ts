import type { MonthSummary } from '../../shared/window-views.ts';

/** Assets of one day that stand in a piece. */
export interface PieceDay {
  readonly day: number;
  readonly count: number;
  /** Assets of the same day stand in the piece before (newer) or after (older) too. */
  readonly isContinued: boolean;
  readonly goesOn: boolean;
}

/** A part of a month that is loaded in one go: some whole days, or a page of too large a span. */
export interface Piece {
  readonly key: string;
  readonly month: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Of the assets of these days, without the first `offset`, newest first. */
  readonly offset: number;
  readonly limit: number;
  readonly count: number;
  /** Index of its first asset within the month. */
  readonly firstIndex: number;
  /** Newest first. */
  readonly days: readonly PieceDay[];
}

/** Days `[first, last]` of a month that are loaded together. */
export interface DaySpan {
  readonly firstDay: number;
  readonly lastDay: number;
}

const LAST_DAY = 31;
/** Spans grow by what arrives, and are parted only when they are this many times too large. */
const MOST_GROWTH = 2;
/** The service gives no more assets in one answer. */
const MOST_AT_ONCE = 1000;

/**
 * Parts a month into spans of about `size` assets that cover it from day 1 to 31, so that whatever arrives falls into
 * one. Spans of `before` keep their ends while they are not too large: what is loaded stays what it is.
 */
export function spansOf(
  { days }: MonthSummary,
  size: number,
  before?: readonly DaySpan[],
): readonly DaySpan[] {
  if (before === undefined) return partSpan({ firstDay: 1, lastDay: LAST_DAY }, days, size);
  return before.flatMap((span) => {
    const within = days.filter(([day]) => day >= span.firstDay && day <= span.lastDay);
    const count = within.reduce((sum, [, each]) => sum + each, 0);
    if (count <= size * MOST_GROWTH || within.length < 2) return span;
    return partSpan(span, within, size);
  });
}

/** Newest first, as everything here; filled from the oldest day on, so that old spans are full and the newest grows. */
function partSpan(
  span: DaySpan,
  days: readonly (readonly [day: number, count: number])[],
  size: number,
): readonly DaySpan[] {
  const starts: number[] = [];
  let count = 0;
  for (const [day, each] of days.toReversed()) {
    if (starts.length === 0 || count + each > size) {
      starts.push(day);
      count = 0;
    }
    count += each;
  }
  return starts
    .map((day, at) => ({
      firstDay: at === 0 ? span.firstDay : day,
      lastDay: (starts[at + 1] ?? span.lastDay + 1) - 1,
    }))
    .toReversed();
}

/** The pieces of a month, newest first. Only a span of one day, or any span where `isWhole`, is too large for one piece. */
export function piecesOf(
  summary: MonthSummary,
  spans: readonly DaySpan[],
  size: number,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let firstIndex = 0;
  for (const { firstDay, lastDay } of spans) {
    const days = summary.days.filter(([day]) => day >= firstDay && day <= lastDay);
    const count = days.reduce((sum, [, each]) => sum + each, 0);
    if (count === 0) continue;
    const isOne = count <= size * MOST_GROWTH;
    const pageSize = isOne ? count : size;
    for (let offset = 0; offset < count; offset += pageSize) {
      const pageCount = Math.min(pageSize, count - offset);
      pieces.push({
        key: [summary.month, firstDay, lastDay, offset, isOne ? 'all' : size].join('/'),
        month: summary.month,
        firstDay,
        lastDay,
        offset,
        // More may have come since it was counted. The key says all that is asked for.
        limit: isOne ? MOST_AT_ONCE : size,
        count: pageCount,
        firstIndex: firstIndex + offset,
        days: daysOfPage(days, offset, pageCount),
      });
    }
    firstIndex += count;
  }
  return pieces;
}

function daysOfPage(
  days: readonly (readonly [day: number, count: number])[],
  offset: number,
  pageCount: number,
): readonly PieceDay[] {
  const end = offset + pageCount;
  let start = 0;
  return days.flatMap(([day, count]): PieceDay[] => {
    const [first, last] = [start, start + count];
    start = last;
    const shown = Math.min(last, end) - Math.max(first, offset);
    if (shown <= 0) return [];
    return [{ day, count: shown, isContinued: first < offset, goesOn: last > end }];
  });
}
