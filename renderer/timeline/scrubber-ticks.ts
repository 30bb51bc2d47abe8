import type { TimelineGeometry } from './timeline-geometry.ts';

/** A mark where a year begins. */
export interface YearTick {
  readonly year: string;
  /** From 0 at the upper end to 1 at the lower. */
  readonly share: number;
  /** Years too close to the one above are only a mark. */
  readonly isNamed: boolean;
}

/**
 * Where the years of a timeline begin on a track of this height, with names where they have room. Years that begin
 * too far down to be scrolled to stand one above the other at the lower end, the oldest last.
 */
export function yearTicks(
  geometry: TimelineGeometry,
  viewHeight: number,
  trackHeight: number,
  nameHeight: number,
): readonly YearTick[] {
  const lastTop = Math.max(1, geometry.height - viewHeight);
  const years = new Map<string, number>();
  for (const { month, top } of geometry.blocks) {
    const year = month.slice(0, 4);
    if (!years.has(year)) years.set(year, top);
  }
  const all = [...years].map(([year, top]) => ({ year, at: (top / lastTop) * trackHeight }));
  const below = all.filter(({ at }) => at > trackHeight - nameHeight / 2);
  const ticks: YearTick[] = [];
  let nextFree = 0;
  const last = trackHeight - below.length * nameHeight;
  for (const { year, at } of all.slice(0, all.length - below.length)) {
    // A little lower is still where the year begins.
    const place = Math.max(at, nextFree);
    const isNamed = place - at < nameHeight && place <= Math.max(at, last);
    if (isNamed) nextFree = place + nameHeight;
    ticks.push({ year, share: (isNamed ? place : at) / trackHeight, isNamed });
  }
  for (const [index, { year }] of below.entries()) {
    const at = trackHeight - (below.length - 1 - index) * nameHeight;
    const isNamed = at >= nextFree;
    ticks.push({ year, share: isNamed ? at / trackHeight : 1, isNamed });
  }
  return ticks;
}
