import Database from 'better-sqlite3';

import { RoostError, type ErrorCode } from '../../../shared/error-catalogue.ts';

/**
 * Holds a library, or a data folder, for one service. The lock is SQLite's own file lock on a tiny database: the operating system
 * drops it with the process, so a killed service leaves nothing stale behind, on all three platforms.
 * @throws RoostError `takenCode` when another service holds it.
 */
export function holdLock(path: string, takenCode: ErrorCode): Disposable {
  const database = new Database(path, { timeout: 0 });
  try {
    // Nothing is ever written: also a full disk must not keep the lock from being taken.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new RoostError(takenCode, undefined, { cause: error });
    }
    throw error;
  }
  return { [Symbol.dispose]: () => database.close() };
}
