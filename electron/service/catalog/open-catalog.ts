import Database from 'better-sqlite3';

import { foldName, stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import { first } from './migrations/0001-first.ts';
import { uploadRequests } from './migrations/0002-upload-requests.ts';
import { scrub } from './migrations/0003-scrub.ts';
import { moves } from './migrations/0004-moves.ts';
import { metadata } from './migrations/0005-metadata.ts';
import { grouping } from './migrations/0006-grouping.ts';
import { previews } from './migrations/0007-previews.ts';
import { filing } from './migrations/0008-filing.ts';
import { dayCounts } from './migrations/0009-day-counts.ts';
import { actions } from './migrations/0010-actions.ts';
import { search } from './migrations/0011-search.ts';
import { jobHistory } from './migrations/0012-job-history.ts';
import { inventory } from './migrations/0013-inventory.ts';
import { arrivals } from './migrations/0014-arrivals.ts';
import { emptied } from './migrations/0015-emptied.ts';
import { keysByAsset } from './migrations/0016-keys-by-asset.ts';
import { inventorySizes } from './migrations/0017-inventory-sizes.ts';
import { removedDevices } from './migrations/0018-removed-devices.ts';
import { dismissedJobs } from './migrations/0019-dismissed-jobs.ts';
import { knownBySha1 } from './migrations/0020-known-by-sha1.ts';

/** The catalog, for queries. The type has no way to write. */
export interface CatalogReader {
  /** Runs a query and gives all its rows. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[];
  /** Runs a query and gives its first row. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the SQL gives, beside the SQL
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
}

/** The catalog, for the one part of the service that changes it. */
export interface CatalogWriter extends CatalogReader {
  run(sql: string, ...values: readonly SqlValue[]): number;
  /** Runs `work` as a whole or not at all. Nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result;
}

export interface Catalog extends CatalogWriter {
  close(): void;
}

export type SqlValue = string | number | null;

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Of 4 KiB each: the write-ahead log grows to about 32 MiB. */
const CHECKPOINT_PAGES = 8_000;

/** In order; a catalog remembers in `user_version` how far it came. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  uploadRequests,
  scrub,
  moves,
  metadata,
  grouping,
  previews,
  filing,
  dayCounts,
  actions,
  search,
  jobHistory,
  inventory,
  arrivals,
  emptied,
  keysByAsset,
  inventorySizes,
  removedDevices,
  dismissedJobs,
  knownBySha1,
];

/** The catalog was written by a newer Roost. It is derived, so the caller may set it aside and rebuild. */
export class NewerCatalogError extends Error {
  override readonly name = 'NewerCatalogError';
}

/**
 * Opens the catalog file and brings it to the newest shape.
 * @throws NewerCatalogError, or SQLite's error for a damaged file.
 */
export function openCatalog(path: string, migrations: readonly Migration[] = MIGRATIONS): Catalog {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = WAL');
    // Derived data: after a power cut the journal fills in what the last moments lost.
    database.pragma('synchronous = NORMAL');
    // Each checkpoint syncs the disk and holds everything up; fewer also write pages once that change with every photo.
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -32000');
    // For migrations alone: SQLite itself folds ASCII only.
    database.function('fold_name', { deterministic: true }, foldName as (text: unknown) => string);
    database.function('stem_key', { deterministic: true }, stemKey as (text: unknown) => string);
    database.function('folder_of', { deterministic: true }, folderOf as (text: unknown) => string);
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return catalogOn(database);
}

function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) throw new NewerCatalogError(`catalog version ${version} > ${newest}`);
  for (const migration of migrations) {
    if (migration.version <= version) continue;
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
}

function catalogOn(database: Database.Database): Catalog {
  // Preparing costs more than most of these queries; the texts are constants of this folder, so few.
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    all: <Row>(sql: string, ...values: readonly SqlValue[]) => prepare(sql).all(...values) as Row[],
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in CatalogReader
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      prepare(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => prepare(sql).run(...values).changes,
    transaction: (work) => (database.inTransaction ? work() : database.transaction(work)()),
    close: () => {
      database.close();
    },
  };
}
