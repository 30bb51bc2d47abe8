import { describe, expect, it } from 'vitest';

import { yearTicks } from './scrubber-ticks.ts';
import type { MonthBlock, TimelineGeometry } from './timeline-geometry.ts';

const VIEW_HEIGHT = 700;
const TRACK_HEIGHT = 640;
const NAME_HEIGHT = 20;

/** Months by where each begins, of a timeline of some height. */
function ticksOf(height: number, months: Readonly<Record<string, number>>) {
  const blocks = Object.entries(months).map(([month, top]) => ({ month, top }) as MonthBlock);
  const geometry = { height, blocks } as unknown as TimelineGeometry;
  return yearTicks(geometry, VIEW_HEIGHT, TRACK_HEIGHT, NAME_HEIGHT);
}

describe('the years beside the timeline', () => {
  it('are named where they begin or a little lower, and only marked where others leave no room', () => {
    const ticks = ticksOf(7_100, {
      '2026-11': 0,
      '2026-01': 3_000,
      '2025-12': 3_200,
      '2024-12': 3_300,
      '2023-12': 3_350,
    });
    expect(ticks).toEqual([
      { year: '2026', share: 0, isNamed: true },
      { year: '2025', share: 0.5, isNamed: true },
      { year: '2024', share: 340 / TRACK_HEIGHT, isNamed: true },
      { year: '2023', share: 335 / TRACK_HEIGHT, isNamed: false },
    ]);
  });

  it('are all named at the lower end, too, where the view cannot scroll to their beginning', () => {
    const ticks = ticksOf(1_500, {
      '2026-11': 0,
      '2019-08': 640,
      '2017-07': 950,
      '2005-08': 1_250,
    });
    expect(ticks.map(({ isNamed }) => isNamed)).toEqual([true, true, true, true]);
    const places = ticks.map(({ share }) => Math.round(share * TRACK_HEIGHT));
    expect(places).toEqual([0, 512, 620, 640]);
  });

  it('give the oldest their names where not all have room at the end', () => {
    const ticks = ticksOf(1_500, {
      '2026-11': 0,
      '2019-08': 755,
      '2017-07': 900,
      '2009-07': 1_000,
      '2005-08': 1_250,
    });
    expect(ticks.filter(({ isNamed }) => isNamed).map(({ year }) => year)).toEqual([
      '2026',
      '2019',
      '2005',
    ]);
  });
});
