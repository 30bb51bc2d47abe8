import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { TimelineAsset } from '../../../shared/window-views.ts';

import { atOnce } from '../in-slices.ts';

import { filterClause } from './asset-filter.ts';
import { filteredDays, type DayCount } from './filtered-counts.ts';
import type { CatalogReader } from './open-catalog.ts';
import { assetById, chosenAssets } from './timeline-queries.ts';

/** What stands around an asset in the timeline, nearest first on either side. */
export interface NeighbourAssets {
  readonly newer: TimelineAsset[];
  readonly here?: TimelineAsset;
  readonly older: TimelineAsset[];
}

type Side = 'newer' | 'older';

/**
 * Up to `count` assets on either side of one, of those that pass; the asset itself need not pass. Nothing for an asset
 * that is not shown.
 */
export function neighbourAssets(
  catalog: CatalogReader,
  assetId: string,
  count: number,
  filter: AssetFilter = {},
): NeighbourAssets {
  return atOnce(neighboursInSteps(catalog, assetId, count, filter));
}

/** The same in steps of some milliseconds. */
export function* neighboursInSteps(
  catalog: CatalogReader,
  assetId: string,
  count: number,
  filter: AssetFilter,
): Generator<undefined, NeighbourAssets, undefined> {
  const here = assetById(catalog, assetId);
  if (here === undefined) return { newer: [], older: [] };
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const days = isFiltered ? yield* filteredDays(catalog, filter) : undefined;
  const { sql, values } = filterClause(filter);
  const beside = (side: Side): TimelineAsset[] => {
    const order = side === 'newer' ? 'ASC' : 'DESC';
    const wanted = days && daysBeside(days, here.capturedLocal.slice(0, 10), side, count);
    return chosenAssets(
      catalog,
      `WHERE (assets.captured_local, assets.asset_id) ${side === 'newer' ? '>' : '<'} (?, ?) AND ${sql}
         ${wanted === undefined ? '' : `AND assets.rowid IN (${OF_DAYS})`}
       ORDER BY assets.captured_local ${order}, assets.asset_id ${order} LIMIT ?`,
      here.capturedLocal,
      assetId,
      ...values,
      ...(wanted === undefined ? [] : [JSON.stringify(wanted)]),
      count,
    );
  };
  return { newer: beside('newer').reverse(), here, older: beside('older') };
}

/** 'U' follows 'T': behind each moment of a day. */
const OF_DAYS = `SELECT of_day.rowid FROM json_each(?) AS day
  CROSS JOIN assets AS of_day ON of_day.captured_local >= day.value AND of_day.captured_local < day.value || 'U'`;

/**
 * The days to look at for `count` assets on one side, of those that have some that pass: the filter may let few through,
 * and looking at every asset between them would take long among a million.
 */
function daysBeside(
  days: readonly DayCount[],
  hereDay: string,
  side: Side,
  count: number,
): readonly string[] {
  const outwards =
    side === 'older'
      ? days.filter(({ day }) => day <= hereDay)
      : days.filter(({ day }) => day >= hereDay).toReversed();
  const chosen: string[] = [];
  let found = 0;
  for (const each of outwards) {
    if (found >= count) break;
    chosen.push(each.day);
    // Of the day itself some stand on the other side.
    if (each.day !== hereDay) found += each.count;
  }
  return chosen;
}
