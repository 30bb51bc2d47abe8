import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { isCode, type FileSystem, type LibraryFile } from '../library/file-system.ts';
import { removeFile } from '../library/place-file.ts';
import { storageError } from '../library/storage-error.ts';
import { WroteNothingError } from '../library/write-fully.ts';

import { FileHash, type HashMark, type Proof } from './file-hash.ts';
import type { Digests, ExtraDigest } from './running-hash.ts';
import { partsAfter, releaseBytes, WriteBatch } from './write-batch.ts';

/** One write call gathers about this much, so that memory per upload stays below twice of it. */
const BATCH_BYTES = 1024 * 1024;

/** Free space is looked at again each time this much more was written. */
const SPACE_CHECK_BYTES = 64 * 1024 * 1024;

export interface StagedBytes extends Digests {
  readonly byteCount: number;
}

/** How much of a staged file is on disk for good, and the proof of its beginning. */
export interface Checkpoint extends Proof {
  readonly byteCount: number;
}

export interface ReceiveOptions {
  /** Sees each part of the body as it comes. */
  readonly onChunk?: ((chunk: Uint8Array) => void) | undefined;
  /** More than this is not the body that was announced: reading it stops there. */
  readonly maxByteCount: number;
  /** `byteCount` is the length of the file once everything that came is written. */
  readonly onProgress: (byteCount: number) => void;
  /** Nobody else looks at the body's chunks: their memory may be given back once they are written. */
  readonly ownsChunks?: boolean | undefined;
  /** Throws when the library's disk may not take more. */
  readonly checkSpace: () => Promise<void>;
  /** Called between two writes; what it throws ends the upload. */
  readonly onWritten?: () => void;
}

/** A place in a staged file to go back to. */
export type StagedMark = HashMark;

/**
 * A file in staging: on the library's own file system, so that placing it needs no copy. Bytes are only ever
 * added, at the place that the bytes before them end. Dispose removes it; `release` leaves it for later.
 */
export class StagedFile implements AsyncDisposable {
  readonly path: string;
  readonly #files: FileSystem;
  #opening: Promise<LibraryFile> | undefined;
  readonly #hash: FileHash;
  /** A write that failed may have left bytes behind the last good one. */
  #isRagged = false;
  /** A failed sync: the system may have dropped bytes, and would call the next sync a success. */
  #doubt: RoostError | undefined;
  #flushing: Promise<void> | undefined;
  #sealing: Promise<void> | undefined;

  private constructor(
    files: FileSystem,
    path: string,
    extra: readonly ExtraDigest[],
    left?: Checkpoint,
  ) {
    this.#files = files;
    this.path = path;
    this.#hash = new FileHash(extra, () => files.open(path, 'r'), left);
  }

  /** @throws RoostError of the library. */
  static async create(
    files: FileSystem,
    folder: string,
    id: string,
    extra: readonly ExtraDigest[] = [],
  ): Promise<StagedFile> {
    const staged = new StagedFile(files, join(folder, id), extra);
    try {
      staged.#opening = files.open(staged.path, 'wx', 0o644);
      await staged.#opening;
      return staged;
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Goes on with the file of an earlier run. Its bytes up to the checkpoint are read again, beside whatever is
   * received meanwhile, and must have the digest that was noted: a disk may have lost what it called synced.
   * A file that was whole may stand in the library by now, under the same inode: of that nothing is cut off.
   * @throws RoostError of the library; `upload/not-found` when the file is not as long as it was.
   */
  static async reopen(
    files: FileSystem,
    folder: string,
    id: string,
    checkpoint: Checkpoint & { readonly isWhole?: boolean },
    extra: readonly ExtraDigest[] = [],
  ): Promise<StagedFile> {
    const path = join(folder, id);
    const { byteCount, isWhole = false } = checkpoint;
    const size = await sizeOf(files, path);
    if (size < byteCount || (isWhole && size !== byteCount)) {
      throw new RoostError('upload/not-found');
    }
    const staged = new StagedFile(files, path, extra, checkpoint);
    staged.#isRagged = size > byteCount;
    return staged;
  }

  /** Why what was written last cannot be trusted, when a sync failed. */
  get doubt(): RoostError | undefined {
    return this.#doubt;
  }

  /** Bytes written so far. */
  get byteCount(): number {
    return this.#hash.writtenByteCount;
  }

  /**
   * Adds a body: hashes while the disk writes, holds at most two batches in memory, and reads no faster than it
   * can write. A body that breaks off is `upload/interrupted`, unless it was ended with a RoostError of its own;
   * what came of it is kept.
   * @throws RoostError of the upload or the library.
   */
  async receive(body: Readable, options: ReceiveOptions): Promise<void> {
    const file = await this.#opened();
    const start = this.byteCount;
    let takenByteCount = 0;
    let checkedAt = start;
    const batch = new WriteBatch();
    let writing = Promise.resolve();
    const writeBatch = async (): Promise<void> => {
      await writing;
      if (this.byteCount - checkedAt >= SPACE_CHECK_BYTES) {
        checkedAt = this.byteCount;
        await options.checkSpace();
      }
      options.onWritten?.();
      const parts = batch.take();
      writing = this.#append(file, parts);
      if (options.ownsChunks) writing = writing.then(() => releaseBytes(parts));
      // Awaited with the next batch; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
    };
    let broken: unknown;
    try {
      for await (const chunk of fromDevice(body)) {
        if (chunk.byteLength === 0) continue;
        takenByteCount += chunk.byteLength;
        if (takenByteCount > options.maxByteCount) {
          throw new RoostError(
            'upload/length-mismatch',
            `More than the ${start + options.maxByteCount} bytes arrived that were announced.`,
          );
        }
        options.onChunk?.(chunk);
        batch.add(chunk);
        if (batch.byteCount >= BATCH_BYTES) {
          await writeBatch();
          options.onProgress(start + takenByteCount);
        }
      }
    } catch (error) {
      broken = error;
    }
    if (batch.byteCount > 0) await writeBatch();
    await writing;
    options.onProgress(this.byteCount);
    if (broken !== undefined) throw storageError(broken);
  }

  /**
   * The number and digests of all bytes so far.
   * @throws RoostError of the library; `upload/not-found` when a reopened file is not what it was.
   */
  async digests(): Promise<StagedBytes> {
    return { ...(await this.#hash.whole()), byteCount: this.byteCount };
  }

  /** A place that `rollBack` goes back to. @throws like `digests`. */
  mark(): Promise<StagedMark> {
    return this.#hash.mark();
  }

  /** Forgets what came after a mark. */
  rollBack(mark: StagedMark): void {
    this.#hash.rollBack(mark);
    this.#isRagged = true;
  }

  /** Reads nothing more of what an earlier run left; who waits for the digests hears `service/stopping`. */
  async stopReading(): Promise<void> {
    await this.#hash.stop();
  }

  /**
   * Makes what is written until now durable, also while more is being received.
   * @throws RoostError of the library. Then nothing that was not synced before can be trusted any more, and every
   * later call throws.
   */
  async checkpoint(): Promise<Checkpoint> {
    const checkpoint = { byteCount: this.byteCount, ...this.#hash.proof() };
    const file = await this.#opened();
    await this.#synced(() => file.datasync());
    return checkpoint;
  }

  /**
   * Begins to make the bytes durable while something else is looked after; `seal` waits for it and tells what
   * went wrong. Everything must have been received.
   */
  flush(): void {
    this.#flushing ??= this.#opened()
      .then((file) => this.#synced(() => file.datasync()))
      .catch((error: unknown) => {
        // What may pass is tried again by who asks again.
        this.#flushing = undefined;
        throw error;
      });
    this.#flushing.catch(() => undefined);
  }

  /**
   * Makes the bytes durable and proves their number: on a full disk fsync and rename can report success for a
   * file without bytes, so the size is asked for before anything is placed. Nothing can be written any more
   * after it, and a further call has nothing to do.
   * @throws RoostError of the library.
   */
  seal(byteCount: number, fileTime: Date): Promise<void> {
    this.#sealing ??= this.#seal(byteCount, fileTime).catch((error: unknown) => {
      this.#sealing = undefined;
      throw error;
    });
    return this.#sealing;
  }

  /** Lets the open file go; the bytes stay, and more may be added later. */
  async release(): Promise<void> {
    // Closed under a sync, the file would look as if the disk had failed.
    await this.#flushing?.catch(() => undefined);
    const opening = this.#opening;
    this.#opening = undefined;
    await opening?.then((file) => file.close()).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hash.stop();
    // What cannot be removed now is cleared at the next start; the outcome of the upload does not hang on it.
    await this.release();
    await removeFile(this.#files, this.path).catch(() => undefined);
  }

  async #append(file: LibraryFile, parts: Uint8Array[]): Promise<void> {
    const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
    const writing = this.#write(file, parts, this.byteCount);
    this.#hash.begin(parts);
    try {
      await writing;
      this.#hash.written(size);
    } catch (error) {
      this.#isRagged = true;
      this.#hash.failed();
      throw storageError(error);
    }
  }

  async #write(file: LibraryFile, parts: Uint8Array[], position: number): Promise<void> {
    let rest = parts;
    let at = position;
    while (rest.length > 0) {
      const { bytesWritten } = await file.writev(rest, at);
      if (bytesWritten === 0) throw new WroteNothingError();
      rest = partsAfter(rest, bytesWritten);
      at += bytesWritten;
    }
  }

  async #seal(byteCount: number, fileTime: Date): Promise<void> {
    try {
      this.flush();
      const flushing = this.#flushing;
      const file = await this.#opened();
      // Some file systems hold no such time, and a power cut may take it: it stands in the receipt anyway.
      await file.utimes(fileTime, fileTime).catch(() => undefined);
      await flushing;
      const { size } = await file.stat();
      if (size !== byteCount) {
        this.#doubt = new RoostError('library/disk-full');
        throw this.#doubt;
      }
      this.#opening = undefined;
      await file.close();
    } catch (error) {
      throw storageError(error);
    }
  }

  async #synced(sync: () => Promise<void>): Promise<void> {
    if (this.#doubt) throw this.#doubt;
    try {
      await sync();
    } catch (error) {
      this.#doubt = storageError(error);
      throw this.#doubt;
    }
  }

  async #opened(): Promise<LibraryFile> {
    this.#opening ??= this.#files.open(this.path, 'r+');
    const file = await this.#opening.catch((error: unknown) => {
      this.#opening = undefined;
      throw storageError(error);
    });
    if (this.#isRagged) {
      await file.truncate(this.byteCount).catch((error: unknown) => {
        throw storageError(error);
      });
      this.#isRagged = false;
    }
    return file;
  }
}

async function sizeOf(files: FileSystem, path: string): Promise<number> {
  try {
    return (await files.stat(path)).size;
  } catch (error) {
    // A drive that is gone shows no files either.
    const folder = await files.stat(dirname(path)).catch(() => undefined);
    if (folder && isCode(error, 'ENOENT')) throw new RoostError('upload/not-found');
    throw storageError(error);
  }
}

async function* fromDevice(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    // Destroying a request would close the connection on which the reason must still be told.
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof RoostError) throw error;
    throw new RoostError('upload/interrupted', undefined, { cause: error });
  }
}
