/** A random sequence that a seed repeats (mulberry32). */
export class SeededRandom {
  readonly seed: number;
  #state: number;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.#state = this.seed;
  }

  /** A seed from the environment's `ROOST_TEST_SEED`, or another one each time. */
  static fromEnvironment(): SeededRandom {
    const given = Number(process.env['ROOST_TEST_SEED']);
    return new SeededRandom(Number.isInteger(given) && given > 0 ? given : Date.now());
  }

  /** From 0 up to and without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `least` to `most`, both possible. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws Error for an empty list */
  oneOf<Each>(list: readonly Each[]): Each {
    const index = this.integer(0, list.length - 1);
    if (index < 0) throw new Error('There is nothing to choose from.');
    return list[index]!;
  }

  bytes(byteCount: number): Buffer {
    return Buffer.from(Array.from({ length: byteCount }, () => this.integer(0, 255)));
  }
}
