import type { TimelineGeometry } from './timeline-geometry.ts';
import { metricsKey, type TimelineMetrics } from './timeline-metrics.ts';

/**
 * How tall pieces were when they were last laid out. Pieces far from the view are dropped from memory, and going back to
 * an estimate would move everything below them.
 */
export class PieceHeights {
  readonly #heights = new Map<string, number>();
  #key = '';

  remember({ pieces, metrics }: TimelineGeometry): void {
    const key = metricsKey(metrics);
    if (key !== this.#key) this.#heights.clear();
    this.#key = key;
    for (const { piece, laid, height } of pieces) {
      if (laid !== undefined) this.#heights.set(piece.key, height);
    }
  }

  heightOf(pieceKey: string, metrics: TimelineMetrics): number | undefined {
    return metricsKey(metrics) === this.#key ? this.#heights.get(pieceKey) : undefined;
  }
}
