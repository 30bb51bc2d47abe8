import type { AssetFilter } from '../../../shared/asset-filter.ts';
import { NAME_WORDS } from '../assets/search-facts.ts';
import { inRanges } from '../in-slices.ts';

import {
  allOf,
  factsClause,
  filterClause,
  termsOf,
  wordsClause,
  type FilterClause,
} from './asset-filter.ts';
import type { CatalogReader } from './open-catalog.ts';

/** How many groups of facts, and assets, are looked at in the first step. */
const FIRST_GROUPS = 16;
const FIRST_ASSETS = 2000;

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
 * their file names are looked at one by one. In steps of some milliseconds, of which there may be hundreds.
 */
export function* filteredDays(
  catalog: CatalogReader,
  filter: AssetFilter,
): Generator<undefined, DayCount[], undefined> {
  const totals = new Map<number, number>();
  for (const rows of allCounts<{ day: number; count: number }>(catalog, filter, {
    kept: ['day'],
    named: [`${DAY} AS day`],
  })) {
    for (const { day, count } of rows) totals.set(day, (totals.get(day) ?? 0) + count);
    yield;
  }
  return [...totals]
    .toSorted(([a], [b]) => b - a)
    .map(([day, count]) => {
      const digits = String(day).padStart(8, '0');
      return { day: `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`, count };
    });
}

/** The same by group and year, in no order; a group and year may come several times. In steps like `filteredDays`. */
export function filteredGroups(
  catalog: CatalogReader,
  filter: AssetFilter,
): Generator<GroupCount[], void, undefined> {
  return allCounts<GroupCount>(catalog, filter, {
    kept: ['group_id AS groupId', 'day / 10000 AS year'],
    named: ['search_group AS groupId', `${DAY} / 10000 AS year`],
  });
}

function* allCounts<Row>(
  catalog: CatalogReader,
  filter: AssetFilter,
  by: { readonly kept: Columns; readonly named: Columns },
): Generator<Row[], void, undefined> {
  yield* keptCounts<Row>(catalog, filter, by.kept);
  yield* countsByName<Row>(catalog, filter, by.named);
}

/** What is counted for each of. */
type Columns = readonly string[];

/** 20190815 of an asset. */
const DAY = `CAST(replace(substr(captured_local, 1, 10), '-', '') AS INTEGER)`;

/** Of assets whose group says all that the filter asks for. */
function* keptCounts<Row>(
  catalog: CatalogReader,
  filter: AssetFilter,
  by: Columns,
): Generator<Row[], void, undefined> {
  const groups = groupsThatPass(filter);
  const days = daysClause(filter);
  const last = lastOf(catalog, 'SELECT max(group_id) AS last FROM search_groups');
  yield* inRanges(last, FIRST_GROUPS, (from, to) =>
    catalog.all<Row>(
      `SELECT ${by.join()}, sum(count) AS count FROM search_counts
       WHERE group_id IN (SELECT group_id FROM search_groups WHERE group_id >= ? AND group_id < ? AND ${groups.sql})
         AND ${days.sql}
       GROUP BY ${by.map((_, at) => at + 1).join()}`,
      from,
      to,
      ...groups.values,
      ...days.values,
    ),
  );
}

function lastOf(catalog: CatalogReader, sql: string): number {
  return catalog.get<{ last: number | null }>(sql)?.last ?? -1;
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
function* countsByName<Row>(
  catalog: CatalogReader,
  filter: AssetFilter,
  by: Columns,
): Generator<Row[], void, undefined> {
  // Where one of these stands in a name, the group says so, too.
  const terms = termsOf(filter.q).filter((term) => !NAME_WORDS.includes(term));
  if (terms.length === 0) return;
  const groups = groupsThatPass(filter);
  const passing = filterClause(filter);
  const last = lastOf(catalog, 'SELECT max(rowid) AS last FROM assets');
  yield* inRanges(last, FIRST_ASSETS, (from, to) => {
    const named = assetsNamed(terms, from, to);
    return catalog.all<Row>(
      `SELECT ${by.join()}, count(*) AS count FROM assets
       WHERE ${named.sql} AND ${passing.sql}
         AND search_group NOT IN (SELECT group_id FROM search_groups WHERE ${groups.sql})
       GROUP BY ${by.map((_, at) => at + 1).join()}`,
      ...named.values,
      ...passing.values,
      ...groups.values,
    );
  });
}

/** Of a range of rows the assets that may have one of some words in their names; all of it where a word is too short for the index. */
function assetsNamed(terms: readonly string[], from: number, to: number): FilterClause {
  const queries = terms.map(trigramsOf);
  if (queries.some((trigrams) => trigrams.length === 0)) {
    return { sql: 'assets.rowid >= ? AND assets.rowid < ?', values: [from, to] };
  }
  const match = queries
    .map(
      (trigrams) => `(${trigrams.map((each) => `"${each.replaceAll('"', '""')}"`).join(' AND ')})`,
    )
    .join(' OR ');
  return {
    sql: `assets.rowid IN (SELECT rowid FROM names_index WHERE names_index MATCH ? AND rowid >= ? AND rowid < ?
      UNION SELECT asset_rowid FROM unindexed_names WHERE asset_rowid >= ? AND asset_rowid < ?)`,
    values: [match, from, to, from, to],
  };
}

/** The index knows three characters each and not their order; a NUL would end the query. */
function trigramsOf(term: string): string[] {
  const characters = Array.from(term.replaceAll('\0', ''));
  const trigrams = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
  return [...new Set(trigrams)];
}
