import type { TimelineMetrics } from './timeline-geometry.ts';

/** Sizes for a canvas of this width: about three photos beside each other on a phone, rows of 200 pixels on a desk. */
export function metricsFor(width: number): TimelineMetrics {
  const isNarrow = width < 560;
  return {
    width,
    targetRowHeight: isNarrow ? 112 : width < 1000 ? 160 : 196,
    gap: isNarrow ? 2 : 4,
    headerHeight: isNarrow ? 48 : 56,
    monthGap: isNarrow ? 8 : 16,
  };
}
