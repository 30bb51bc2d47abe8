import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';

const CODE_DIGITS = 8;
const VALID_MS = 10 * 60 * 1000;
const MAX_OPEN_CODES = 10;
/** Guessing 8 digits with this many tries, then a pause, is hopeless within a code's life. */
const MAX_WRONG_TRIES = 5;
const PAUSE_MS = 60 * 1000;

export interface PairingCode {
  readonly code: string;
  readonly expiresAt: number;
  /** What the device is called when it does not say. */
  readonly name: string | undefined;
  /** The device that who uses the code becomes again. */
  readonly deviceId: string | undefined;
}

/** Open pairing codes: short-lived, for one use, in memory only. */
export class PairingCodes {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #open: PairingCode[] = [];
  #wrongTries = 0;
  #pausedUntil = 0;

  constructor(clock: Clock, onChange: () => void = () => undefined) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  begin(name?: string, deviceId?: string): PairingCode {
    this.#forgetExpired();
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    const made = {
      code,
      expiresAt: this.#clock.now() + VALID_MS,
      name: name === '' ? undefined : name,
      deviceId,
    };
    this.#open = [...this.#open, made].slice(-MAX_OPEN_CODES);
    return made;
  }

  cancel(code: string): void {
    this.#open = this.#open.filter((each) => each.code !== code);
  }

  /**
   * Uses a code up.
   * @throws RoostError `pairing/code-invalid`, or `pairing/too-many-tries`, which also ends all open codes.
   */
  redeem(told: string): PairingCode {
    const now = this.#clock.now();
    if (now < this.#pausedUntil) throw new RoostError('pairing/too-many-tries');
    this.#forgetExpired();
    // Without an open code there is nothing to guess, and a stranger must not keep the next one from working.
    if (this.#open.length === 0) throw new RoostError('pairing/code-invalid');
    // Keyboards of phones like to make a long dash of a hyphen.
    const digits = told.replace(/[\s\p{Pd}]/gu, '');
    const match = this.#open.find((each) => sameText(each.code, digits));
    if (!match) {
      this.#wrongTries += 1;
      if (this.#wrongTries < MAX_WRONG_TRIES) throw new RoostError('pairing/code-invalid');
      this.#wrongTries = 0;
      this.#pausedUntil = now + PAUSE_MS;
      this.#open = [];
      this.#onChange();
      throw new RoostError('pairing/too-many-tries');
    }
    this.#wrongTries = 0;
    this.cancel(match.code);
    return match;
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    this.#open = this.#open.filter((each) => each.expiresAt > now);
  }
}

/** Equal time for equal and unequal texts of any length. */
function sameText(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
