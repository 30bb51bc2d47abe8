import { expect, it } from 'vitest';

import { knownMonth } from './known-month.fixture.ts';
import { boxFrom, coveredBy, startAt } from './swept-assets.ts';
import { buildTimeline } from './timeline-geometry.ts';
import { metricsFor } from './timeline-metrics.ts';

const METRICS = metricsFor(1000, { level: 'days', shape: 'square' });

/** Two months of a few squares, the newer loaded or not. */
const timeline = (isLoaded = true) =>
  buildTimeline([knownMonth('2024-06', 12, isLoaded), knownMonth('2024-05', 12, true)], METRICS);

const covers = (box: Parameters<typeof coveredBy>[1], geometry = timeline()) =>
  coveredBy(geometry, box, new Map()).size;

it('covers what the box touches, wherever it was begun, and nothing beside it', () => {
  const geometry = timeline();
  const [piece] = geometry.pieces;
  const row = piece?.laid?.rows[0];
  const [first, second] = row?.tiles ?? [];
  const top = (piece?.top ?? 0) + (row?.top ?? 0);
  const [left, right] = [first?.left ?? 0, (second?.left ?? 0) + 1];
  const down = boxFrom(geometry, startAt(geometry, left, top + 1), right, top + 2);
  const up = boxFrom(geometry, startAt(geometry, right, top + 2), left, top + 1);
  expect(up).toEqual(down);
  expect(covers(down)).toBe(2);
  expect(covers({ ...down, right: left + 1 })).toBe(1);
  expect(covers({ ...down, top: top - 9, bottom: top - 1 })).toBe(0);
  expect(covers({ left: 0, right: 1000, top: 0, bottom: geometry.height })).toBe(24);
});

it('keeps what it covered of a piece that is not loaded any more, and forgets what the box left', () => {
  const known = new Map<string, ReadonlyMap<string, string>>();
  const all = { left: 0, right: 1000, top: 0, bottom: timeline().height };
  expect(coveredBy(timeline(), all, known).size).toBe(24);
  expect(coveredBy(timeline(false), all, known).size).toBe(24);
  const older = timeline(false).pieces.at(-1)?.top ?? 0;
  expect(coveredBy(timeline(false), { ...all, top: older }, known).size).toBe(12);
  expect(known.size).toBe(1);
});

it('begins where it began also when what is above changes its height', () => {
  const before = timeline();
  const older = before.pieces.at(-1);
  const start = startAt(before, 5, (older?.top ?? 0) + 30);
  const after = buildTimeline(
    [knownMonth('2024-06', 200, true), knownMonth('2024-05', 12, true)],
    METRICS,
  );
  const top = (after.pieces.at(-1)?.top ?? 0) + 30;
  expect(boxFrom(after, start, 5, top + 10)).toMatchObject({ top, bottom: top + 10 });
});
