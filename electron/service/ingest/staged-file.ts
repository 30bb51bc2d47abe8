import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FileSystem, LibraryFile } from '../library/file-system.ts';
import { removeFile } from '../library/place-file.ts';
import { storageError } from '../library/storage-error.ts';
import { WroteNothingError } from '../library/write-fully.ts';

import { RunningHash, type Digests } from './running-hash.ts';
import { partsAfter, releaseBytes, WriteBatch } from './write-batch.ts';

/** One write call gathers about this much, so that memory per upload stays below twice of it. */
const BATCH_BYTES = 1024 * 1024;

/** Free space is looked at again each time this much more was written. */
const SPACE_CHECK_BYTES = 64 * 1024 * 1024;

export interface StagedBytes extends Digests {
  readonly byteCount: number;
}

/** How much of a staged file is on disk for good, and the proof of its beginning. */
export interface Checkpoint {
  readonly byteCount: number;
  /** The first so many bytes have `sha256`; fewer than `byteCount` while a reopened file is read again. */
  readonly provenByteCount: number;
  readonly sha256: string;
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
export interface StagedMark {
  readonly byteCount: number;
  readonly hash: RunningHash;
}

/**
 * A file in staging: on the library's own file system, so that placing it needs no copy. Bytes are only ever
 * added, at the place that the bytes before them end. Dispose removes it; `release` leaves it for later.
 */
export class StagedFile implements AsyncDisposable {
  readonly path: string;
  readonly #files: FileSystem;
  #opening: Promise<LibraryFile> | undefined;
  #hash: RunningHash;
  /** Bytes that are written, from the file's beginning. */
  #byteCount = 0;
  /** Bytes that the hash has seen; fewer than are written only while `#catchingUp`. */
  #hashedByteCount = 0;
  #catchingUp: Promise<void> = Promise.resolve();
  /** What an earlier run noted of the file. */
  #known: Checkpoint | undefined;
  /** A write that failed may have left bytes behind the last good one. */
  #isRagged = false;
  /** A failed sync: the system may have dropped bytes, and would call the next sync a success. */
  #isDoubtful = false;
  #flushing: Promise<void> | undefined;
  #sealing: Promise<void> | undefined;
  #isGone = false;

  private constructor(files: FileSystem, path: string, hash: RunningHash) {
    this.#files = files;
    this.path = path;
    this.#hash = hash;
  }

  /** @throws RoostError of the library. */
  static async create(
    files: FileSystem,
    folder: string,
    id: string,
    withSha512 = false,
  ): Promise<StagedFile> {
    const staged = new StagedFile(files, join(folder, id), RunningHash.start(withSha512));
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
   * @throws RoostError of the library; `upload/not-found` when the file is shorter than it was.
   */
  static async reopen(
    files: FileSystem,
    folder: string,
    id: string,
    checkpoint: Checkpoint,
    withSha512 = false,
  ): Promise<StagedFile> {
    const staged = new StagedFile(files, join(folder, id), RunningHash.start(withSha512));
    try {
      const { size } = await files.stat(staged.path);
      if (size < checkpoint.byteCount) throw new RoostError('upload/not-found');
      staged.#byteCount = checkpoint.byteCount;
      staged.#isRagged = size > checkpoint.byteCount;
    } catch (error) {
      throw storageError(error);
    }
    staged.#known = checkpoint;
    staged.#catchUpBehind();
    return staged;
  }

  /** Bytes written so far. */
  get byteCount(): number {
    return this.#byteCount;
  }

  /**
   * Adds a body: hashes while the disk writes, holds at most two batches in memory, and reads no faster than it
   * can write. A body that breaks off is `upload/interrupted`, unless it was ended with a RoostError of its own;
   * what came of it is kept.
   * @throws RoostError of the upload or the library.
   */
  async receive(body: Readable, options: ReceiveOptions): Promise<void> {
    const file = await this.#opened();
    const start = this.#byteCount;
    let takenByteCount = 0;
    let checkedAt = start;
    const batch = new WriteBatch();
    let writing = Promise.resolve();
    const writeBatch = async (): Promise<void> => {
      await writing;
      if (this.#byteCount - checkedAt >= SPACE_CHECK_BYTES) {
        checkedAt = this.#byteCount;
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
    options.onProgress(this.#byteCount);
    if (broken !== undefined) throw storageError(broken);
  }

  /**
   * The number and digests of all bytes so far.
   * @throws RoostError of the library; `upload/not-found` when a reopened file is not what it was.
   */
  async digests(): Promise<StagedBytes> {
    await this.#catchingUp;
    return { byteCount: this.#byteCount, ...this.#hash.soFar() };
  }

  /** A place that `rollBack` goes back to. @throws like `digests`. */
  async mark(): Promise<StagedMark> {
    await this.#catchingUp;
    return { byteCount: this.#byteCount, hash: this.#hash.copy() };
  }

  /** Forgets what came after a mark. */
  rollBack(mark: StagedMark): void {
    this.#byteCount = mark.byteCount;
    this.#hashedByteCount = mark.byteCount;
    this.#hash = mark.hash;
    this.#isRagged = true;
  }

  /**
   * Makes what is written until now durable, also while more is being received.
   * @throws RoostError of the library. Then nothing that was not synced before can be trusted any more, and every
   * later call throws.
   */
  async checkpoint(): Promise<Checkpoint> {
    const checkpoint = {
      byteCount: this.#byteCount,
      provenByteCount: Math.min(this.#hashedByteCount, this.#byteCount),
      ...this.#hashOfWritten(),
    };
    const file = await this.#opened();
    await this.#synced(() => file.datasync());
    return checkpoint;
  }

  /**
   * Begins to make the bytes durable while something else is looked after; `seal` waits for it and tells what
   * went wrong. Everything must have been received.
   */
  flush(): void {
    this.#flushing ??= this.#opened().then((file) => this.#synced(() => file.datasync()));
    this.#flushing.catch(() => undefined);
  }

  /**
   * Makes the bytes durable and proves their number: on a full disk fsync and rename can report success for a
   * file without bytes, so the size is asked for before anything is placed. Nothing can be written any more
   * after it, and a further call has nothing to do.
   * @throws RoostError of the library.
   */
  seal(byteCount: number, fileTime: Date): Promise<void> {
    this.#sealing ??= this.#seal(byteCount, fileTime);
    return this.#sealing;
  }

  /** Lets the open file go; the bytes stay, and more may be added later. */
  async release(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await opening?.then((file) => file.close()).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isGone = true;
    // What cannot be removed now is cleared at the next start; the outcome of the upload does not hang on it.
    await this.release();
    await removeFile(this.#files, this.path).catch(() => undefined);
  }

  /** Between two writes the hash is never ahead of the file, but for the batch that is being written. */
  #hashOfWritten(): Digests {
    const ahead = this.#hashedByteCount > this.#byteCount ? this.#beforeBatch : undefined;
    return (ahead ?? this.#hash).soFar();
  }

  /** The hash before the batch that is being written. */
  #beforeBatch: RunningHash | undefined;

  async #append(file: LibraryFile, parts: Uint8Array[]): Promise<void> {
    const start = this.#byteCount;
    const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
    const writing = this.#write(file, parts, start);
    const isInStep = this.#hashedByteCount === start;
    if (isInStep) {
      this.#beforeBatch = this.#hash.copy();
      for (const part of parts) this.#hash.update(part);
      this.#hashedByteCount += size;
    }
    try {
      await writing;
      this.#byteCount += size;
      if (!isInStep) this.#catchUpBehind();
    } catch (error) {
      this.#isRagged = true;
      if (isInStep && this.#beforeBatch) {
        this.#hash = this.#beforeBatch;
        this.#hashedByteCount = start;
      }
      throw storageError(error);
    } finally {
      this.#beforeBatch = undefined;
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
      const file = await this.#opened();
      // Some file systems hold no such time, and a power cut may take it: it stands in the receipt anyway.
      await file.utimes(fileTime, fileTime).catch(() => undefined);
      await this.#flushing;
      const { size } = await file.stat();
      if (size !== byteCount) throw new RoostError('library/disk-full');
      this.#opening = undefined;
      await file.close();
    } catch (error) {
      throw storageError(error);
    }
  }

  async #synced(sync: () => Promise<void>): Promise<void> {
    if (this.#isDoubtful) throw new RoostError('library/write-failed');
    try {
      await sync();
    } catch (error) {
      this.#isDoubtful = true;
      throw storageError(error);
    }
  }

  async #opened(): Promise<LibraryFile> {
    this.#opening ??= this.#files.open(this.path, 'r+');
    const file = await this.#opening.catch((error: unknown) => {
      this.#opening = undefined;
      throw storageError(error);
    });
    if (this.#isRagged) {
      await file.truncate(this.#byteCount).catch((error: unknown) => {
        throw storageError(error);
      });
      this.#isRagged = false;
    }
    return file;
  }

  /** What is written while the hash is behind has to be read for it, once more each time. */
  #catchUpBehind(): void {
    this.#catchingUp = this.#catchingUp.then(() => this.#catchUp());
    // Told to whoever needs the digests; until then a failure must not count as unhandled.
    this.#catchingUp.catch(() => undefined);
  }

  /** Hashes what the file has until the hash is in step with what is written. */
  async #catchUp(): Promise<void> {
    if (this.#hashedByteCount >= this.#byteCount) return;
    const { provenByteCount = 0, sha256 } = this.#known ?? {};
    const buffer = Buffer.allocUnsafe(BATCH_BYTES);
    const file = await this.#files.open(this.path, 'r').catch((error: unknown) => {
      throw storageError(error);
    });
    try {
      while (this.#hashedByteCount < this.#byteCount) {
        if (this.#isGone) throw new RoostError('upload/not-found');
        const from = this.#hashedByteCount;
        const end = from < provenByteCount ? provenByteCount : this.#byteCount;
        const { bytesRead } = await file.read(buffer, 0, Math.min(BATCH_BYTES, end - from), from);
        if (bytesRead === 0) throw new RoostError('upload/not-found');
        this.#hash.update(buffer.subarray(0, bytesRead));
        this.#hashedByteCount += bytesRead;
        const isKnown = this.#hashedByteCount === provenByteCount;
        if (isKnown && this.#hash.soFar().sha256 !== sha256) {
          throw new RoostError('upload/not-found', 'The disk lost bytes of the upload.');
        }
      }
    } catch (error) {
      throw storageError(error);
    } finally {
      await file.close().catch(() => undefined);
    }
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
