import type { TimelineGeometry } from './timeline-geometry.ts';

/**
 * How tall months were when they were last laid out. Months far from the view are dropped from memory, and
 * going back to an estimate would move everything below them.
 */
export class MonthHeights {
  readonly #heights = new Map<string, number>();
  #width = 0;

  remember({ blocks, metrics }: TimelineGeometry): void {
    if (metrics.width !== this.#width) this.#heights.clear();
    this.#width = metrics.width;
    for (const { month, rows, height } of blocks) {
      if (rows === undefined) continue;
      this.#heights.set(month, height - metrics.headerHeight - metrics.monthGap);
    }
  }

  heightOf(month: string, width: number): number | undefined {
    return width === this.#width ? this.#heights.get(month) : undefined;
  }
}
