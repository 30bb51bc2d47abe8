import Database from 'better-sqlite3';

import type { ChosenFile } from '../catalog/chosen-files.ts';

/** A file of an export, with the name it has in the library. */
export type NamedFile = ChosenFile & { readonly name: string };

/** Files that get one stem: those of an asset that have one in the library. */
export interface ExportGroup {
  readonly files: readonly Omit<NamedFile, 'path'>[];
}

/** Of memory, in KiB; what is more goes to a file of SQLite's own in the folder of the system for such files. */
const CACHE_KIB = 8_000;
/** Groups that are read at once. */
const GROUPS_AT_ONCE = 200;
/** Records of a zip's directory that are read at once. */
const RECORDS_AT_ONCE = 1000;

/**
 * What an export has to remember of each of its files, in a database that is gone with it: the memory for an export of
 * a million photos is that for one of a thousand.
 */
export class ExportNotes {
  readonly #database: Database.Database;
  readonly #see: Database.Statement;
  readonly #addFile: Database.Statement;
  readonly #isTaken: Database.Statement;
  readonly #take: Database.Statement;
  readonly #nextNumber: Database.Statement;
  readonly #setNext: Database.Statement;
  readonly #addRecord: Database.Statement;
  #groupCount = 0;

  constructor() {
    const database = new Database('');
    this.#database = database;
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.exec(`
      CREATE TABLE seen (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE files (
        file_id INTEGER PRIMARY KEY, group_id INTEGER NOT NULL,
        receipt_id TEXT NOT NULL, byte_count INTEGER NOT NULL, name TEXT NOT NULL
      ) STRICT;
      CREATE INDEX files_by_group ON files (group_id);
      CREATE TABLE taken (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE next_numbers (names TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE records (record_id INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT;
    `);
    this.#see = database.prepare('INSERT INTO seen (path) VALUES (?) ON CONFLICT DO NOTHING');
    this.#addFile = database.prepare(
      'INSERT INTO files (group_id, receipt_id, byte_count, name) VALUES (?, ?, ?, ?)',
    );
    this.#isTaken = database.prepare('SELECT 1 FROM taken WHERE name = ?');
    this.#take = database.prepare('INSERT INTO taken (name) VALUES (?) ON CONFLICT DO NOTHING');
    this.#nextNumber = database.prepare('SELECT number FROM next_numbers WHERE names = ?').pluck();
    this.#setNext = database.prepare(
      'INSERT INTO next_numbers (names, number) VALUES (?, ?) ON CONFLICT DO UPDATE SET number = excluded.number',
    );
    this.#addRecord = database.prepare('INSERT INTO records (record) VALUES (?)');
  }

  /** Whether this file was not seen before. */
  see(path: string): boolean {
    return this.#see.run(path).changes > 0;
  }

  addGroup(files: readonly NamedFile[]): void {
    this.#groupCount += 1;
    for (const { receiptId, byteCount, name } of files) {
      this.#addFile.run(this.#groupCount, receiptId, byteCount, name);
    }
  }

  /** In the order they were added, from the one of this number on; the first is 1. */
  *groups(first: number): Generator<ExportGroup, void, undefined> {
    const read = this.#database.prepare<
      [number, number],
      Omit<NamedFile, 'path'> & { groupId: number }
    >(
      `SELECT group_id AS groupId, receipt_id AS receiptId, byte_count AS byteCount, name FROM files
       WHERE group_id >= ? AND group_id < ? ORDER BY file_id`,
    );
    for (let from = first; from <= this.#groupCount;) {
      // More may be added while who asked works on these.
      const end = Math.min(from + GROUPS_AT_ONCE, this.#groupCount + 1);
      const files = read.all(from, end);
      from = end;
      for (const group of Map.groupBy(files, ({ groupId }) => groupId).values()) {
        yield { files: group };
      }
    }
  }

  isNameTaken(name: string): boolean {
    return this.#isTaken.get(name) !== undefined;
  }

  takeName(name: string): void {
    this.#take.run(name);
  }

  /** The first number worth trying for names that are called alike, so that thousands of `IMG_0001` stay cheap. */
  nextNumber(names: string): number {
    return (this.#nextNumber.get(names) as number | undefined) ?? 1;
  }

  setNextNumber(names: string, number: number): void {
    this.#setNext.run(names, number);
  }

  /** Keeps what stands at the end of a zip about a file of it. */
  addRecord(record: Buffer): void {
    this.#addRecord.run(record);
  }

  /** In the order they were added, some at once. */
  *records(): Generator<Buffer, void, undefined> {
    const read = this.#database.prepare<[number, number], { id: number; record: Buffer }>(
      'SELECT record_id AS id, record FROM records WHERE record_id > ? ORDER BY record_id LIMIT ?',
    );
    for (let after = 0; ;) {
      const rows = read.all(after, RECORDS_AT_ONCE);
      const last = rows.at(-1);
      if (!last) return;
      yield Buffer.concat(rows.map(({ record }) => record));
      after = last.id;
    }
  }

  close(): void {
    this.#database.close();
  }
}
