import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { SpacedWork } from './spaced-work.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('works at once, then once for all that is asked in a while', () => {
  let count = 0;
  const spaced = new SpacedWork(1000, () => {
    count += 1;
    return undefined;
  });
  for (let at = 0; at < 5; at += 1) spaced.ask();
  expect(count).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(count).toBe(2);
  vi.advanceTimersByTime(5000);
  expect(count).toBe(2);
  spaced.ask();
  spaced.ask();
  spaced.stop();
  vi.advanceTimersByTime(5000);
  expect(count).toBe(3);
});

it('tries again what could not be done yet', () => {
  const answers = ['again', 'again', undefined] as const;
  let count = 0;
  const spaced = new SpacedWork(1000, () => answers[count++]);
  spaced.ask();
  vi.advanceTimersByTime(10_000);
  expect(count).toBe(3);
});
