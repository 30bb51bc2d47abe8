const TICK_MS = 15_000;

/** A time that everything that tells how long ago something was shows alike. */
export interface CurrentTime {
  /** Calls `listener` every few seconds; the function it gives ends that. */
  readonly subscribe: (listener: () => void) => () => void;
  /** In milliseconds UTC, as of the last tick, or of when somebody began to listen. */
  readonly now: () => number;
}

/** `clock` tells the time, in milliseconds UTC. One timer runs while anybody listens. */
export function makeCurrentTime(clock: () => number): CurrentTime {
  let now = clock();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        // Nobody looked at the clock since it stood still.
        now = clock();
        timer = setInterval(() => {
          now = clock();
          for (const each of listeners) each();
        }, TICK_MS);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    now: () => now,
  };
}
