import type { Clock } from '../../shared/clock.ts';

/** A clock that stands still until moved. */
export class ManualClock implements Clock {
  #now: number;
  #uptime = 0;
  /** For what looks at the clock and at what really passed. */
  readonly uptime = (): number => this.#uptime;

  constructor(start = Date.UTC(2026, 10, 21, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** A negative step sets the clock back, as a computer's time server may. */
  advance(byMs: number): void {
    this.#now += byMs;
    this.#uptime += Math.max(0, byMs);
  }

  /** Sets the clock forward, or back: no time passes. */
  set(byMs: number): void {
    this.#now += byMs;
  }
}
