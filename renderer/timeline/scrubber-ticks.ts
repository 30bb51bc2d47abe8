import type { TimelineGeometry } from './timeline-geometry.ts';

/** A mark where a year begins. */
export interface YearTick {
  readonly year: string;
  /** From 0 at the upper end to 1 at the lower. */
  readonly share: number;
  /** Years too close to the one above are only a mark. */
  readonly isNamed: boolean;
}

/** Where the years of a timeline begin on a track of this height, with names where they have room. */
export function yearTicks(
  geometry: TimelineGeometry,
  viewHeight: number,
  trackHeight: number,
  nameHeight: number,
): readonly YearTick[] {
  const lastTop = Math.max(1, geometry.height - viewHeight);
  const ticks: YearTick[] = [];
  let nextFree = 0;
  for (const { month, top } of geometry.blocks) {
    const year = month.slice(0, 4);
    if (ticks.at(-1)?.year === year) continue;
    const share = Math.min(1, top / lastTop);
    const at = share * trackHeight;
    const isNamed = at >= nextFree && at <= trackHeight - nameHeight / 2;
    if (isNamed) nextFree = at + nameHeight;
    ticks.push({ year, share, isNamed });
  }
  return ticks;
}
