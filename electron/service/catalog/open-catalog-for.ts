import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { FileSystem } from '../library/file-system.ts';

import {
  catalogLibraryId,
  followJournal,
  journalPosition,
  setCatalogLibraryId,
  type FollowReport,
} from './follow-journal.ts';
import { NewerCatalogError, openCatalog, type Catalog } from './open-catalog.ts';
import { enqueueMissingTiles } from './preview-rows.ts';

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
  let catalog = tryOpen(path, source.libraryId, log);
  if (!catalog) {
    await putAside(path, clock.now());
    catalog = openCatalog(path);
  }
  try {
    const wasFresh = journalPosition(catalog) === undefined;
    setCatalogLibraryId(catalog, source.libraryId);
    const follow = await followJournal(catalog, source.journalFolder, source.files);
    if (wasFresh || follow.entryCount > 0) enqueueMissingTiles(catalog, clock);
    return { catalog, follow };
  } catch (error) {
    catalog.close();
    throw error;
  }
}

function tryOpen(path: string, libraryId: string, log: Logger): Catalog | undefined {
  try {
    const catalog = openCatalog(path);
    const madeFrom = catalogLibraryId(catalog);
    if (madeFrom === undefined || madeFrom === libraryId) return catalog;
    log.warn({ madeFrom, libraryId }, 'catalog of another library put aside');
    catalog.close();
    return undefined;
  } catch (error) {
    if (error instanceof NewerCatalogError || isDamage(error)) {
      log.warn({ err: error }, 'catalog put aside; it is made anew from the journal');
      return undefined;
    }
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB'))
  );
}

async function putAside(path: string, at: number): Promise<void> {
  await rename(path, `${path}.aside-${at}`).catch(() => undefined);
  await removeCatalogFiles(path);
}

/** Removes a catalog with SQLite's files beside it. */
export async function removeCatalogFiles(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
}
