import type { AssetFilter } from '../../../shared/asset-filter.ts';

/** A condition on rows of `assets`, for a WHERE that may have more, with the values of its `?` in their order. */
export interface FilterClause {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** `sql` is `TRUE` for a filter that lets everything through. */
export function filterClause(filter: AssetFilter): FilterClause {
  const conditions: [sql: string, value: string | undefined][] = [
    [
      `EXISTS (SELECT 1 FROM resources AS mine
         WHERE mine.asset_id = assets.asset_id AND mine.device_id = ?)`,
      filter.deviceId,
    ],
    ['assets.captured_local >= ?', filter.from],
    // 'U' follows 'T': behind each moment of that day.
    ['assets.captured_local < ?', filter.to && `${filter.to}U`],
  ];
  const used = conditions.filter((each): each is [string, string] => each[1] !== undefined);
  if (used.length === 0) return { sql: 'TRUE', values: [] };
  return {
    sql: used.map(([sql]) => `(${sql})`).join(' AND '),
    values: used.map(([, value]) => value),
  };
}
