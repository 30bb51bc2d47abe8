import type { MonthSummary } from '../../shared/window-views.ts';
import { type DaySpan, type Piece, piecesOf, spansOf } from './month-pieces.ts';
import type { TimelineMetrics } from './timeline-metrics.ts';

interface KeptMonth {
  readonly summary: MonthSummary;
  readonly spans: readonly DaySpan[];
  readonly pieces: readonly Piece[];
}

/** Remembers how months were parted, so that what is loaded stays what it is while photos arrive. */
export class MonthSpans {
  #kept = new Map<string, KeptMonth>();
  #key = '';

  /** The pieces of these months. A month that did not change gives the same pieces. */
  piecesOf(
    months: readonly MonthSummary[],
    { pieceSize, dayHeight }: TimelineMetrics,
  ): readonly { readonly month: string; readonly pieces: readonly Piece[] }[] {
    const key = `${pieceSize}/${dayHeight}`;
    const before = key === this.#key ? this.#kept : new Map<string, KeptMonth>();
    this.#key = key;
    this.#kept = new Map();
    return months.map((summary) => {
      const kept = before.get(summary.month);
      if (kept?.summary === summary) {
        this.#kept.set(summary.month, kept);
        return { month: summary.month, pieces: kept.pieces };
      }
      // Where days are not told apart, rows go through the whole month.
      const whole = [{ firstDay: 1, lastDay: 31 }];
      const spans = dayHeight === 0 ? whole : spansOf(summary, pieceSize, kept?.spans);
      const pieces = piecesOf(summary, spans, pieceSize);
      this.#kept.set(summary.month, { summary, spans, pieces });
      return { month: summary.month, pieces };
    });
  }
}
