import { previewStateOf } from '../../../shared/preview-reasons.ts';
import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { MonthSummary, TimelineAsset } from '../../../shared/window-views.ts';

import { atOnce } from '../in-slices.ts';

import { filterClause } from './asset-filter.ts';
import { filteredDays, type DayCount } from './filtered-counts.ts';
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
  readonly byte_count: number;
  readonly kinds: string;
  readonly warnings: string;
  readonly has_clip: number;
  readonly burst_count: number | null;
  readonly favourite: number;
}

const NEWEST_FIRST = 'assets.captured_local DESC, assets.asset_id DESC';

/**
 * What is shown of the assets that `which` (WHERE, ORDER BY, LIMIT of a query on assets) chooses, in its order. They are
 * chosen first, so that looking further is done for those alone; each file and picture of one is looked up once, which
 * among a million takes most of the time.
 */
const timelineSelect = (which: string, order = NEWEST_FIRST): string => `
  WITH chosen AS MATERIALIZED (SELECT assets.rowid AS asset_row FROM assets ${which}),
  filed AS MATERIALIZED (
    SELECT asset_row, count(*) AS resource_count, sum(part.byte_count) AS byte_count,
      max(CASE WHEN part.receipt_id = assets.shown_receipt_id THEN part.rowid END) AS shown_row
    FROM chosen
    CROSS JOIN assets ON assets.rowid = asset_row
    CROSS JOIN resources AS part ON part.asset_id = assets.asset_id AND part.path NOT LIKE '.roost/trash/%'
    GROUP BY asset_row
  )
  SELECT assets.asset_id, assets.captured_local, shown.receipt_id, shown.path, shown.device_id, shown.sha256,
    media.kind, media.width, media.height, media.duration_ms, media.thumbhash,
    tile.state AS tile_state, tile.reason AS tile_reason, tile.quality AS tile_quality,
    filed.resource_count, filed.byte_count, assets.kinds, assets.warnings, assets.has_clip, assets.favourite,
    (SELECT count(*) - 1 FROM
       (SELECT 1 FROM assets AS frames WHERE frames.burst_id = assets.burst_id LIMIT 1000)) AS burst_count
  FROM filed
  CROSS JOIN assets ON assets.rowid = filed.asset_row
  CROSS JOIN resources AS shown ON shown.rowid = filed.shown_row
  LEFT JOIN media ON media.sha256 = shown.sha256
  LEFT JOIN previews AS tile ON tile.sha256 = shown.sha256 AND tile.kind = 'tile'
  ORDER BY ${order}`;

/** Months with assets that pass, newest first, with their days. */
export function timelineMonths(catalog: CatalogReader, filter: AssetFilter = {}): MonthSummary[] {
  return atOnce(monthsInSteps(catalog, filter));
}

/** The same in steps of some milliseconds: to look for a letter among a million names takes seconds. */
export function* monthsInSteps(
  catalog: CatalogReader,
  filter: AssetFilter,
): Generator<undefined, MonthSummary[], undefined> {
  const months: MonthSummary[] = [];
  for (const { day, count } of yield* dayRows(catalog, filter)) {
    const month = day.slice(0, 7);
    let last = months.at(-1);
    if (last?.month !== month) months.push((last = { month, count: 0, days: [] }));
    last.count += count;
    last.days.push([Number(day.slice(8)), count]);
  }
  return months;
}

/** What restricts nothing but the days is answered from the counts that are kept: in a moment for a million assets. */
function* dayRows(
  catalog: CatalogReader,
  filter: AssetFilter,
): Generator<undefined, DayCount[], undefined> {
  const { from, to, ...others } = filter;
  if (Object.values(others).every((value) => value === undefined)) {
    return catalog.all<DayCount>(
      'SELECT day, asset_count AS count FROM day_counts WHERE day >= ? AND day <= ? ORDER BY day DESC',
      from ?? '',
      to ?? '9999-99-99',
    );
  }
  return yield* filteredDays(catalog, filter);
}

/** Which part of a month is wanted; days are of the month, from 1. */
export interface MonthSpan {
  readonly month: string;
  readonly firstDay?: number;
  readonly lastDay?: number;
  readonly offset?: number;
  /** At most 1,000, and as many without it. */
  readonly limit?: number;
}

/** Assets of some days of a month that pass, newest first. */
export function timelineMonth(
  catalog: CatalogReader,
  span: MonthSpan,
  filter: AssetFilter = {},
): TimelineAsset[] {
  const { month, firstDay = 1, lastDay = 31, offset = 0, limit = 1000 } = span;
  const { sql, values } = filterClause(filter);
  return catalog
    .all<TimelineRow>(
      timelineSelect(
        `WHERE assets.captured_local >= ? AND assets.captured_local < ? AND ${sql}
         ORDER BY ${NEWEST_FIRST} LIMIT ? OFFSET ?`,
      ),
      `${month}-${twoDigits(firstDay)}`,
      // 'U' follows 'T': behind each moment of that day.
      `${month}-${twoDigits(lastDay)}U`,
      ...values,
      limit,
      offset,
    )
    .map(timelineAsset);
}

function twoDigits(day: number): string {
  return String(day).padStart(2, '0');
}

/** How many of a month's newest assets are looked at for one with a picture. */
const LOOKED_AT_COUNT = 20;

/** Of each month of a year `YYYY` that has assets that pass, the newest with a picture, newest month first. */
export function yearCovers(
  catalog: CatalogReader,
  year: string,
  filter: AssetFilter = {},
): TimelineAsset[] {
  return atOnce(coversInSteps(catalog, year, filter));
}

/** The same in steps of some milliseconds. */
export function* coversInSteps(
  catalog: CatalogReader,
  year: string,
  filter: AssetFilter,
): Generator<undefined, TimelineAsset[], undefined> {
  const covers: TimelineAsset[] = [];
  for (let month = 12; month >= 1; month -= 1) {
    const cover = monthCover(catalog, `${year}-${twoDigits(month)}`, filter);
    if (cover) covers.push(cover);
    yield;
  }
  return covers;
}

function monthCover(
  catalog: CatalogReader,
  month: string,
  filter: AssetFilter,
): TimelineAsset | undefined {
  // Nearly always the newest has one.
  for (const limit of [1, LOOKED_AT_COUNT]) {
    const newest = timelineMonth(catalog, { month, limit }, filter);
    const cover = newest.find(({ tile }) => tile === 'ready');
    if (cover !== undefined || newest.length < limit) return cover;
  }
  return undefined;
}

/** What is shown of the assets that the end of a query on `assets` chooses (WHERE, ORDER BY, LIMIT), newest first. */
export function chosenAssets(
  catalog: CatalogReader,
  which: string,
  ...values: readonly (string | number)[]
): TimelineAsset[] {
  return catalog.all<TimelineRow>(timelineSelect(which), ...values).map(timelineAsset);
}

export function assetById(catalog: CatalogReader, assetId: string): TimelineAsset | undefined {
  const row = catalog.get<TimelineRow>(timelineSelect('WHERE assets.asset_id = ?'), assetId);
  return row && timelineAsset(row);
}

/** The other assets of the burst that an asset is a frame of, in the order they were taken; at most a thousand. */
export function burstOf(catalog: CatalogReader, assetId: string): TimelineAsset[] {
  return catalog
    .all<TimelineRow>(
      timelineSelect(
        `WHERE assets.burst_id = (SELECT burst_id FROM assets WHERE asset_id = ?) AND assets.asset_id <> ?
         ORDER BY assets.captured_local LIMIT 1000`,
        'assets.captured_local, shown.path',
      ),
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

/** What is in the library, from sums that are kept: every window asks for it with each photo that comes. */
export function libraryCounts(catalog: CatalogReader): LibraryCounts {
  return (
    catalog.get<LibraryCounts>(
      `SELECT (SELECT coalesce(sum(asset_count), 0) FROM day_counts) AS assetCount,
         coalesce(sum(file_count), 0) AS resourceCount, coalesce(sum(byte_count), 0) AS byteCount FROM arrivals`,
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
    byteCount: row.byte_count,
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
