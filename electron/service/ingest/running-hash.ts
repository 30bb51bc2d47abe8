import { createHash, type Hash } from 'node:crypto';

/** Lower-case hex digests of some bytes. */
export interface Digests {
  readonly sha256: string;
  /** Only where they were asked for. */
  readonly sha1?: string;
  readonly sha512?: string;
}

/** Digests that are made besides SHA-256: each costs time on every byte. */
export type ExtraDigest = 'sha1' | 'sha512';

/** Hashes bytes as they come. What it has so far can be told, or kept aside, without ending it. */
export class RunningHash {
  readonly #sha256: Hash;
  readonly #extra: readonly (readonly [ExtraDigest, Hash])[];

  private constructor(sha256: Hash, extra: readonly (readonly [ExtraDigest, Hash])[]) {
    this.#sha256 = sha256;
    this.#extra = extra;
  }

  static start(extra: readonly ExtraDigest[]): RunningHash {
    return new RunningHash(
      createHash('sha256'),
      extra.map((name) => [name, createHash(name)]),
    );
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    for (const [, hash] of this.#extra) hash.update(bytes);
  }

  /** One that goes on from here by itself. */
  copy(): RunningHash {
    return new RunningHash(
      this.#sha256.copy(),
      this.#extra.map(([name, hash]) => [name, hash.copy()]),
    );
  }

  /** The digests of everything so far; more may follow. */
  soFar(): Digests {
    return {
      sha256: this.#sha256.copy().digest('hex'),
      ...Object.fromEntries(this.#extra.map(([name, hash]) => [name, hash.copy().digest('hex')])),
    };
  }
}
