/** Where times come from, so that a test can hold them. */
export interface Clock {
  /** Integer milliseconds UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock for tests: stands still until moved. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start = Date.UTC(2026, 10, 21, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(byMs: number): void {
    this.#now += byMs;
  }
}
