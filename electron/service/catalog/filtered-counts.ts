import type { AssetFilter } from '../../../shared/asset-filter.ts';
import { NAME_WORDS } from '../assets/search-facts.ts';

import {
  allOf,
  factsClause,
  filterClause,
  termsOf,
  wordsClause,
  type FilterClause,
} from './asset-filter.ts';
import type { CatalogReader } from './open-catalog.ts';

/** How many assets pass a filter on one day. */
export interface DayCount {
  /** `YYYY-MM-DD` of the wall clock. */
  readonly day: string;
  readonly count: number;
}

/** How many assets of one group of `search_groups` pass a filter in one year. */
export interface GroupCount {
  readonly groupId: number;
  readonly year: number;
  readonly count: number;
}

/**
 * Days with assets that pass, newest first. Most of it is sums that the catalog keeps; only assets that are found by
 * their file names are looked at one by one.
 */
export function filteredDays(catalog: CatalogReader, filter: AssetFilter): DayCount[] {
  const totals = new Map<number, number>();
  const rows = [
    ...keptCounts<{ day: number; count: number }>(catalog, filter, ['day']),
    ...countsByName<{ day: number; count: number }>(catalog, filter, [`${DAY} AS day`]),
  ];
  for (const { day, count } of rows) totals.set(day, (totals.get(day) ?? 0) + count);
  return [...totals]
    .toSorted(([a], [b]) => b - a)
    .map(([day, count]) => {
      const digits = String(day).padStart(8, '0');
      return { day: `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`, count };
    });
}

/** The same by group and year, in no order; a group and year may come twice. */
export function filteredGroups(catalog: CatalogReader, filter: AssetFilter): GroupCount[] {
  return [
    ...keptCounts<GroupCount>(catalog, filter, ['group_id AS groupId', 'day / 10000 AS year']),
    ...countsByName<GroupCount>(catalog, filter, [
      'search_group AS groupId',
      `${DAY} / 10000 AS year`,
    ]),
  ];
}

/** What is counted for each of. */
type Columns = readonly string[];

/** 20190815 of an asset. */
const DAY = `CAST(replace(substr(captured_local, 1, 10), '-', '') AS INTEGER)`;

/** Of assets whose group says all that the filter asks for. */
function keptCounts<Row>(catalog: CatalogReader, filter: AssetFilter, by: Columns): Row[] {
  const groups = groupsThatPass(filter);
  const days = daysClause(filter);
  return catalog.all<Row>(
    `SELECT ${by.join()}, sum(count) AS count FROM search_counts
     WHERE group_id IN (SELECT group_id FROM search_groups WHERE ${groups.sql}) AND ${days.sql}
     GROUP BY ${by.map((_, at) => at + 1).join()}`,
    ...groups.values,
    ...days.values,
  );
}

/** Groups that pass by what they say themselves, whatever their assets are called. */
function groupsThatPass(filter: AssetFilter): FilterClause {
  return allOf([factsClause(filter), ...termsOf(filter.q).map(wordsClause)]);
}

function daysClause({ from, to }: AssetFilter): FilterClause {
  const numberOf = (day: string): number => Number(day.replaceAll('-', ''));
  return allOf([
    ...(from === undefined ? [] : [{ sql: 'day >= ?', values: [numberOf(from)] }]),
    ...(to === undefined ? [] : [{ sql: 'day <= ?', values: [numberOf(to)] }]),
  ]);
}

/** Of assets whose group alone does not pass: at least one word stands in their names only. */
function countsByName<Row>(catalog: CatalogReader, filter: AssetFilter, by: Columns): Row[] {
  // Where one of these stands in a name, the group says so, too.
  const terms = termsOf(filter.q).filter((term) => !NAME_WORDS.includes(term));
  if (terms.length === 0) return [];
  const named = assetsNamed(terms);
  const groups = groupsThatPass(filter);
  const passing = filterClause(filter);
  return catalog.all<Row>(
    `SELECT ${by.join()}, count(*) AS count FROM assets
     WHERE ${named.sql} AND ${passing.sql}
       AND search_group NOT IN (SELECT group_id FROM search_groups WHERE ${groups.sql})
     GROUP BY ${by.map((_, at) => at + 1).join()}`,
    ...named.values,
    ...passing.values,
    ...groups.values,
  );
}

/** Assets that may have one of some words in their names; all of them where a word is too short for the index. */
function assetsNamed(terms: readonly string[]): FilterClause {
  const queries = terms.map(trigramsOf);
  if (queries.some((trigrams) => trigrams.length === 0)) return allOf([]);
  const match = queries
    .map(
      (trigrams) => `(${trigrams.map((each) => `"${each.replaceAll('"', '""')}"`).join(' AND ')})`,
    )
    .join(' OR ');
  return {
    sql: `assets.rowid IN (SELECT rowid FROM names_index WHERE names_index MATCH ?
      UNION SELECT asset_rowid FROM unindexed_names)`,
    values: [match],
  };
}

/** The index knows three characters each and not their order; a NUL would end the query. */
function trigramsOf(term: string): string[] {
  const characters = Array.from(term.replaceAll('\0', ''));
  const trigrams = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
  return [...new Set(trigrams)];
}
