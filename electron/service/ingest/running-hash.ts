import { createHash, type Hash } from 'node:crypto';

/** Lower-case hex digests of some bytes. */
export interface Digests {
  readonly sha256: string;
  /** Only where it was asked for. */
  readonly sha512?: string;
}

/** Hashes bytes as they come. What it has so far can be told, or kept aside, without ending it. */
export class RunningHash {
  readonly #sha256: Hash;
  readonly #sha512: Hash | undefined;

  private constructor(sha256: Hash, sha512: Hash | undefined) {
    this.#sha256 = sha256;
    this.#sha512 = sha512;
  }

  static start(withSha512: boolean): RunningHash {
    return new RunningHash(createHash('sha256'), withSha512 ? createHash('sha512') : undefined);
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#sha512?.update(bytes);
  }

  /** One that goes on from here by itself. */
  copy(): RunningHash {
    return new RunningHash(this.#sha256.copy(), this.#sha512?.copy());
  }

  /** The digests of everything so far; more may follow. */
  soFar(): Digests {
    const sha512 = this.#sha512?.copy().digest('hex');
    return {
      sha256: this.#sha256.copy().digest('hex'),
      ...(sha512 !== undefined && { sha512 }),
    };
  }
}
