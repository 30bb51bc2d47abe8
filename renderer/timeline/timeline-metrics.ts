import type { TimelineView } from './timeline-view.ts';

/** Sizes in pixels that the layout depends on. */
export interface TimelineMetrics {
  readonly width: number;
  /** Rows come out near this height. */
  readonly targetRowHeight: number;
  readonly gap: number;
  /** Header of a month. */
  readonly headerHeight: number;
  /** Header of a day above its pictures; 0 where days are not told apart. */
  readonly dayHeight: number;
  /** Between two days that share a row. */
  readonly dayGap: number;
  /** So that the name of a day has room above a single narrow picture. */
  readonly leastDayWidth: number;
  /** Room between the last row of a month and the next header. */
  readonly monthGap: number;
  /** How many squares stand beside each other; absent where pictures keep their shapes. */
  readonly columnCount?: number;
  /** About how many assets are loaded in one go. */
  readonly pieceSize: number;
}

/** About so many assets come with one answer: a few milliseconds of work for the service and for the page. */
const PIECE_SIZE = 160;

/** Sizes for a canvas of this width: about three photos beside each other on a phone, rows of 200 pixels on a desk. */
export function metricsFor(width: number, { level, shape }: TimelineView): TimelineMetrics {
  const isNarrow = width < 560;
  const usual = isNarrow ? 112 : width < 1000 ? 160 : 196;
  const targetRowHeight =
    level === 'large'
      ? Math.round(usual * (isNarrow ? 2.2 : 1.7))
      : level === 'days'
        ? usual
        : isNarrow
          ? 52
          : 72;
  const gap = isNarrow || level === 'months' ? 2 : 4;
  const hasDays = level === 'days' || level === 'large';
  const isSquare = shape === 'square' || !hasDays;
  const columnCount = Math.max(1, Math.round((width + gap) / (targetRowHeight + gap)));
  return {
    width,
    targetRowHeight,
    gap,
    headerHeight: isNarrow ? 48 : 56,
    dayHeight: hasDays ? 32 : 0,
    dayGap: isNarrow ? 8 : 16,
    // The longest is “Mi., 30. Sept.” beside the mark that chooses the day; among squares it has one of them.
    leastDayWidth: isSquare ? 96 : 144,
    monthGap: isNarrow ? 8 : 16,
    ...(isSquare && { columnCount }),
    // Whole rows, so that a page of a large day ends where a row ends.
    pieceSize: isSquare
      ? Math.max(1, Math.round(PIECE_SIZE / columnCount)) * columnCount
      : PIECE_SIZE,
  };
}

/** Two of these with the same key lay the same assets out alike. */
export function metricsKey(metrics: TimelineMetrics): string {
  const { width, targetRowHeight, gap, dayHeight, columnCount = 0 } = metrics;
  return [width, targetRowHeight, gap, dayHeight, columnCount].join('/');
}
