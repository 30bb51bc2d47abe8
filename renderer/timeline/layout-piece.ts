import { type LaidRow, type LaidTile, layoutRows, usableRatio } from './layout-rows.ts';
import type { PieceDay } from './month-pieces.ts';
import type { TimelineMetrics } from './timeline-metrics.ts';

/** A day's room in a piece: its header and its pictures. Pixels, from the upper edge of the piece. */
export interface LaidDay extends PieceDay {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** Index of its first asset within the piece. */
  readonly firstIndex: number;
}

export interface LaidPiece {
  readonly rows: readonly LaidRow[];
  readonly days: readonly LaidDay[];
  /** With the gap below the last row. */
  readonly height: number;
}

/** Rows of several days are widened up to this to fill the width. */
const MOST_STRETCH = 1.25;
/** Of pictures that are not known yet. */
const USUAL_RATIO = 1.2;

/**
 * Lays out the assets of some days, whose aspect ratios are `ratios` in order. Days of a few pictures share a row; a day
 * of more begins a row of its own. Where `dayHeight` is 0 days are not told apart.
 */
export function layoutPiece(
  days: readonly PieceDay[],
  ratios: readonly number[],
  metrics: TimelineMetrics,
): LaidPiece {
  const { columnCount } = metrics;
  if (metrics.dayHeight === 0 && columnCount !== undefined) {
    const count = days.reduce((sum, day) => sum + day.count, 0);
    const rows = squareRows(count, columnCount, metrics);
    return { rows, days: [], height: heightOf(rows, metrics) };
  }
  const rows: LaidRow[] = [];
  const laid: LaidDay[] = [];
  let top = 0;
  for (const line of linesOf(days, (day, first) => widthOf(day, first, ratios, metrics), metrics)) {
    const from = rows.length;
    const [only] = line.days;
    const firstIndex = only?.firstIndex ?? 0;
    const isHeaded = only?.day.isContinued !== true;
    const rowsTop = top + (isHeaded ? metrics.dayHeight : 0);
    const lineRows =
      line.isShared || columnCount !== undefined
        ? line.isShared
          ? [sharedRow(line, ratios, metrics)]
          : squareRows(only?.day.count ?? 0, columnCount ?? 1, metrics)
        : layoutRows(
            ratios.slice(firstIndex, firstIndex + (only?.day.count ?? 0)),
            metrics.width,
            metrics.targetRowHeight,
            metrics.gap,
            only?.day.goesOn,
          );
    for (const row of lineRows) {
      const start = row.firstIndex + firstIndex;
      rows.push({ ...row, top: rowsTop + row.top, firstIndex: start });
    }
    const height = rowsTop - top + heightOf(lineRows, metrics);
    for (const { day, firstIndex: first } of line.days) {
      laid.push({
        ...day,
        top,
        firstIndex: first,
        height,
        ...extent(rows[from], first, line, day),
      });
    }
    top += height;
  }
  return { rows, days: laid, height: top };

  function extent(row: LaidRow | undefined, first: number, line: Line, day: PieceDay) {
    if (!line.isShared || row === undefined) return { left: 0, width: metrics.width };
    const start = row.tiles[first - row.firstIndex];
    const end = row.tiles[first - row.firstIndex + day.count - 1];
    const left = start?.left ?? 0;
    const shown = (end?.left ?? 0) + (end?.width ?? 0) - left;
    return { left, width: Math.max(shown, Math.min(metrics.leastDayWidth, metrics.width - left)) };
  }
}

/** Height of assets that are not known yet: exact for squares, else what a usual mix of pictures takes. */
export function estimatePiece(days: readonly PieceDay[], metrics: TimelineMetrics): number {
  const { columnCount, width, gap, targetRowHeight } = metrics;
  const cell = columnCount === undefined ? targetRowHeight : cellHeight(columnCount, metrics);
  const rowsHeight = (count: number): number => {
    const perRow =
      columnCount ?? Math.max(1, (width + gap) / (targetRowHeight * USUAL_RATIO + gap));
    return Math.ceil(count / perRow) * (cell + gap);
  };
  if (metrics.dayHeight === 0) return rowsHeight(days.reduce((sum, day) => sum + day.count, 0));
  const usualWidth = ({ count }: PieceDay) => naturalWidth(count, count * USUAL_RATIO, metrics);
  let height = 0;
  for (const line of linesOf(days, usualWidth, metrics)) {
    const [only] = line.days;
    height += only?.day.isContinued === true ? 0 : metrics.dayHeight;
    height += line.isShared ? cell + gap : rowsHeight(only?.day.count ?? 0);
  }
  return height;
}

/** Days beside each other in one row, or one day with as many rows as it takes. */
interface Line {
  readonly isShared: boolean;
  readonly days: { readonly day: PieceDay; readonly firstIndex: number; readonly width: number }[];
}

function linesOf(
  days: readonly PieceDay[],
  widthOfDay: (day: PieceDay, firstIndex: number) => number,
  metrics: TimelineMetrics,
): readonly Line[] {
  const lines: Line[] = [];
  let used = 0;
  let firstIndex = 0;
  for (const day of days) {
    const width = widthOfDay(day, firstIndex);
    const fits = width <= metrics.width && !day.isContinued && !day.goesOn;
    const between = dayGapOf(metrics);
    const last = lines.at(-1);
    if (fits && last?.isShared === true && used + between + width <= metrics.width) {
      last.days.push({ day, firstIndex, width });
      used += between + width;
    } else {
      lines.push({ isShared: fits, days: [{ day, firstIndex, width }] });
      used = width;
    }
    firstIndex += day.count;
  }
  return lines;
}

/** Squares stand in columns, also those of two days. */
function dayGapOf({ columnCount, gap, dayGap }: TimelineMetrics): number {
  return columnCount === undefined ? dayGap : gap;
}

function widthOf(
  day: PieceDay,
  firstIndex: number,
  ratios: readonly number[],
  metrics: TimelineMetrics,
): number {
  let sum = 0;
  for (let at = firstIndex; at < firstIndex + day.count; at++) sum += usableRatio(ratios[at] ?? 1);
  return Math.max(metrics.leastDayWidth, naturalWidth(day.count, sum, metrics));
}

/** What pictures of one row take at the target height; of squares exactly their columns. */
function naturalWidth(count: number, ratioSum: number, metrics: TimelineMetrics): number {
  const { columnCount, width, gap, targetRowHeight } = metrics;
  if (columnCount !== undefined) {
    // A little less, so that a full row is not too wide by a rounded pixel.
    return (count * (width + gap)) / columnCount - gap - 0.001;
  }
  return ratioSum * targetRowHeight + gap * (count - 1);
}

/** One row of the pictures of several days, with more room between two days. */
function sharedRow(line: Line, ratios: readonly number[], metrics: TimelineMetrics): LaidRow {
  const { columnCount, targetRowHeight, gap, dayGap } = metrics;
  const count = line.days.reduce((sum, { day }) => sum + day.count, 0);
  if (columnCount !== undefined) {
    const height = cellHeight(columnCount, metrics);
    const tiles = Array.from({ length: count }, (_, at) => cellAt(at, columnCount, metrics));
    return { top: 0, height, firstIndex: 0, tiles };
  }
  const first = line.days[0]?.firstIndex ?? 0;
  const members = ratios.slice(first, first + count).map(usableRatio);
  const ratioSum = members.reduce((sum, ratio) => sum + ratio, 0);
  const used = line.days.reduce((sum, { width }) => sum + width, dayGap * (line.days.length - 1));
  const stretched = targetRowHeight + (metrics.width - used) / ratioSum;
  const isStretched = stretched <= targetRowHeight * MOST_STRETCH;
  const exact = isStretched ? stretched : targetRowHeight;
  const height = Math.max(1, Math.floor(exact));
  const tiles: LaidTile[] = [];
  let left = 0;
  for (const { day, firstIndex, width } of line.days) {
    const own = members.slice(firstIndex - first, firstIndex - first + day.count);
    let edge = left;
    for (const ratio of own) {
      const start = Math.round(edge);
      edge += ratio * exact;
      const end = Math.min(metrics.width, Math.round(edge));
      tiles.push({ left: start, width: Math.max(1, end - start) });
      edge += gap;
    }
    const grown = own.reduce((sum, ratio) => sum + ratio, 0) * (exact - targetRowHeight);
    left += width + grown + dayGap;
  }
  return { top: 0, height, firstIndex: 0, tiles };
}

function squareRows(
  count: number,
  columnCount: number,
  metrics: TimelineMetrics,
): readonly LaidRow[] {
  const height = cellHeight(columnCount, metrics);
  return Array.from({ length: Math.ceil(count / columnCount) }, (_, at) => {
    const firstIndex = at * columnCount;
    const length = Math.min(columnCount, count - firstIndex);
    const tiles = Array.from({ length }, (_each, column) => cellAt(column, columnCount, metrics));
    return { top: at * (height + metrics.gap), height, firstIndex, tiles };
  });
}

function cellHeight(columnCount: number, { width, gap }: TimelineMetrics): number {
  return Math.max(1, Math.floor((width + gap) / columnCount) - gap);
}

function cellAt(column: number, columnCount: number, { width, gap }: TimelineMetrics): LaidTile {
  const left = Math.round((column * (width + gap)) / columnCount);
  const next = Math.round(((column + 1) * (width + gap)) / columnCount);
  return { left, width: Math.max(1, next - gap - left) };
}

function heightOf(rows: readonly LaidRow[], { gap }: TimelineMetrics): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height + gap;
}
