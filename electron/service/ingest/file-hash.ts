import { RoostError } from '../../../shared/error-catalogue.ts';
import type { LibraryFile } from '../library/file-system.ts';
import { storageError } from '../library/storage-error.ts';

import { RunningHash, type Digests, type ExtraDigest } from './running-hash.ts';

/** Read at a time, of a file that an earlier run left. */
const READ_BYTES = 1024 * 1024;

/** How much of a file is proven to be what was received. */
export interface Proof {
  /** The first so many bytes have `sha256`. */
  readonly provenByteCount: number;
  readonly sha256: string;
}

/** A state to go back to. */
export interface HashMark {
  readonly byteCount: number;
  readonly hash: RunningHash;
}

/**
 * The hash of a file that grows. Mostly it is in step with what is written; of a file that an earlier run left it
 * begins at nothing, and reads what was there, and what comes meanwhile, until it has caught up.
 */
export class FileHash {
  readonly #open: () => Promise<LibraryFile>;
  /** What an earlier run noted; it must prove true once as much is read again. */
  readonly #known: Proof | undefined;
  #hash: RunningHash;
  /** Bytes the hash has seen. */
  #byteCount = 0;
  /** Bytes that are written, from the file's beginning. */
  #writtenByteCount: number;
  /** The hash before the batch that is being written. */
  #before: HashMark | undefined;
  #catchingUp: Promise<void> | undefined;
  #isStopped = false;

  /** @param open opens the file for reading */
  constructor(
    extra: readonly ExtraDigest[],
    open: () => Promise<LibraryFile>,
    left?: Proof & { readonly byteCount: number },
  ) {
    this.#open = open;
    this.#hash = RunningHash.start(extra);
    this.#writtenByteCount = left?.byteCount ?? 0;
    this.#known = left;
    if (left) this.#catchUpBehind();
  }

  get writtenByteCount(): number {
    return this.#writtenByteCount;
  }

  /** Takes a batch that is about to be written behind what is written. */
  begin(parts: readonly Uint8Array[]): void {
    if (this.#byteCount !== this.#writtenByteCount) return;
    this.#before = { byteCount: this.#byteCount, hash: this.#hash.copy() };
    for (const part of parts) {
      this.#hash.update(part);
      this.#byteCount += part.byteLength;
    }
  }

  /** Says that the batch is written: so many bytes. */
  written(byteCount: number): void {
    this.#before = undefined;
    this.#writtenByteCount += byteCount;
    if (this.#byteCount < this.#writtenByteCount) this.#catchUpBehind();
  }

  /** Says that the batch could not be written. */
  failed(): void {
    if (this.#before) this.#goTo(this.#before);
    this.#before = undefined;
  }

  /** What is proven of the bytes that are written. */
  proof(): Proof {
    const known = this.#known;
    // What was not compared yet must not be noted as if it were proven.
    if (known && this.#byteCount < known.provenByteCount) {
      return { provenByteCount: known.provenByteCount, sha256: known.sha256 };
    }
    const { byteCount, hash } = this.#before ?? { byteCount: this.#byteCount, hash: this.#hash };
    return { provenByteCount: byteCount, sha256: hash.soFar().sha256 };
  }

  /**
   * The digests of everything that is written.
   * @throws RoostError of the library; `upload/not-found` when the file is not what it was.
   */
  async whole(): Promise<Digests> {
    while (this.#byteCount < this.#writtenByteCount) await this.#catchUp();
    return this.#hash.soFar();
  }

  /** @throws like `whole`. */
  async mark(): Promise<HashMark> {
    await this.whole();
    return { byteCount: this.#byteCount, hash: this.#hash.copy() };
  }

  /** Forgets what was written after a mark. */
  rollBack(mark: HashMark): void {
    this.#goTo({ byteCount: mark.byteCount, hash: mark.hash.copy() });
    this.#writtenByteCount = mark.byteCount;
  }

  /** Ends reading until somebody needs it again; resolves when the file is let go. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#catchingUp?.catch(() => undefined);
    this.#isStopped = false;
  }

  #goTo({ byteCount, hash }: HashMark): void {
    this.#hash = hash;
    this.#byteCount = byteCount;
  }

  #catchUpBehind(): void {
    // Told to whoever needs the digests, who tries again; until then a failure must not count as unhandled.
    this.#catchUp().catch(() => undefined);
  }

  #catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readOn().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #readOn(): Promise<void> {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let file: LibraryFile | undefined;
    try {
      file = await this.#open();
      while (this.#byteCount < this.#writtenByteCount) {
        if (this.#isStopped) throw new RoostError('service/stopping');
        await this.#readSome(file, buffer);
      }
    } catch (error) {
      throw storageError(error);
    } finally {
      await file?.close().catch(() => undefined);
    }
  }

  async #readSome(file: LibraryFile, buffer: Buffer): Promise<void> {
    const { provenByteCount = 0, sha256 } = this.#known ?? {};
    const from = this.#byteCount;
    const end = from < provenByteCount ? provenByteCount : this.#writtenByteCount;
    const { bytesRead } = await file.read(buffer, 0, Math.min(READ_BYTES, end - from), from);
    if (bytesRead === 0) throw new RoostError('upload/not-found');
    const before = from + bytesRead === provenByteCount ? this.#hash.copy() : undefined;
    this.#hash.update(buffer.subarray(0, bytesRead));
    if (before && this.#hash.soFar().sha256 !== sha256) {
      // It stays as unproven as it was, and who asks again is told again.
      this.#hash = before;
      throw new RoostError('upload/not-found', 'The disk lost bytes of the upload.');
    }
    this.#byteCount += bytesRead;
  }
}
