import type { Clock } from '../../../shared/clock.ts';
import type { ScrubActivity } from '../../../shared/scrub-view.ts';

import type { Pause } from './pause.ts';
import type { ScrubLimits } from './scrub-limits.ts';

export interface TurnsParts {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly limits: ScrubLimits;
  readonly liveUploadCount: () => number;
  readonly isLibraryPresent: () => Promise<boolean>;
  /** How long to rest between two stretches of reading. */
  readonly restMs: () => number;
  /** Hears what is waited for. */
  readonly onWait: (activity: ScrubActivity) => void;
}

/**
 * When reading has its turn: in stretches with rests between them, never while photos arrive, and only while the
 * library is there. Times too far ahead are of a clock that was set back since, and count as over.
 */
export class Turns {
  readonly #parts: TurnsParts;
  /** The stretch of reading ends then; absent while none has begun. */
  #sliceEndsAt: number | undefined;
  #restsUntil: number;
  #uploadSeenAt = Number.NEGATIVE_INFINITY;

  constructor(parts: TurnsParts, firstRestMs: number) {
    this.#parts = parts;
    this.#restsUntil = parts.clock.now() + firstRestMs;
  }

  get restsUntil(): number {
    return this.#restsUntil;
  }

  /** Whether a stretch of reading goes on. */
  get isTaken(): boolean {
    return this.#sliceEndsAt !== undefined;
  }

  /** Ends the stretch of reading with a rest. */
  rest(): void {
    this.#restsUntil = this.#parts.clock.now() + this.#parts.restMs();
    this.#sliceEndsAt = undefined;
  }

  /** Ends a rest. */
  hurry(): void {
    this.#restsUntil = this.#parts.clock.now();
    this.#sliceEndsAt = undefined;
  }

  /** Cheap, since it is asked before every part of a file. */
  mustWait(): boolean {
    const { clock, limits } = this.#parts;
    const now = clock.now();
    if (this.#isUploading(now) || this.#sliceEndsAt === undefined) return true;
    const endsInMs = this.#sliceEndsAt - now;
    return endsInMs <= 0 || endsInMs > limits.sliceMs;
  }

  /** Waits for the next thing that is in the way; asked again and again, for all of them. */
  async untilFree(): Promise<void> {
    const { clock, pause, limits, liveUploadCount, isLibraryPresent, onWait } = this.#parts;
    const now = clock.now();
    const restsForMs = this.#restsForMs(now);
    if (this.#sliceEndsAt !== undefined && this.#sliceEndsAt <= now) this.rest();
    else if (restsForMs > 0) {
      onWait({ kind: 'resting', untilAt: this.#restsUntil });
      await pause.wait(restsForMs);
    } else if (this.#isUploading(now)) {
      onWait({ kind: 'uploads' });
      const isLive = liveUploadCount() > 0;
      await pause.wait(isLive ? limits.uploadLookMs : this.#uploadSeenAt + limits.quietMs - now);
    } else if (!(await isLibraryPresent())) {
      onWait({ kind: 'library' });
      await pause.wait(limits.libraryLookMs);
    } else this.#sliceEndsAt = clock.now() + limits.sliceMs;
  }

  #restsForMs(now: number): number {
    const { restMs, limits } = this.#parts;
    const longestMs = Math.max(restMs(), limits.startRestMs);
    this.#restsUntil = Math.min(this.#restsUntil, now + longestMs);
    return this.#restsUntil - now;
  }

  /** Also for some quiet seconds after the last upload. */
  #isUploading(now: number): boolean {
    if (this.#parts.liveUploadCount() > 0) this.#uploadSeenAt = now;
    const sinceMs = now - this.#uploadSeenAt;
    return sinceMs >= 0 && sinceMs < this.#parts.limits.quietMs;
  }
}
