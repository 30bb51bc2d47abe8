import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { pino } from 'pino';

import { systemClock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import { holdLock } from '../library/hold-lock.ts';
import { libraryLayout } from '../library/library-layout.ts';
import { openLibrary, type Library } from '../library/open-library.ts';

import { catalogPath, removeCatalogFiles } from './catalog-files.ts';
import { openCatalogFor } from './open-catalog-for.ts';
import { libraryCounts } from './timeline-queries.ts';

export interface RebuildOptions {
  readonly libraryFolder: string;
  readonly dataFolder: string;
}

export interface RebuildReport {
  readonly assetCount: number;
  readonly resourceCount: number;
  readonly deviceCount: number;
  readonly jobCount: number;
  /** Journal lines that do not prove themselves and were left out. */
  readonly damagedLineCount: number;
}

/**
 * Makes the catalog anew from the library alone. The history of uploads that never ended well is in the old
 * catalog only and is lost; previews stay, and are found again by the bytes they belong to. The old catalog
 * stays until the new one is whole.
 * @throws RoostError `service/already-running`, `library/missing` or `library/in-use`.
 */
export async function rebuildCatalog(options: RebuildOptions): Promise<RebuildReport> {
  const { libraryFolder, dataFolder } = options;
  try {
    await stat(libraryLayout(libraryFolder).identityFile);
  } catch (error) {
    throw new RoostError('library/missing', undefined, { cause: error });
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  using locks = new DisposableStack();
  locks.use(holdLock(join(dataFolder, 'lock'), 'service/already-running'));
  await using library = await openLibrary({ folder: libraryFolder, clock: systemClock });
  const newFolder = join(dataFolder, 'catalog-rebuild');
  await rm(newFolder, { recursive: true, force: true });
  await mkdir(newFolder, { mode: 0o700 });
  try {
    const report = await makeCatalog(newFolder, library);
    await removeCatalogFiles(catalogPath(dataFolder));
    await rename(catalogPath(newFolder), catalogPath(dataFolder));
    return report;
  } finally {
    await rm(newFolder, { recursive: true, force: true });
  }
}

async function makeCatalog(folder: string, library: Library): Promise<RebuildReport> {
  const source = { ...library, journalFolder: library.layout.journalFolder };
  const silent = pino({ level: 'silent' });
  const { catalog, follow } = await openCatalogFor(folder, source, systemClock, silent);
  try {
    const count = (table: 'devices' | 'jobs'): number =>
      catalog.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count ?? 0;
    const { assetCount, resourceCount } = libraryCounts(catalog);
    return {
      assetCount,
      resourceCount,
      deviceCount: count('devices'),
      jobCount: count('jobs'),
      damagedLineCount: follow.damage.length,
    };
  } finally {
    catalog.close();
  }
}
