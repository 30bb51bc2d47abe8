import { describe, expect, it } from 'vitest';

import { gridStep, type GridTarget } from './grid-step.ts';
import { sampleAsset } from './sample-asset.fixture.ts';
import { buildTimeline, type KnownMonth, placeOf } from './timeline-geometry.ts';

const METRICS = { width: 800, targetRowHeight: 200, gap: 0, headerHeight: 50, monthGap: 10 };

/** Squares: four in each row of 200 pixels. */
function squares(month: string, count: number): KnownMonth {
  const assets = Array.from({ length: count }, (_, number) => sampleAsset(month, number, 1));
  return { month, count, assets };
}

const TIMELINE = buildTimeline(
  [squares('2026-03', 6), squares('2026-02', 9), { month: '2026-01', count: 5 }],
  METRICS,
);

function step(month: string, number: number, key: string, viewHeight = 600): string | undefined {
  const from = placeOf(TIMELINE, month, sampleAsset(month, number).assetId)!;
  return describeTarget(gridStep(TIMELINE, from, key, viewHeight));
}

function describeTarget(target: GridTarget | undefined): string | undefined {
  if (target === undefined) return undefined;
  if ('edge' in target) return `${target.edge} of ${target.month}`;
  return `${target.month} ${Number(target.assetId.slice(-6))}`;
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
    expect(step('2026-03', 0, 'End')).toBe('last of 2026-01');
  });

  it('stays where there is nothing further, and leaves other keys alone', () => {
    expect(step('2026-03', 0, 'ArrowLeft')).toBeUndefined();
    expect(step('2026-03', 0, 'ArrowUp')).toBeUndefined();
    expect(step('2026-03', 0, 'Enter')).toBeUndefined();
  });
});
