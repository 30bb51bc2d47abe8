/** Where times come from, so that a test can hold them. */
export interface Clock {
  /** Integer milliseconds UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
