import { describe, expect, it } from 'vitest';

import { gridStep, type GridTarget } from './grid-step.ts';
import { knownMonth } from './known-month.fixture.ts';
import { sampleAsset } from './sample-asset.fixture.ts';
import { buildTimeline, placeOf } from './timeline-geometry.ts';

/** Squares: four in each row of 200 pixels. */
const METRICS = {
  width: 800,
  targetRowHeight: 200,
  gap: 0,
  headerHeight: 50,
  dayHeight: 0,
  dayGap: 0,
  leastDayWidth: 0,
  monthGap: 10,
  columnCount: 4,
  pieceSize: 240,
};

const TIMELINE = buildTimeline(
  [
    knownMonth('2026-03', 6),
    knownMonth('2026-02', 9),
    knownMonth('2026-01', 5, false),
    knownMonth('2025-12', 3),
    knownMonth('2025-11', 3),
    knownMonth('2024-07', 2),
  ],
  METRICS,
);

function step(
  month: string,
  number: number,
  key: string,
  options: { viewHeight?: number; shiftKey?: boolean } = {},
): string | undefined {
  const { viewHeight = 600, shiftKey = false } = options;
  const from = placeOf(TIMELINE, sampleAsset(month, number).assetId)!;
  return describeTarget(gridStep(TIMELINE, from, { key, shiftKey }, viewHeight));
}

function describeTarget(target: GridTarget | undefined): string | undefined {
  if (target === undefined) return undefined;
  if ('edge' in target) return `${target.edge} of ${target.pieceKey.slice(0, 7)}`;
  if ('month' in target) return `first of ${target.month}`;
  return `${target.day.slice(0, 7)} ${Number(target.assetId.slice(-6))}`;
}

describe('gridStep', () => {
  it.each([
    ['ArrowRight', 0, '2026-03 1'],
    ['ArrowLeft', 5, '2026-03 4'],
    ['ArrowDown', 1, '2026-03 5'],
    ['ArrowUp', 4, '2026-03 0'],
    ['Home', 4, '2026-03 0'],
  ])('goes with %s from photo %d of a month to %s', (key, from, to) => {
    expect(step('2026-03', from, key)).toBe(to);
  });

  it('crosses into the next and previous month', () => {
    expect(step('2026-03', 5, 'ArrowRight')).toBe('2026-02 0');
    expect(step('2026-02', 0, 'ArrowLeft')).toBe('2026-03 5');
  });

  it('goes to the tile below that lies nearest, also where the row is short', () => {
    expect(step('2026-03', 3, 'ArrowDown')).toBe('2026-03 5');
    expect(step('2026-03', 5, 'ArrowDown')).toBe('2026-02 1');
    expect(step('2026-02', 1, 'ArrowUp')).toBe('2026-03 5');
  });

  it('goes a view further with the page keys', () => {
    expect(step('2026-03', 0, 'PageDown')).toBe('2026-02 4');
    expect(step('2026-02', 4, 'PageUp')).toBe('2026-03 0');
  });

  it('asks for the edge of a month that is not loaded yet', () => {
    expect(step('2026-02', 8, 'ArrowRight')).toBe('first of 2026-01');
    expect(step('2026-02', 8, 'ArrowDown')).toBe('first of 2026-01');
    expect(step('2026-03', 0, 'End')).toBe('2024-07 1');
  });

  it('goes to the newest photo of the next older year, and back by years, with Shift', () => {
    const shift = { shiftKey: true };
    expect(step('2026-02', 4, 'PageDown', shift)).toBe('2025-12 0');
    expect(step('2025-11', 1, 'PageDown', shift)).toBe('2024-07 0');
    expect(step('2024-07', 0, 'PageDown', shift)).toBeUndefined();
    expect(step('2025-11', 1, 'PageUp', shift)).toBe('2025-12 0');
    expect(step('2025-12', 0, 'PageUp', shift)).toBe('2026-03 0');
    expect(step('2026-03', 0, 'PageUp', shift)).toBeUndefined();
    expect(step('2026-03', 0, 'ArrowRight', shift)).toBeUndefined();
  });

  it('stays where there is nothing further, and leaves other keys alone', () => {
    expect(step('2026-03', 0, 'ArrowLeft')).toBeUndefined();
    expect(step('2026-03', 0, 'ArrowUp')).toBeUndefined();
    expect(step('2026-03', 0, 'Enter')).toBeUndefined();
  });
});
