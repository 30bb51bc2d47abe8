import type { Clock } from '../../shared/clock.ts';

/** A clock that stands still until moved. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start = Date.UTC(2026, 10, 21, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** A negative step sets the clock back, as a computer's time server may. */
  advance(byMs: number): void {
    this.#now += byMs;
  }
}
