import { dirname } from 'node:path';

import { isCode, type FileSystem, type LibraryFile } from './file-system.ts';

interface Waiting {
  readonly bytes: Uint8Array;
  readonly resolve: (endOffset: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An append-only file whose appends are durable when they resolve. Appends that wait while a write is under
 * way share the next write and its fdatasync, so many uploads in flight cost one sync together.
 *
 * A failed write leaves nothing behind: the file is cut back to its last durable length before the next append.
 */
export class LineLog {
  readonly path: string;
  readonly #files: FileSystem;
  #file: LibraryFile | undefined;
  #byteCount = 0;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(path: string, files: FileSystem) {
    this.path = path;
    this.#files = files;
  }

  /** Appends one line that ends in a newline; gives the file's length after it. Errors are the platform's. */
  append(line: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ bytes: Buffer.from(line, 'utf8'), resolve, reject });
    this.#flushing ??= this.#flush();
    return promise;
  }

  /** Empties the file; only when no append is under way. */
  async clear(): Promise<void> {
    await this.#flushing;
    const file = await this.#open();
    await file.truncate(0);
    await file.datasync();
    this.#byteCount = 0;
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#forgetFile();
  }

  async #flush(): Promise<void> {
    // One turn of the event loop lets uploads that finish together share a sync.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const file = await this.#open();
        const bytes = Buffer.concat(batch.map((each) => each.bytes));
        await writeFully(file, bytes, this.#byteCount);
        await file.datasync();
        let end = this.#byteCount;
        this.#byteCount += bytes.byteLength;
        for (const each of batch) {
          end += each.bytes.byteLength;
          each.resolve(end);
        }
      } catch (error) {
        await this.#forgetFile(this.#byteCount);
        for (const each of batch) each.reject(error);
      }
    }
    this.#flushing = undefined;
  }

  async #open(): Promise<LibraryFile> {
    if (this.#file) return this.#file;
    const { file, isNew } = await this.#openOrCreate();
    try {
      const { size } = await file.stat();
      if (this.#byteCount === 0 || size < this.#byteCount) this.#byteCount = size;
      // What a failed write left behind the last durable line must not stay: it was never answered for.
      else if (size > this.#byteCount) await file.truncate(this.#byteCount);
      if (isNew) await this.#files.syncFolder(dirname(this.path));
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#file = file;
    return file;
  }

  async #openOrCreate(): Promise<{ file: LibraryFile; isNew: boolean }> {
    try {
      return { file: await this.#files.open(this.path, 'r+'), isNew: false };
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      this.#byteCount = 0;
      return { file: await this.#files.open(this.path, 'wx+', 0o600), isNew: true };
    }
  }

  async #forgetFile(cutTo?: number): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (!file) return;
    try {
      if (cutTo !== undefined) await file.truncate(cutTo);
    } catch {
      // The next append opens the file anew and cuts it back then.
    } finally {
      await file.close().catch(() => undefined);
    }
  }
}

async function writeFully(file: LibraryFile, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    );
    written += bytesWritten;
  }
}
