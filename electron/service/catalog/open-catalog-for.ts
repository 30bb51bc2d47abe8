import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import Database from 'better-sqlite3';
import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { FileSystem } from '../library/file-system.ts';
import { isInJournal } from '../library/journal.ts';
import { storageError } from '../library/storage-error.ts';

import {
  catalogLibraryId,
  followJournal,
  journalPosition,
  setCatalogLibraryId,
  type FollowReport,
} from './follow-journal.ts';
import { NewerCatalogError, openCatalog, type Catalog } from './open-catalog.ts';
import { enqueueMissingTiles, requeueUnreadable } from './preview-rows.ts';

export interface CatalogSource {
  readonly libraryId: string;
  readonly journalFolder: string;
  readonly files: FileSystem;
}

export function catalogPath(dataFolder: string): string {
  return join(dataFolder, 'catalog.sqlite');
}

/**
 * Opens the catalog of a library and brings it up to the end of the journal. One that is damaged, from a newer
 * Roost or of another library is put aside: everything in it that counts is made anew from the journal.
 */
export async function openCatalogFor(
  dataFolder: string,
  source: CatalogSource,
  clock: Clock,
  log: Logger,
): Promise<{ catalog: Catalog; follow: FollowReport }> {
  const path = catalogPath(dataFolder);
  try {
    return await openAndFollow(path, source, clock);
  } catch (error) {
    if (!isUseless(error)) throw error;
    log.warn({ err: error }, 'catalog put aside; it is made anew from the journal');
    await putAside(path, clock.now());
    return openAndFollow(path, source, clock);
  }
}

/** The catalog is of another library, or of another state of this one, as after a library was put back from a backup. */
class ForeignCatalogError extends Error {
  override readonly name = 'ForeignCatalogError';
}

async function openAndFollow(
  path: string,
  source: CatalogSource,
  clock: Clock,
): Promise<{ catalog: Catalog; follow: FollowReport }> {
  const catalog = openCatalog(path);
  try {
    const madeFrom = catalogLibraryId(catalog) ?? source.libraryId;
    if (madeFrom !== source.libraryId) throw new ForeignCatalogError(`made from ${madeFrom}`);
    const position = journalPosition(catalog);
    if (position && !(await isInJournal(source.journalFolder, source.files, position))) {
      throw new ForeignCatalogError('the journal does not reach as far as the catalog');
    }
    setCatalogLibraryId(catalog, source.libraryId);
    const follow = await followJournal(catalog, source.journalFolder, source.files);
    if (!position || follow.entryCount > 0) enqueueMissingTiles(catalog, clock);
    requeueUnreadable(catalog);
    return { catalog, follow };
  } catch (error) {
    catalog.close();
    // What is read of the library fails like everything of it; SQLite's own errors are the catalog's.
    throw isPlatformError(error) ? storageError(error) : error;
  }
}

function isPlatformError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function isUseless(error: unknown): boolean {
  return (
    error instanceof NewerCatalogError || error instanceof ForeignCatalogError || isDamage(error)
  );
}

function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB'))
  );
}

/** Keeps the last one only: each may be large, and everything in it that counts is in the journal. */
async function putAside(path: string, at: number): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.aside-`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix))
      await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
  await rename(path, `${path}.aside-${at}`).catch(() => undefined);
  await removeCatalogFiles(path);
}

/** Removes a catalog with SQLite's files beside it. */
export async function removeCatalogFiles(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
}
