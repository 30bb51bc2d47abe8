import { beforeEach, expect, it } from 'vitest';

import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';

import { QUIET_MS, TURN_EVERY_MS, TURN_MS, UploadsFirst } from './uploads-first.ts';

let timers: ManualTimers;
let isPaused: boolean;
let uploads: UploadsFirst;

beforeEach(() => {
  timers = new ManualTimers(new ManualClock());
  isPaused = false;
  const queue = { pause: () => void (isPaused = true), resume: () => void (isPaused = false) };
  uploads = new UploadsFirst(queue, (delayMs, action) => timers.after(delayMs, action));
});

it('lets previews wait from the first sign of an upload until it has been quiet for a moment', () => {
  uploads.noteActivity();
  expect(isPaused).toBe(true);
  timers.advance(QUIET_MS - 1);
  expect(isPaused).toBe(true);
  timers.advance(1);
  expect(isPaused).toBe(false);
  expect(timers.nextDelayMs).toBeUndefined();
});

it('takes what follows closely for one run', () => {
  for (let count = 0; count < 10; count++) {
    uploads.noteActivity();
    timers.advance(QUIET_MS - 1);
    expect(isPaused).toBe(true);
  }
});

it('gives previews a turn now and then in a run that does not end', () => {
  let madeMs = 0;
  const stepMs = 10;
  for (let passedMs = 0; passedMs < 10 * (TURN_EVERY_MS + TURN_MS); passedMs += stepMs) {
    uploads.noteActivity();
    timers.advance(stepMs);
    if (!isPaused) madeMs += stepMs;
  }
  expect(madeMs).toBeGreaterThanOrEqual(9 * TURN_MS);
  expect(madeMs).toBeLessThanOrEqual(11 * TURN_MS);
  timers.advance(QUIET_MS);
  expect(isPaused).toBe(false);
  expect(timers.nextDelayMs).toBeUndefined();
});
