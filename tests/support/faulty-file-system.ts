import {
  nodeFileSystem,
  type FileFacts,
  type FileSystem,
  type LibraryFile,
} from '../../electron/service/library/file-system.ts';

/** What of a failing operation reaches the disk: nothing, half of what it writes, or all of it. */
export type Reach = 'nothing' | 'half' | 'all';

export interface Fault {
  /** Which operation fails, counted from 1. */
  readonly at: number;
  readonly code: string;
  readonly reach?: Reach;
  /** Whether everything after it fails too, until the disk is healed. */
  readonly isLasting?: boolean;
}

interface Operation {
  readonly name: string;
  readonly path: string;
  /** Does a part of the work, for operations that can be done in part. */
  readonly half?: () => Promise<unknown>;
  /** The work is done whatever is told of it. */
  readonly isDoneAnyway?: boolean;
}

/**
 * The real file system with one operation that fails, like a disk that is full or has a bad block, or with all
 * from one on, like a drive that is pulled. Before it, and after it or once healed, everything works.
 */
export class FaultyFileSystem implements FileSystem {
  /** What was asked for so far, such as `sync staging/1`, for messages and for tests of an order. */
  readonly operations: string[] = [];
  protected readonly fault: Fault | undefined;
  readonly #real: FileSystem;
  #isHealed = false;
  #failed: string | undefined;

  constructor(fault?: Fault, real: FileSystem = nodeFileSystem) {
    this.fault = fault;
    this.#real = real;
  }

  /** From here on nothing fails any more. */
  heal(): void {
    this.#isHealed = true;
  }

  /** The operation that failed, or failed first; `undefined` while the fault was not reached. */
  get failed(): string | undefined {
    return this.#failed;
  }

  async open(path: string, flags: string, mode?: number): Promise<LibraryFile> {
    const file = await this.act({ name: `open ${flags}`, path }, () =>
      this.#real.open(path, flags, mode),
    );
    return this.wrap(file, path);
  }

  link(from: string, to: string): Promise<void> {
    return this.act({ name: 'link', path: to }, () => this.#real.link(from, to));
  }

  rename(from: string, to: string): Promise<void> {
    return this.act({ name: 'rename', path: to }, () => this.#real.rename(from, to));
  }

  unlink(path: string): Promise<void> {
    return this.act({ name: 'unlink', path }, () => this.#real.unlink(path));
  }

  mkdir(path: string): Promise<void> {
    return this.act({ name: 'mkdir', path }, () => this.#real.mkdir(path));
  }

  stat(path: string): Promise<FileFacts> {
    return this.act({ name: 'stat', path }, () => this.#real.stat(path));
  }

  readdir(path: string): Promise<string[]> {
    return this.act({ name: 'readdir', path }, () => this.#real.readdir(path));
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.act({ name: 'readFile', path }, () => this.#real.readFile(path));
  }

  truncate(path: string, byteCount: number): Promise<void> {
    return this.act({ name: 'truncate', path }, () => this.#real.truncate(path, byteCount));
  }

  utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    return this.act({ name: 'utimes', path }, () => this.#real.utimes(path, accessed, modified));
  }

  freeByteCount(path: string): Promise<number> {
    return this.act({ name: 'freeByteCount', path }, () => this.#real.freeByteCount(path));
  }

  syncFolder(path: string): Promise<void> {
    return this.act({ name: 'syncFolder', path }, () => this.#real.syncFolder(path));
  }

  removeTree(path: string): Promise<void> {
    return this.act({ name: 'removeTree', path }, () => this.#real.removeTree(path));
  }

  rmdir(path: string): Promise<void> {
    return this.act({ name: 'rmdir', path }, () => this.#real.rmdir(path));
  }

  /** Every operation comes through here. */
  protected async act<Result>(operation: Operation, work: () => Promise<Result>): Promise<Result> {
    const told = `${operation.name} ${operation.path}`;
    const count = this.operations.push(told);
    const { at, code, reach = 'nothing', isLasting = false } = this.fault ?? NO_FAULT;
    if (this.#isHealed || (isLasting ? count < at : count !== at)) return work();
    this.#failed ??= told;
    if (reach === 'all' || operation.isDoneAnyway) await closed(work());
    else if (reach === 'half') await operation.half?.();
    throw Object.assign(new Error(`${code}: made by a test, ${operation.name}`), {
      code,
      syscall: operation.name,
    });
  }

  /** A file whose operations count too. Closing may fail; the operating system closes the file in any case. */
  protected wrap(file: LibraryFile, path: string): LibraryFile {
    return {
      read: (...range) => this.act({ name: 'read', path }, () => file.read(...range)),
      write: (bytes, offset, length, position) =>
        this.act(
          {
            name: 'write',
            path,
            half: () => file.write(bytes, offset, Math.floor(length / 2), position),
          },
          () => file.write(bytes, offset, length, position),
        ),
      writev: (parts, position) =>
        this.act(
          {
            name: 'writev',
            path,
            half: () => file.writev([Buffer.concat(parts).subarray(1)], position),
          },
          () => file.writev(parts, position),
        ),
      datasync: () => this.act({ name: 'datasync', path }, () => file.datasync()),
      sync: () => this.act({ name: 'sync', path }, () => file.sync()),
      stat: () => this.act({ name: 'fstat', path }, () => file.stat()),
      truncate: (byteCount) =>
        this.act({ name: 'ftruncate', path }, () => file.truncate(byteCount)),
      utimes: (accessed, modified) =>
        this.act({ name: 'futimes', path }, () => file.utimes(accessed, modified)),
      close: () => this.act({ name: 'close', path, isDoneAnyway: true }, () => file.close()),
    };
  }
}

const NO_FAULT: Fault = { at: Infinity, code: '' };

/** Lets an operation happen whose result nobody gets; a file it opened is closed. */
async function closed(work: Promise<unknown>): Promise<void> {
  const result = await work.catch(() => undefined);
  if (typeof result === 'object' && result !== null && 'close' in result) {
    await (result as LibraryFile).close();
  }
}
