import type { SearchFacts } from '../assets/search-facts.ts';
import { wordsOf } from '../assets/search-facts.ts';

import type { CatalogWriter } from './open-catalog.ts';

/** The group of assets that have these facts; made when they are the first. */
export function searchGroupOf(catalog: CatalogWriter, facts: SearchFacts): number {
  const key = JSON.stringify(facts);
  const known = catalog.get<{ group_id: number }>(
    'SELECT group_id FROM search_groups WHERE facts = ?',
    key,
  );
  if (known) return known.group_id;
  catalog.run(
    `INSERT INTO search_groups (facts, kinds, warnings, device_ids, camera, lens, is_favourite, words)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    key,
    JSON.stringify(facts.kinds),
    JSON.stringify(facts.warnings),
    JSON.stringify(facts.deviceIds),
    facts.camera ?? null,
    facts.lens ?? null,
    facts.isFavourite === true ? 1 : 0,
    wordsOf(facts),
  );
  return searchGroupOf(catalog, facts);
}

/** So many names are put into their index at once: measured, one by one costs an upload as much as all else of it. */
const NAMES_AT_ONCE = 256;

/** Puts names that wait into their index once there are many; those that wait are looked through one by one. */
export function indexNames(catalog: CatalogWriter): void {
  const areMany = catalog.get('SELECT 1 FROM unindexed_names LIMIT 1 OFFSET ?', NAMES_AT_ONCE - 1);
  if (areMany === undefined) return;
  catalog.run('DELETE FROM names_index WHERE rowid IN (SELECT asset_rowid FROM unindexed_names)');
  catalog.run(
    `INSERT INTO names_index (rowid, names)
     SELECT assets.rowid, search_names FROM unindexed_names JOIN assets ON assets.rowid = asset_rowid`,
  );
  catalog.run('DELETE FROM unindexed_names');
}
