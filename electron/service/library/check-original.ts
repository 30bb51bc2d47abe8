import { createHash, type Hash } from 'node:crypto';

import type { Receipt } from '../../../shared/receipt.ts';

import { isCode, nodeFileSystem, type FileSystem, type LibraryFile } from './file-system.ts';

/** What re-reading an original found. */
export type Finding =
  | { readonly kind: 'good' }
  /** As long as it was, with other bytes. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'wrong-length'; readonly byteCount: number }
  | { readonly kind: 'missing' }
  /** Something is there that gives no bytes; `code` is the platform's. */
  | { readonly kind: 'unreadable'; readonly code: string };

/** What of a receipt says how its file must be. */
export type ExpectedBytes = Pick<Receipt, 'byteCount' | 'sha256'>;

/** Holds a reading back between its parts, so that it disturbs nobody. */
export interface ReadingPace {
  /** Resolves when so many more bytes may be read. */
  take(byteCount: number): Promise<void>;
  /** Whether to wait for longer now: then the file is closed, for an open one keeps its drive from being unplugged. */
  mustLetGo(): boolean;
  /** Resolves when reading may go on. */
  untilFree(): Promise<void>;
}

export interface CheckOptions {
  readonly files?: Pick<FileSystem, 'open' | 'stat'>;
  readonly signal?: AbortSignal | undefined;
  readonly pace?: ReadingPace | undefined;
  /** Sees each part and where it begins; a file that was replaced meanwhile begins anew at 0. */
  readonly onPart?: ((bytes: Uint8Array, position: number) => void) | undefined;
  /** Hears after each part how many bytes were read so far. */
  readonly onRead?: ((byteCount: number) => void) | undefined;
}

/** Read and hashed at once; also how soon a reading hears that it must pause or stop. */
const PART_BYTE_COUNT = 1024 * 1024;

/**
 * Reads one original again, from beginning to end, and compares it with its receipt. The one code for this: the
 * scrub, `roost verify` and the recognising of duplicates use it. Takes memory for one part, however large the file.
 * What the system still has in memory may be read from there instead of from the disk.
 * @throws the signal's reason when told to stop; anything else is a finding.
 */
export async function checkOriginal(
  path: string,
  expected: ExpectedBytes,
  options: CheckOptions = {},
): Promise<Finding> {
  const { files = nodeFileSystem, signal } = options;
  signal?.throwIfAborted();
  try {
    const facts = await files.stat(path);
    // A pipe under the name of an original would never end.
    if (!facts.isFile())
      return { kind: 'unreadable', code: facts.isDirectory() ? 'EISDIR' : 'EINVAL' };
    if (facts.size !== expected.byteCount) return { kind: 'wrong-length', byteCount: facts.size };
    const reading = new Reading(path, files, expected.byteCount, options);
    return await reading.finding(expected);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return findingOfError(error);
  }
}

/** What a platform error of opening or reading an original says of it. */
export function findingOfError(
  error: unknown,
): Extract<Finding, { kind: 'missing' | 'unreadable' }> {
  if (isCode(error, 'ENOENT', 'ENOTDIR')) return { kind: 'missing' };
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return { kind: 'unreadable', code };
}

/** A finding that is no good one, in words after the name of a file. */
export function findingWords(
  finding: Exclude<Finding, { readonly kind: 'good' | 'missing' }>,
  expectedByteCount: number,
): string {
  switch (finding.kind) {
    case 'changed':
      return 'its bytes changed';
    case 'wrong-length':
      return `it has ${finding.byteCount} bytes instead of ${expectedByteCount}`;
    case 'unreadable':
      return `it cannot be read (${finding.code})`;
  }
}

/** A reading in work, which may close its file in the middle and go on later. */
class Reading {
  readonly #path: string;
  readonly #files: Pick<FileSystem, 'open'>;
  readonly #byteCount: number;
  readonly #options: CheckOptions;
  readonly #buffer: Uint8Array;
  #hash: Hash = createHash('sha256');
  #position = 0;
  #inode: bigint | undefined;

  constructor(
    path: string,
    files: Pick<FileSystem, 'open'>,
    byteCount: number,
    options: CheckOptions,
  ) {
    this.#path = path;
    this.#files = files;
    this.#byteCount = byteCount;
    this.#options = options;
    // One byte more than there should be, to see the end of the file.
    this.#buffer = Buffer.allocUnsafe(Math.min(PART_BYTE_COUNT, byteCount + 1));
  }

  async finding({ byteCount, sha256 }: ExpectedBytes): Promise<Finding> {
    const { pace } = this.#options;
    for (;;) {
      if (pace?.mustLetGo() === true) await pace.untilFree();
      this.#options.signal?.throwIfAborted();
      if (await this.#readOn()) break;
    }
    if (this.#position !== byteCount) return { kind: 'wrong-length', byteCount: this.#position };
    return this.#hash.digest('hex') === sha256 ? { kind: 'good' } : { kind: 'changed' };
  }

  /** Opens the file and reads until its end, or until it must let go of it; false then. */
  async #readOn(): Promise<boolean> {
    const { signal, pace, onPart, onRead } = this.#options;
    const file = await this.#files.open(this.#path, 'r');
    try {
      await this.#startOverIfReplaced(file);
      for (;;) {
        if (pace?.mustLetGo() === true) return false;
        const left = this.#byteCount + 1 - this.#position;
        const wanted = Math.min(this.#buffer.byteLength, left);
        await pace?.take(wanted);
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(this.#buffer, 0, wanted, this.#position);
        if (bytesRead === 0) return true;
        const part = this.#buffer.subarray(0, bytesRead);
        this.#hash.update(part);
        onPart?.(part, this.#position);
        this.#position += bytesRead;
        onRead?.(this.#position);
        if (this.#position > this.#byteCount) return true;
      }
    } finally {
      await file.close();
    }
  }

  /** Another file in the place of the one that was begun has to be read from its own beginning. */
  async #startOverIfReplaced(file: LibraryFile): Promise<void> {
    const { ino } = await file.stat();
    if (this.#inode !== undefined && this.#inode !== ino) {
      this.#hash = createHash('sha256');
      this.#position = 0;
    }
    this.#inode = ino;
  }
}
