import type { Clock } from '../../../shared/clock.ts';

import type { Pause } from './pause.ts';

/**
 * A token bucket for bytes. Who finds anything in it may take as much as wanted; the next one waits until the debt
 * is paid, so that over time no more is taken than the rate allows.
 */
export class ByteBudget {
  readonly #clock: Clock;
  readonly #pause: Pause;
  readonly #bytesPerSecond: () => number;
  readonly #burstMs: number;
  #left = 1;
  #filledAt: number;

  /** After a time without taking, the bytes of `burstMs` are there at once. */
  constructor(clock: Clock, pause: Pause, bytesPerSecond: () => number, burstMs: number) {
    this.#clock = clock;
    this.#pause = pause;
    this.#bytesPerSecond = bytesPerSecond;
    this.#burstMs = burstMs;
    this.#filledAt = clock.now();
  }

  /** Resolves when so many bytes may be read; also when waiting was cut short, for the caller to look why. */
  async take(byteCount: number): Promise<void> {
    this.#fill();
    if (this.#left <= 0) {
      await this.#pause.wait(Math.ceil(((1 - this.#left) / this.#bytesPerSecond()) * 1000));
      this.#fill();
    }
    this.#left -= byteCount;
  }

  #fill(): void {
    const now = this.#clock.now();
    // A clock that was set back gives nothing, and takes nothing.
    const elapsedMs = Math.max(now - this.#filledAt, 0);
    this.#filledAt = now;
    const perMs = this.#bytesPerSecond() / 1000;
    this.#left = Math.min(this.#left + elapsedMs * perMs, this.#burstMs * perMs);
  }
}
