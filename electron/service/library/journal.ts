import { join } from 'node:path';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { journalEntrySchema, type JournalEntry } from '../../../shared/receipt.ts';

import { checkedLine, MAX_LINE_BYTES } from './checked-line.ts';
import { isCode, type FileSystem } from './file-system.ts';
import { isBefore, type JournalPosition } from './journal-position.ts';
import { LineLog } from './line-log.ts';
import { readLines } from './read-lines.ts';
import { storageError } from './storage-error.ts';

export interface JournalDamage {
  readonly file: string;
  readonly lineNumber: number;
}

/** Either an entry with the position behind it, or a line that does not prove itself. */
export type JournalLine =
  | { readonly entry: JournalEntry; readonly position: JournalPosition }
  | { readonly damage: JournalDamage; readonly position: JournalPosition };

const FILE_NAME = /^\d{4}-\d{2}\.jsonl$/;

/**
 * The library's append-only record, one file a month: the truth about what is stored.
 * An entry that was appended is durable.
 */
export class Journal {
  readonly folder: string;
  readonly #files: FileSystem;
  /** Newest file there is: once a later month has begun, a clock set back must not write an earlier one. */
  #newestFile: string;
  #durableEnd: JournalPosition;
  #current: { readonly file: string; readonly log: LineLog } | undefined;
  /** Done when the files of months that are over are closed. */
  #closing: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(folder: string, files: FileSystem, durableEnd: JournalPosition) {
    this.folder = folder;
    this.#files = files;
    this.#newestFile = durableEnd.file;
    this.#durableEnd = durableEnd;
  }

  /** Opens a journal that `mendJournal` has made durable. */
  static async open(folder: string, files: FileSystem): Promise<Journal> {
    const file = (await journalFiles(folder, files)).at(-1);
    if (file === undefined) return new Journal(folder, files, { file: '', byteOffset: 0 });
    const { size } = await files.stat(join(folder, file));
    const journal = new Journal(folder, files, { file, byteOffset: size });
    try {
      await journal.#logOf(file).look();
      return journal;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  /** Whether the journal is as it was opened, but for what this service appended. Errors are the platform's. */
  async isAsLeft(): Promise<boolean> {
    const newest = (await journalFiles(this.folder, this.#files)).at(-1) ?? '';
    if (newest > this.#newestFile) return false;
    return (await this.#current?.log.isAsLeft()) ?? true;
  }

  /** Everything before this place is durable. */
  get durableEnd(): JournalPosition {
    return this.#durableEnd;
  }

  /**
   * Appends an entry and makes it durable; gives the position behind it.
   * @throws RoostError `library/disk-full`, `library/missing` or `library/write-failed`; then nothing was appended
   * unless `mayStandInJournal` says so. `request/too-large` for an entry that no reader would take.
   */
  async append(entry: JournalEntry, at: number): Promise<JournalPosition> {
    // The lock on the library goes with the journal: nothing may be written behind it.
    if (this.#isClosed) throw new RoostError('service/stopping');
    const line = checkedLine(entry);
    if (Buffer.byteLength(line) > MAX_LINE_BYTES) {
      throw new RoostError('request/too-large', 'What is told about the file is too long.');
    }
    const month = `${new Date(at).toISOString().slice(0, 7)}.jsonl`;
    const file = month > this.#newestFile ? month : this.#newestFile;
    this.#newestFile = file;
    try {
      const position = { file, byteOffset: await this.#logOf(file).append(line) };
      if (isBefore(this.#durableEnd, position)) this.#durableEnd = position;
      return position;
    } catch (error) {
      throw storageError(error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#closing, this.#current?.log.close()]);
    this.#current = undefined;
  }

  #logOf(file: string): LineLog {
    if (this.#current?.file === file) return this.#current.log;
    const over = this.#current?.log.close();
    this.#closing = Promise.all([this.#closing, over]).then(() => undefined);
    const log = new LineLog(join(this.folder, file), this.#files);
    this.#current = { file, log };
    return log;
  }
}

/** The journal's files, oldest first. */
export async function journalFiles(folder: string, files: FileSystem): Promise<string[]> {
  try {
    const names = await files.readdir(folder);
    return names.filter((name) => FILE_NAME.test(name)).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Whether a place was reached in this very journal: not in one that was longer, nor in one with other lines. */
export async function isInJournal(
  folder: string,
  files: FileSystem,
  { file, byteOffset }: JournalPosition,
): Promise<boolean> {
  const path = join(folder, file);
  try {
    if ((await files.stat(path)).size < byteOffset) return false;
    return byteOffset === 0 || (await endsLine(files, path, byteOffset));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function endsLine(files: FileSystem, path: string, byteOffset: number): Promise<boolean> {
  const log = await files.open(path, 'r');
  try {
    const last = Buffer.alloc(1);
    const { bytesRead } = await log.read(last, 0, 1, byteOffset - 1);
    return bytesRead === 1 && last.toString('latin1') === '\n';
  } finally {
    await log.close();
  }
}

/** Reads the journal in order, from a position or from its start. Damaged lines are named, not skipped. */
export async function* readJournal(
  folder: string,
  files: FileSystem,
  from?: JournalPosition,
): AsyncGenerator<JournalLine> {
  for (const file of await journalFiles(folder, files)) {
    if (from && file < from.file) continue;
    const start = from?.file === file ? from.byteOffset : 0;
    for await (const line of readLines(join(folder, file), start)) {
      const position = { file, byteOffset: line.endOffset };
      const parsed = journalEntrySchema.safeParse(line.value);
      yield parsed.success
        ? { entry: parsed.data, position }
        : { damage: { file, lineNumber: line.lineNumber }, position };
    }
  }
}
