import type { Timers } from '../timers.ts';

/** Waiting that can be cut short. */
export class Pause {
  readonly #timers: Timers;
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Resolves after a while, or with the next `end`. Without a time only then. */
  wait(delayMs?: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel =
        delayMs === undefined ? undefined : this.#timers.after(Math.max(delayMs, 1), () => end());
      const end = (): void => {
        cancel?.();
        this.#waiting.delete(end);
        resolve();
      };
      this.#waiting.add(end);
    });
  }

  /** Ends all waiting. */
  end(): void {
    for (const end of [...this.#waiting]) end();
  }

  /** Ends all waiting, also what is yet to come. */
  close(): void {
    this.#isClosed = true;
    this.end();
  }
}
