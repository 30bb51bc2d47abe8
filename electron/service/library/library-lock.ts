import Database from 'better-sqlite3';

import { RoostError } from '../../../shared/error-catalogue.ts';

/**
 * Holds a library for one service. The lock is SQLite's own file lock on a tiny database: the operating system
 * drops it with the process, so a killed service leaves nothing stale behind, on all three platforms.
 * @throws RoostError `library/in-use`.
 */
export function lockLibrary(path: string): Disposable {
  const database = new Database(path, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new RoostError('library/in-use', undefined, { cause: error });
    }
    throw error;
  }
  return { [Symbol.dispose]: () => database.close() };
}
