import type { AssetFilter } from '../../../shared/asset-filter.ts';
import { searchTerms } from '../../../shared/search-text.ts';

/** A condition for a WHERE that may have more, with the values of its `?` in their order. */
export interface FilterClause {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * A condition on rows of `assets`; `sql` is `TRUE` for a filter that lets everything through. It is quick for each row:
 * for counts over all of them there is `filtered-counts.ts`.
 */
export function filterClause(filter: AssetFilter): FilterClause {
  return allOf([...groupConditions(filter), ...termConditions(filter), ...dayConditions(filter)]);
}

/** What depends on the group of an asset alone: a list of groups that SQLite makes once a statement. */
function groupConditions(filter: AssetFilter): FilterClause[] {
  const { sql, values } = factsClause(filter);
  return sql === 'TRUE' ? [] : [{ sql: inGroups(sql), values }];
}

/** Each word has to stand in what an asset's group says, or in its names. */
function termConditions({ q }: AssetFilter): FilterClause[] {
  return termsOf(q).map((term) => {
    const words = wordsClause(term);
    return {
      sql: `${inGroups(words.sql)} OR instr(assets.search_names, ?) > 0`,
      values: [...words.values, term],
    };
  });
}

function dayConditions({ from, to }: AssetFilter): FilterClause[] {
  return [
    ...(from === undefined ? [] : [{ sql: 'assets.captured_local >= ?', values: [from] }]),
    // 'U' follows 'T': behind each moment of that day.
    ...(to === undefined ? [] : [{ sql: 'assets.captured_local < ?', values: [`${to}U`] }]),
  ];
}

function inGroups(sql: string): string {
  return `assets.search_group IN (SELECT group_id FROM search_groups WHERE ${sql})`;
}

/** A condition on rows of `search_groups`: all of a filter that says nothing of words and days. */
export function factsClause(filter: AssetFilter): FilterClause {
  const { deviceId, kinds = [], warning, camera, lens, favourite } = filter;
  const listed = (column: string, code: string): FilterClause => ({
    sql: `instr(search_groups.${column}, ?) > 0`,
    values: [JSON.stringify(code)],
  });
  return allOf([
    ...(deviceId === undefined ? [] : [listed('device_ids', deviceId)]),
    ...kinds.map((kind) => listed('kinds', kind)),
    ...(warning === undefined ? [] : [listed('warnings', warning)]),
    ...(camera === undefined ? [] : [{ sql: 'search_groups.camera = ?', values: [camera] }]),
    ...(favourite === true ? [{ sql: 'search_groups.is_favourite = 1', values: [] }] : []),
    ...(lens === undefined ? [] : [{ sql: 'search_groups.lens = ?', values: [lens] }]),
  ]);
}

/** A condition on rows of `search_groups`: a folded word stands in what they say, or in the name of a device of theirs. */
export function wordsClause(term: string): FilterClause {
  return {
    sql: `instr(search_groups.words, ?) > 0 OR EXISTS (SELECT 1 FROM devices
      WHERE instr(devices.search_name, ?) > 0 AND instr(search_groups.device_ids, devices.device_id) > 0)`,
    values: [term, term],
  };
}

export function termsOf(q: string | undefined): readonly string[] {
  return q === undefined ? [] : searchTerms(q);
}

export function allOf(clauses: readonly FilterClause[]): FilterClause {
  if (clauses.length === 0) return { sql: 'TRUE', values: [] };
  return {
    sql: clauses.map(({ sql }) => `(${sql})`).join(' AND '),
    values: clauses.flatMap(({ values }) => values),
  };
}
