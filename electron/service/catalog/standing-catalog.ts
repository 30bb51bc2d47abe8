import Database from 'better-sqlite3';
import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { FileSystem } from '../library/file-system.ts';
import { isInJournal } from '../library/journal.ts';
import { storageError } from '../library/storage-error.ts';

import { catalogPath, putCatalogAside } from './catalog-files.ts';
import {
  catalogLibraryId,
  followJournal,
  journalPosition,
  setCatalogLibraryId,
  type FollowReport,
} from './follow-journal.ts';
import { refreshLinkedAssets } from './linked-assets.ts';
import { enqueueMissingMetadata, requeueUnreadableMetadata } from './metadata-rows.ts';
import { NewerCatalogError, openCatalog, type Catalog } from './open-catalog.ts';
import { retryFailuresOfOtherDecoders } from './preview-failures.ts';
import { enqueueMissingTiles, requeueUnreadable } from './preview-rows.ts';

/** An open library, as far as its catalog needs it. */
export interface CatalogSource {
  readonly libraryId: string;
  readonly journalFolder: string;
  readonly files: FileSystem;
}

/**
 * The catalog from the start of a service to its end: it can be read while the library is away, and is brought up
 * to date each time the library opens. One object for all that time, also where the file below is made anew.
 */
export interface StandingCatalog extends Catalog {
  /**
   * Brings it up to the end of a library's journal. A catalog that is damaged, of another library or of another
   * state of this one is put aside: everything in it that counts is made anew from the journal.
   * @throws RoostError of the library, or SQLite's error where the data folder's disk does not do.
   */
  follow(source: CatalogSource): Promise<FollowReport>;
}

export interface StandingCatalogOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** The library that is expected: what is known of another must not be shown as if it were in this one. */
  readonly knownLibraryId?: string | undefined;
}

/** Opens the catalog of a data folder; one that is damaged or from a newer Roost is put aside. */
export function openStandingCatalog(
  dataFolder: string,
  { clock, log, knownLibraryId }: StandingCatalogOptions,
): StandingCatalog {
  const path = catalogPath(dataFolder);
  let current: Catalog | undefined;

  const open = (): Catalog => (current ??= openCatalog(path));
  const makeAnew = (why: unknown): void => {
    log.warn({ err: why }, 'catalog put aside; it is made anew from the journal');
    current?.close();
    current = undefined;
    putCatalogAside(path, clock.now());
    open();
  };

  try {
    const madeFrom = catalogLibraryId(open());
    if (knownLibraryId !== undefined && madeFrom !== undefined && madeFrom !== knownLibraryId) {
      throw new ForeignCatalogError(`made from ${madeFrom}`);
    }
  } catch (error) {
    if (!isUseless(error)) {
      current?.close();
      throw error;
    }
    makeAnew(error);
  }

  return {
    all: (sql, ...values) => open().all(sql, ...values),
    get: (sql, ...values) => open().get(sql, ...values),
    run: (sql, ...values) => open().run(sql, ...values),
    transaction: (work) => open().transaction(work),
    close: () => {
      current?.close();
    },
    follow: async (source) => {
      try {
        return await followIn(open(), source, clock);
      } catch (error) {
        if (!isUseless(error)) throw error;
        makeAnew(error);
        return followIn(open(), source, clock);
      }
    },
  };
}

/** The catalog is of another library, or of another state of this one, as after a library was put back from a backup. */
class ForeignCatalogError extends Error {
  override readonly name = 'ForeignCatalogError';
}

async function followIn(
  catalog: Catalog,
  source: CatalogSource,
  clock: Clock,
): Promise<FollowReport> {
  try {
    const madeFrom = catalogLibraryId(catalog) ?? source.libraryId;
    if (madeFrom !== source.libraryId) throw new ForeignCatalogError(`made from ${madeFrom}`);
    const position = journalPosition(catalog);
    if (position && !(await isInJournal(source.journalFolder, source.files, position))) {
      throw new ForeignCatalogError('the journal does not reach as far as the catalog');
    }
    setCatalogLibraryId(catalog, source.libraryId);
    const follow = await followJournal(catalog, source.journalFolder, source.files);
    await refreshLinkedAssets(catalog);
    if (!position || follow.entryCount > 0) {
      enqueueMissingTiles(catalog, clock);
      enqueueMissingMetadata(catalog);
    }
    requeueUnreadable(catalog);
    retryFailuresOfOtherDecoders(catalog);
    requeueUnreadableMetadata(catalog);
    return follow;
  } catch (error) {
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
