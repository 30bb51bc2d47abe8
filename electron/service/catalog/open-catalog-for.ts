import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';

import type { FollowReport } from './follow-journal.ts';
import {
  openStandingCatalog,
  type CatalogSource,
  type StandingCatalog,
} from './standing-catalog.ts';

/** Opens the catalog of a library that is open, up to date or made anew. */
export async function openCatalogFor(
  dataFolder: string,
  source: CatalogSource,
  clock: Clock,
  log: Logger,
): Promise<{ catalog: StandingCatalog; follow: FollowReport }> {
  const catalog = openStandingCatalog(dataFolder, { clock, log });
  try {
    return { catalog, follow: await catalog.follow(source) };
  } catch (error) {
    catalog.close();
    throw error;
  }
}
