import { previewStateOf } from '../../../shared/preview-reasons.ts';
import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { MonthSummary, TimelineAsset } from '../../../shared/window-views.ts';

import { filterClause } from './asset-filter.ts';
import { filteredDays } from './filtered-counts.ts';
import type { CatalogReader } from './open-catalog.ts';

interface TimelineRow {
  readonly asset_id: string;
  readonly captured_local: string;
  readonly receipt_id: string;
  readonly path: string;
  readonly device_id: string;
  readonly sha256: string;
  readonly kind: 'photo' | 'video' | 'file' | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_ms: number | null;
  readonly thumbhash: string | null;
  readonly tile_state: 'waiting' | 'ready' | 'failed' | null;
  readonly tile_reason: string | null;
  readonly tile_quality: 'quick' | 'full' | null;
  readonly resource_count: number;
  readonly kinds: string;
  readonly warnings: string;
  readonly has_clip: number;
  readonly burst_count: number | null;
  readonly favourite: number;
}

const TIMELINE_SELECT = `
  SELECT assets.asset_id, assets.captured_local, shown.receipt_id, shown.path, shown.device_id, shown.sha256,
    media.kind, media.width, media.height, media.duration_ms, media.thumbhash,
    tile.state AS tile_state, tile.reason AS tile_reason, tile.quality AS tile_quality,
    (SELECT count(*) FROM resources WHERE resources.asset_id = assets.asset_id
       AND resources.path NOT LIKE '.roost/trash/%') AS resource_count,
    assets.kinds, assets.warnings, assets.has_clip, assets.favourite,
    (SELECT count(*) - 1 FROM
       (SELECT 1 FROM assets AS frames WHERE frames.burst_id = assets.burst_id LIMIT 1000)) AS burst_count
  FROM assets
  JOIN resources AS shown ON shown.receipt_id = assets.shown_receipt_id
  LEFT JOIN media ON media.sha256 = shown.sha256
  LEFT JOIN previews AS tile ON tile.sha256 = shown.sha256 AND tile.kind = 'tile'`;

/** Months with assets that pass, newest first. */
export function timelineMonths(catalog: CatalogReader, filter: AssetFilter = {}): MonthSummary[] {
  const months = new Map<string, number>();
  for (const { day, count } of filteredDays(catalog, filter)) {
    const month = day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + count);
  }
  return [...months].map(([month, count]) => ({ month, count }));
}

/** Assets of one month `YYYY-MM` that pass, newest first. */
export function timelineMonth(
  catalog: CatalogReader,
  month: string,
  filter: AssetFilter = {},
): TimelineAsset[] {
  const { sql, values } = filterClause(filter);
  return catalog
    .all<TimelineRow>(
      `${TIMELINE_SELECT} WHERE assets.captured_local >= ? AND assets.captured_local < ? AND ${sql}
       ORDER BY assets.captured_local DESC, assets.asset_id DESC`,
      month,
      // ':' follows '9' and '-': behind every day of the month and before the next month.
      `${month}:`,
      ...values,
    )
    .map(timelineAsset);
}

export function assetById(catalog: CatalogReader, assetId: string): TimelineAsset | undefined {
  const row = catalog.get<TimelineRow>(`${TIMELINE_SELECT} WHERE assets.asset_id = ?`, assetId);
  return row && timelineAsset(row);
}

/** The other assets of the burst that an asset is a frame of, in the order they were taken; at most a thousand. */
export function burstOf(catalog: CatalogReader, assetId: string): TimelineAsset[] {
  return catalog
    .all<TimelineRow>(
      `${TIMELINE_SELECT}
       WHERE assets.burst_id = (SELECT burst_id FROM assets WHERE asset_id = ?) AND assets.asset_id <> ?
       ORDER BY assets.captured_local, shown.path LIMIT 1000`,
      assetId,
      assetId,
    )
    .map(timelineAsset);
}

/** Assets whose shown picture, or any resource, has these bytes. */
export function assetIdsOfBytes(catalog: CatalogReader, sha256: string): string[] {
  return catalog
    .all<{ asset_id: string }>('SELECT DISTINCT asset_id FROM resources WHERE sha256 = ?', sha256)
    .map((row) => row.asset_id);
}

/** The assets before and after one in the timeline. */
export function neighbours(
  catalog: CatalogReader,
  assetId: string,
): { newerAssetId?: string; olderAssetId?: string } {
  const next = (comparison: '>' | '<', order: 'ASC' | 'DESC'): string | undefined =>
    catalog.get<{ asset_id: string }>(
      `SELECT assets.asset_id FROM assets, (SELECT captured_local, asset_id FROM assets WHERE asset_id = ?) AS here
       WHERE (assets.captured_local, assets.asset_id) ${comparison} (here.captured_local, here.asset_id)
       ORDER BY assets.captured_local ${order}, assets.asset_id ${order} LIMIT 1`,
      assetId,
    )?.asset_id;
  const newerAssetId = next('>', 'ASC');
  const olderAssetId = next('<', 'DESC');
  return {
    ...(newerAssetId !== undefined && { newerAssetId }),
    ...(olderAssetId !== undefined && { olderAssetId }),
  };
}

export interface LibraryCounts {
  readonly assetCount: number;
  readonly resourceCount: number;
  readonly byteCount: number;
}

export function libraryCounts(catalog: CatalogReader): LibraryCounts {
  return (
    catalog.get<LibraryCounts>(
      `SELECT (SELECT count(*) FROM assets) AS assetCount, count(*) AS resourceCount,
         coalesce(sum(byte_count), 0) AS byteCount FROM resources`,
    ) ?? { assetCount: 0, resourceCount: 0, byteCount: 0 }
  );
}

function timelineAsset(row: TimelineRow): TimelineAsset {
  return {
    assetId: row.asset_id,
    kind: row.kind ?? 'file',
    capturedLocal: row.captured_local,
    fileName: row.path.slice(row.path.lastIndexOf('/') + 1),
    deviceId: row.device_id,
    // A quick tile is followed by a better one of the same bytes, at an address of its own.
    version: row.sha256.slice(0, 16) + (row.tile_quality === 'quick' ? '-quick' : ''),
    resourceCount: row.resource_count,
    kinds: JSON.parse(row.kinds) as string[],
    warnings: JSON.parse(row.warnings) as string[],
    hasClip: row.has_clip === 1,
    ...(row.favourite === 1 && { isFavourite: true as const }),
    ...(row.burst_count !== null && row.burst_count > 0 && { burstCount: row.burst_count }),
    ...previewStateOf(row.tile_state ?? undefined, row.tile_reason ?? undefined),
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
    ...(row.thumbhash !== null && { thumbhash: row.thumbhash }),
    ...(row.duration_ms !== null && { durationMs: row.duration_ms }),
  };
}
