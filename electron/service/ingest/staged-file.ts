import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FileSystem, LibraryFile } from '../library/file-system.ts';
import { removeFile } from '../library/place-file.ts';
import { storageError } from '../library/storage-error.ts';
import { WroteNothingError } from '../library/write-fully.ts';

import { releaseBytes, WriteBatch } from './write-batch.ts';

/** One write call gathers about this much, so that memory per upload stays below twice of it. */
const BATCH_BYTES = 1024 * 1024;

/** Free space is looked at again each time this much more was written. */
const SPACE_CHECK_BYTES = 64 * 1024 * 1024;

/**
 * Each time this much more was written the disk is told to take it, while more arrives: else all of a long video
 * waits in memory for the sync at its end.
 */
const SYNC_BYTES = 32 * 1024 * 1024;

export interface StagedBytes {
  readonly byteCount: number;
  readonly sha256: string;
  readonly sha512?: string;
}

export interface ReceiveOptions {
  readonly withSha512: boolean;
  /** More than this is not the body that was announced: reading it stops there. */
  readonly maxByteCount: number;
  readonly onProgress: (byteCount: number) => void;
  /** Nobody else looks at the body's chunks: their memory may be given back once they are written. */
  readonly ownsChunks?: boolean | undefined;
  /** Throws when the library's disk may not take more. */
  readonly checkSpace: () => Promise<void>;
}

/**
 * A file in staging: on the library's own file system, so that placing it needs no copy. Dispose removes it
 * unless it has been placed.
 */
export class StagedFile implements AsyncDisposable {
  readonly path: string;
  readonly #files: FileSystem;
  readonly #file: LibraryFile;
  #flushing: Promise<void> | undefined;
  #sealing: Promise<void> | undefined;
  #closed = false;

  private constructor(path: string, files: FileSystem, file: LibraryFile) {
    this.path = path;
    this.#files = files;
    this.#file = file;
  }

  /** @throws RoostError of the library. */
  static async create(files: FileSystem, folder: string, id: string): Promise<StagedFile> {
    const path = join(folder, id);
    try {
      return new StagedFile(path, files, await files.open(path, 'wx', 0o644));
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Takes a body to its end: hashes while the disk writes, holds at most two batches in memory, and reads no
   * faster than it can write. A body that breaks off is `upload/interrupted`, unless it was ended with a
   * RoostError of its own.
   * @throws RoostError of the upload or the library.
   */
  async receive(body: Readable, options: ReceiveOptions): Promise<StagedBytes> {
    const sha256 = createHash('sha256');
    const sha512 = options.withSha512 ? createHash('sha512') : undefined;
    let byteCount = 0;
    let checkedAt = 0;
    let syncedAt = 0;
    let isSyncing = false;
    let syncing: Promise<void> | undefined;
    const batch = new WriteBatch();
    let writing = Promise.resolve();
    const writeBatch = async (): Promise<void> => {
      await writing;
      if (byteCount - checkedAt >= SPACE_CHECK_BYTES) {
        checkedAt = byteCount;
        await options.checkSpace();
      }
      if (byteCount - syncedAt >= SYNC_BYTES && !isSyncing) {
        // The disk tells a failure once, to whoever asked: it must not get lost here.
        await syncing;
        syncedAt = byteCount;
        isSyncing = true;
        syncing = this.#sync().finally(() => (isSyncing = false));
        syncing.catch(() => undefined);
      }
      const parts = batch.take();
      writing = this.#write(parts);
      if (options.ownsChunks) writing = writing.then(() => releaseBytes(parts));
      // Awaited with the next batch; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
    };
    for await (const chunk of fromDevice(body)) {
      if (chunk.byteLength === 0) continue;
      sha256.update(chunk);
      sha512?.update(chunk);
      batch.add(chunk);
      byteCount += chunk.byteLength;
      if (byteCount > options.maxByteCount) {
        throw new RoostError(
          'upload/length-mismatch',
          `More than the ${options.maxByteCount} bytes arrived that were announced.`,
        );
      }
      if (batch.byteCount >= BATCH_BYTES) {
        await writeBatch();
        options.onProgress(byteCount);
      }
    }
    if (batch.byteCount > 0) await writeBatch();
    await writing;
    await syncing;
    options.onProgress(byteCount);
    return {
      byteCount,
      sha256: sha256.digest('hex'),
      ...(sha512 && { sha512: sha512.digest('hex') }),
    };
  }

  /**
   * Begins to make the bytes durable while something else is looked after; `seal` waits for it and tells what
   * went wrong. Everything must have been received.
   */
  flush(): void {
    this.#flushing ??= this.#file.datasync();
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

  async #seal(byteCount: number, fileTime: Date): Promise<void> {
    try {
      this.flush();
      // Some file systems hold no such time, and a power cut may take it: it stands in the receipt anyway.
      await this.#file.utimes(fileTime, fileTime).catch(() => undefined);
      await this.#flushing;
      const { size } = await this.#file.stat();
      if (size !== byteCount) throw new RoostError('library/disk-full');
      await this.#close();
    } catch (error) {
      throw storageError(error);
    }
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What cannot be removed now is cleared at the next start; the outcome of the upload does not hang on it.
    await this.#close().catch(() => undefined);
    await removeFile(this.#files, this.path).catch(() => undefined);
  }

  async #sync(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      throw storageError(error);
    }
  }

  async #write(parts: Uint8Array[]): Promise<void> {
    try {
      let rest = parts;
      while (rest.length > 0) {
        const { bytesWritten } = await this.#file.writev(rest);
        if (bytesWritten === 0) throw new WroteNothingError();
        rest = after(rest, bytesWritten);
      }
    } catch (error) {
      throw storageError(error);
    }
  }
}

/** What of some parts is still to be written after a write that took fewer bytes. */
function after(parts: readonly Uint8Array[], byteCount: number): Uint8Array[] {
  let skip = byteCount;
  const rest: Uint8Array[] = [];
  for (const part of parts) {
    if (skip >= part.byteLength) skip -= part.byteLength;
    else {
      rest.push(part.subarray(skip));
      skip = 0;
    }
  }
  return rest;
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
