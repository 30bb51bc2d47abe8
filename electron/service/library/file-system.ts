import { constants, type BigIntStats } from 'node:fs';
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  statfs,
  truncate,
  unlink,
  utimes,
  type FileHandle,
} from 'node:fs/promises';

/** An open file of the library, as far as receiving needs it. */
export interface LibraryFile {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  writev(parts: readonly Uint8Array[], position: number): Promise<{ bytesWritten: number }>;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesWritten: number }>;
  /** Makes bytes and size durable (fdatasync). */
  datasync(): Promise<void>;
  /** Makes bytes, size and times durable (fsync). */
  sync(): Promise<void>;
  stat(): Promise<{ size: number; ino: bigint; dev: bigint }>;
  truncate(byteCount: number): Promise<void>;
  utimes(accessed: Date, modified: Date): Promise<void>;
  close(): Promise<void>;
}

export interface FileFacts {
  readonly size: number;
  /** Tells one file from another on its disk. Windows uses all 64 bits, more than a number holds. */
  readonly ino: bigint;
  /** Tells one mounted disk from another. */
  readonly dev: bigint;
  readonly mtimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/**
 * The operations that receiving and journaling do on the library's file system. It is a seam so that tests can
 * put a full or failing disk below the real code; everything else uses `node:fs` directly.
 */
export interface FileSystem {
  open(path: string, flags: string, mode?: number): Promise<LibraryFile>;
  /** Hard link: fails with EEXIST where `to` is taken, which makes it a rename that never overwrites. */
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<void>;
  stat(path: string): Promise<FileFacts>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  truncate(path: string, byteCount: number): Promise<void>;
  utimes(path: string, accessed: Date, modified: Date): Promise<void>;
  /** Bytes an ordinary user can still write on the disk that holds `path`. */
  freeByteCount(path: string): Promise<number>;
  /** Makes the entries of a folder durable; a no-op where the platform cannot (Windows). */
  syncFolder(path: string): Promise<void>;
  removeTree(path: string): Promise<void>;
  /** Removes a folder: fails with ENOTEMPTY where something is in it. */
  rmdir(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  open: async (path, flags, mode) => libraryFile(await open(path, flags, mode)),
  link,
  rename,
  unlink,
  mkdir: async (path) => mkdir(path),
  stat: async (path) => fileFacts(await stat(path, { bigint: true })),
  readdir: async (path) => readdir(path),
  readFile: async (path) => readFile(path),
  truncate: async (path, byteCount) => truncate(path, byteCount),
  utimes,
  freeByteCount: async (path) => {
    const facts = await statfs(path);
    return facts.bavail * facts.bsize;
  },
  syncFolder,
  removeTree: async (path) => rm(path, { recursive: true, force: true }),
  rmdir,
};

function libraryFile(handle: FileHandle): LibraryFile {
  return {
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    write: (bytes, offset, length, position) => handle.write(bytes, offset, length, position),
    writev: (parts, position) => handle.writev(parts, position),
    datasync: () => handle.datasync(),
    sync: () => handle.sync(),
    stat: async () => fileFacts(await handle.stat({ bigint: true })),
    truncate: (byteCount) => handle.truncate(byteCount),
    utimes: (accessed, modified) => handle.utimes(accessed, modified),
    close: () => handle.close(),
  };
}

function fileFacts(stats: BigIntStats): FileFacts {
  return {
    size: Number(stats.size),
    mtimeMs: Number(stats.mtimeMs),
    ino: stats.ino,
    dev: stats.dev,
    isFile: () => stats.isFile(),
    isDirectory: () => stats.isDirectory(),
  };
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders as files and keeps its directory entries durable by its own journal.
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } catch (error) {
    // Some network and FUSE file systems know no fsync for folders; there is nothing stronger to ask for.
    if (!isCode(error, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR')) throw error;
  } finally {
    // Nothing depends on it any more.
    folder.close().catch(() => undefined);
  }
}

/** Whether an unknown error is a platform error with one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}
