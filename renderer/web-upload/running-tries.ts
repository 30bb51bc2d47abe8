/** A try in which nothing moved for this long hangs, if the phone was away meanwhile. */
const HANGS_AFTER_MS = 3_000;

/** One try to send a file, which can be broken off. */
export interface RunningTry {
  readonly signal: AbortSignal;
  /** Something moved. */
  readonly moved: () => void;
  readonly ended: () => void;
}

/**
 * The tries that run now. When a phone comes back from sleep or from another network, its old connections are dead and
 * nobody tells the page: it would wait for its own time limit.
 */
export class RunningTries {
  readonly #now: () => number;
  readonly #running = new Map<AbortController, number>();
  #isEnded = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  begin(): RunningTry {
    const controller = new AbortController();
    const moved = (): void => void this.#running.set(controller, this.#now());
    moved();
    if (this.#isEnded) controller.abort();
    return {
      signal: controller.signal,
      moved,
      ended: () => void this.#running.delete(controller),
    };
  }

  /** Breaks off the tries in which nothing moves. */
  breakOffHanging(): void {
    for (const [controller, movedAt] of this.#running) {
      if (this.#now() - movedAt >= HANGS_AFTER_MS) controller.abort();
    }
  }

  /** Breaks off all, and those that begin later. */
  end(): void {
    this.#isEnded = true;
    for (const controller of this.#running.keys()) controller.abort();
  }
}
