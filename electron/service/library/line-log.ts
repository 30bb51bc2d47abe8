import { dirname } from 'node:path';

import { isCode, type FileSystem, type LibraryFile } from './file-system.ts';
import { writeFully } from './write-fully.ts';

interface Waiting {
  readonly bytes: Uint8Array;
  readonly resolve: (endOffset: number) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenFile {
  readonly file: LibraryFile;
  readonly ino: bigint;
}

/**
 * An append failed, and so did cutting its line off again: it may stand in the file at the next start, unless a
 * later append gets to cut it.
 */
export class UncutLineError extends Error {
  override readonly name = 'UncutLineError';
}

/**
 * An append-only file whose appends are durable when they resolve. Appends that wait while a write is under
 * way share the next write and its fdatasync, so many uploads in flight cost one sync together.
 *
 * A failed write leaves nothing behind: the file is cut back to its last durable length, at once or, where that
 * fails too, before the next append.
 */
export class LineLog {
  readonly path: string;
  readonly #files: FileSystem;
  #open: OpenFile | undefined;
  /** The file that `#byteCount` speaks of. */
  #ino: bigint | undefined;
  /** Length up to which lines are durable; unknown until the file was looked at. */
  #byteCount: number | undefined;
  /** Whether the file was found with a last line without its newline: the next line must not be glued to it. */
  #isTorn = false;
  /** Whether the folder is known to name the file for good. */
  #isNamed = false;
  /** What the next write takes along, while it has not begun. */
  #due: Waiting[] | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string, files: FileSystem) {
    this.path = path;
    this.#files = files;
  }

  /**
   * Appends one line that ends in a newline; gives the file's length after it.
   * @throws the platform's error: then the line is not in the file. UncutLineError: then it may be.
   */
  append(line: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const waiting = { bytes: Buffer.from(line, 'utf8'), resolve, reject };
    if (this.#due) this.#due.push(waiting);
    else {
      const batch = [waiting];
      void this.#inTurn(() => this.#flush(batch));
      this.#due = batch;
    }
    return promise;
  }

  /** Empties the file, after the appends that were asked for before. Errors are the platform's. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        const { file } = await this.#current();
        await file.truncate(0);
        await file.datasync();
        this.#byteCount = 0;
        this.#isTorn = false;
      } catch (error) {
        await this.#letGo();
        this.#byteCount = undefined;
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#letGo());
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    // Lines that are appended from now on come behind this work.
    this.#due = undefined;
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #flush(batch: Waiting[]): Promise<void> {
    // One turn of the event loop lets uploads that finish together share a sync.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#due === batch) this.#due = undefined;
    let cutTo: number | undefined;
    try {
      const { file } = await this.#current();
      const durable = this.#byteCount ?? 0;
      const before = this.#isTorn ? NEWLINE : Buffer.alloc(0);
      const bytes = Buffer.concat([before, ...batch.map((each) => each.bytes)]);
      cutTo = durable;
      await writeFully(file, bytes, durable);
      await file.datasync();
      this.#byteCount = durable + bytes.byteLength;
      this.#isTorn = false;
      let end = durable + before.byteLength;
      for (const each of batch) {
        end += each.bytes.byteLength;
        each.resolve(end);
      }
    } catch (error) {
      const isCut = cutTo === undefined || (await this.#cut(cutTo));
      await this.#letGo();
      const reason = isCut ? error : new UncutLineError('line not cut off', { cause: error });
      for (const each of batch) each.reject(reason);
    }
  }

  async #cut(byteCount: number): Promise<boolean> {
    try {
      await this.#open?.file.truncate(byteCount);
      await this.#open?.file.datasync();
      return true;
    } catch {
      return false;
    }
  }

  /** The open file, as long as the path still leads to it: bytes in a file without a name are lost. */
  async #current(): Promise<OpenFile> {
    if (this.#open) {
      const there = await this.#files.stat(this.path).catch((error: unknown) => {
        if (isCode(error, 'ENOENT')) return undefined;
        throw error;
      });
      if (there?.ino === this.#open.ino) return this.#open;
      await this.#letGo();
    }
    const file = await this.#openOrCreate();
    try {
      const { size, ino } = await file.stat();
      if (this.#byteCount === undefined || ino !== this.#ino || size < this.#byteCount) {
        this.#byteCount = size;
        this.#isTorn = size > 0 && !(await endsWithNewline(file, size));
        this.#isNamed &&= ino === this.#ino;
      }
      // What a failed write left behind the last durable line must not stay: it was never answered for.
      else if (size > this.#byteCount) await file.truncate(this.#byteCount);
      this.#ino = ino;
      // Not only for a new file: whoever made it may have ended before its folder was durable.
      if (!this.#isNamed) await this.#files.syncFolder(dirname(this.path));
      this.#isNamed = true;
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
    this.#open = { file, ino: this.#ino };
    return this.#open;
  }

  async #openOrCreate(): Promise<LibraryFile> {
    try {
      return await this.#files.open(this.path, 'r+');
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      this.#isNamed = false;
      return this.#files.open(this.path, 'wx+', 0o600);
    }
  }

  async #letGo(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.file.close().catch(() => undefined);
  }
}

const NEWLINE = Buffer.from('\n');

async function endsWithNewline(file: LibraryFile, byteCount: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  const { bytesRead } = await file.read(last, 0, 1, byteCount - 1);
  return bytesRead === 1 && last.equals(NEWLINE);
}
