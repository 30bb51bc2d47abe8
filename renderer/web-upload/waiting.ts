/** Waits that can be cut short: by a person, by the network coming back, or because all is to stop. */
export class Waiting {
  readonly #sleepers = new Map<() => void, number>();

  /** When the first of those that wait goes on, milliseconds UTC. */
  get nextAt(): number | undefined {
    return this.#sleepers.size === 0 ? undefined : Math.min(...this.#sleepers.values());
  }

  async wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.set(wake, Date.now() + ms);
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#sleepers.keys()]) wake();
  }
}

const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

/** How long to wait before a try; `tries` counts those that failed in a row, from 1. */
export function backOffMs(tries: number): number {
  return Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS);
}
