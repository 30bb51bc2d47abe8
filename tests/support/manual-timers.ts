import type { CancelTimer, Timers } from '../../electron/service/timers.ts';

import type { ManualClock } from './manual-clock.ts';

interface WaitingTimer {
  readonly dueAt: number;
  readonly action: () => void;
}

/** Timers that are due when the clock they share is moved past them, in order of their time. */
export class ManualTimers implements Timers {
  readonly #clock: ManualClock;
  readonly #waiting = new Set<WaitingTimer>();

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  after(delayMs: number, action: () => void): CancelTimer {
    const timer: WaitingTimer = { dueAt: this.#clock.now() + delayMs, action };
    this.#waiting.add(timer);
    return () => void this.#waiting.delete(timer);
  }

  /** How long until the next timer is due, from now. */
  get nextDelayMs(): number | undefined {
    const next = this.#next(Infinity);
    return next && next.dueAt - this.#clock.now();
  }

  advance(byMs: number): void {
    const until = this.#clock.now() + byMs;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#clock.advance(next.dueAt - this.#clock.now());
      this.#waiting.delete(next);
      next.action();
    }
    this.#clock.advance(until - this.#clock.now());
  }

  #next(until: number): WaitingTimer | undefined {
    return [...this.#waiting]
      .filter((timer) => timer.dueAt <= until)
      .sort((a, b) => a.dueAt - b.dueAt)[0];
  }
}
