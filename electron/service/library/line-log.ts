import { dirname } from 'node:path';

import { isCode, type FileFacts, type FileSystem, type LibraryFile } from './file-system.ts';
import { writeFully } from './write-fully.ts';

interface Waiting {
  readonly bytes: Uint8Array;
  readonly resolve: (endOffset: number) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenFile extends FileId {
  readonly file: LibraryFile;
}

interface FileId {
  readonly dev: bigint;
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
 * The file is another one than this log left, or has other lines, as when its drive was at another computer
 * meanwhile. Nothing is written to it: whoever holds this log does not know what it says.
 */
export class NotAsLeftError extends Error {
  override readonly name = 'NotAsLeftError';
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
  #id: FileId | undefined;
  /** Length up to which lines are durable; unknown until the file was looked at. */
  #byteCount: number | undefined;
  /** What of a failed write may still stand behind the durable lines. */
  #leftOver: Uint8Array = Buffer.alloc(0);
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
   * Appends one line that ends in a newline, or some; gives the file's length after it.
   * @throws the platform's error or NotAsLeftError: then the line is not in the file. UncutLineError: then it
   * may be.
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

  /** Opens the file and learns its length: what is behind that from now on, and not by this log, is foreign. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#current();
    });
  }

  /** Whether the file is as this log left it, or found it first. Errors are the platform's. */
  isAsLeft(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#byteCount === undefined || this.#id === undefined) return true;
      const there = await this.#there();
      const most = this.#byteCount + this.#leftOver.byteLength;
      if (!there || !isSame(there, this.#id)) return false;
      return there.size >= this.#byteCount && there.size <= most;
    });
  }

  /**
   * Empties the file, after the appends that were asked for before. Errors are the platform's, or
   * NotAsLeftError.
   */
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
        if (!(error instanceof NotAsLeftError)) this.#byteCount = undefined;
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
    let bytes: Uint8Array = Buffer.alloc(0);
    try {
      const { file } = await this.#current();
      const durable = this.#byteCount ?? 0;
      const before = this.#isTorn ? NEWLINE : Buffer.alloc(0);
      bytes = Buffer.concat([before, ...batch.map((each) => each.bytes)]);
      cutTo = durable;
      await writeFully(file, bytes, durable);
      await file.datasync();
      this.#byteCount = durable + bytes.byteLength;
      this.#leftOver = Buffer.alloc(0);
      this.#isTorn = false;
      let end = durable + before.byteLength;
      for (const each of batch) {
        end += each.bytes.byteLength;
        each.resolve(end);
      }
    } catch (error) {
      const isCut = cutTo === undefined || (await this.#cut(cutTo));
      await this.#letGo();
      if (!isCut) this.#leftOver = bytes;
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
      const there = await this.#there();
      if (there && isSame(there, this.#open) && there.size === this.#byteCount) return this.#open;
      await this.#letGo();
    }
    const known = this.#byteCount;
    const file = await this.#openOrCreate(known !== undefined);
    try {
      const { size, ino, dev } = await file.stat();
      if (known === undefined || this.#id === undefined) {
        this.#byteCount = size;
        this.#isTorn = size > 0 && !(await endsWithNewline(file, size));
      } else if (!isSame(this.#id, { ino, dev }) || size < known) {
        throw new NotAsLeftError('another file stands there, or less of it');
      } else if (size > known) {
        if (!(await isLeftOver(file, known, size, this.#leftOver))) {
          throw new NotAsLeftError(`${size - known} bytes stand behind byte ${known}`);
        }
        // What a failed write left behind the last durable line must not stay: it was never answered for.
        await file.truncate(known);
      }
      this.#id = { ino, dev };
      // Not only for a new file: whoever made it may have ended before its folder was durable.
      if (!this.#isNamed) await this.#files.syncFolder(dirname(this.path));
      this.#isNamed = true;
      this.#open = { file, ino, dev };
      return this.#open;
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
  }

  async #there(): Promise<FileFacts | undefined> {
    try {
      return await this.#files.stat(this.path);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async #openOrCreate(mustBeThere: boolean): Promise<LibraryFile> {
    try {
      return await this.#files.open(this.path, 'r+');
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      if (mustBeThere) throw new NotAsLeftError('the file is gone', { cause: error });
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

function isSame(one: FileId, other: FileId): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/** Whether what stands from `from` to `to` is the beginning of what a failed write wanted to put there. */
async function isLeftOver(
  file: LibraryFile,
  from: number,
  to: number,
  leftOver: Uint8Array,
): Promise<boolean> {
  const length = to - from;
  if (length > leftOver.byteLength) return false;
  const found = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(found, at, length - at, from + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return found.equals(leftOver.subarray(0, length));
}

async function endsWithNewline(file: LibraryFile, byteCount: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  const { bytesRead } = await file.read(last, 0, 1, byteCount - 1);
  return bytesRead === 1 && last.equals(NEWLINE);
}
