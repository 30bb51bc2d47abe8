import { expect, it } from 'vitest';

import { systemClock } from './clock.ts';

it('tells whole milliseconds', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(Number.isInteger(now)).toBe(true);
  expect(now).toBeGreaterThanOrEqual(before);
});
