import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { TimelineAsset } from '../../../shared/window-views.ts';

import { filterClause } from './asset-filter.ts';
import type { CatalogReader } from './open-catalog.ts';
import { assetById } from './timeline-queries.ts';

/** What stands around an asset in the timeline, nearest first on either side. */
export interface NeighbourAssets {
  readonly newer: TimelineAsset[];
  readonly here?: TimelineAsset;
  readonly older: TimelineAsset[];
}

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
  const { sql, values } = filterClause(filter);
  const here = assetById(catalog, assetId);
  if (here === undefined) return { newer: [], older: [] };
  const next = (comparison: '>' | '<', order: 'ASC' | 'DESC'): TimelineAsset[] =>
    catalog
      .all<{ asset_id: string }>(
        `SELECT assets.asset_id FROM assets
         WHERE (assets.captured_local, assets.asset_id) ${comparison} (?, ?) AND ${sql}
         ORDER BY assets.captured_local ${order}, assets.asset_id ${order} LIMIT ?`,
        here.capturedLocal,
        assetId,
        ...values,
        count,
      )
      .flatMap((row) => assetById(catalog, row.asset_id) ?? []);
  return { newer: next('>', 'ASC'), here, older: next('<', 'DESC') };
}
