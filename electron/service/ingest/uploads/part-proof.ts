import { createHash, timingSafeEqual, type Hash } from 'node:crypto';

import { RoostError } from '../../../../shared/error-catalogue.ts';
import type { StagedFile, StagedMark } from '../staged-file.ts';

import type { PartDigest } from './append-request.ts';

/** Compares the body of one request with the digest that came with it; without a match nothing of it stays. */
export class PartProof {
  readonly #staged: StagedFile;
  readonly #mark: StagedMark;
  readonly #hash: Hash;
  readonly #digest: Uint8Array;

  private constructor(staged: StagedFile, mark: StagedMark, { algorithm, digest }: PartDigest) {
    this.#staged = staged;
    this.#mark = mark;
    this.#hash = createHash(algorithm);
    this.#digest = digest;
  }

  /** Before the first byte of the body. @throws like `StagedFile.mark`. */
  static async begin(
    staged: StagedFile,
    digest: PartDigest | undefined,
  ): Promise<PartProof | undefined> {
    return digest && new PartProof(staged, await staged.mark(), digest);
  }

  take(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  /** After the last byte. @throws RoostError `upload/part-digest-mismatch`. */
  conclude(): void {
    const found = this.#hash.digest();
    const isSame =
      found.byteLength === this.#digest.byteLength && timingSafeEqual(found, this.#digest);
    if (!isSame) throw new RoostError('upload/part-digest-mismatch');
  }

  /** Takes back what came of the body. */
  undo(): void {
    this.#staged.rollBack(this.#mark);
  }
}
