import { soundMetadata } from '../../../shared/media-metadata.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { ResourceRole } from '../../../shared/resource-role.ts';
import type { GroupingFacts } from '../assets/grouping/grouping-facts.ts';
import { searchableOf, type Searchable } from '../assets/search-facts.ts';
import { summariseAsset, type AssetSummary, type KnownFile } from '../assets/summarise-asset.ts';

import { isFavourite } from './favourite-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { indexNames, searchGroupOf } from './search-rows.ts';

/** Brings what is shown of an asset up to date with its files. One whose files are all in the trash is not shown. */
export function refreshAsset(catalog: CatalogWriter, assetId: string): void {
  const files = filesOf(catalog, assetId);
  const summary = summariseAsset(files);
  if (!summary) removeAsset(catalog, assetId);
  else {
    const deviceIds = devicesOf(catalog, assetId);
    const searchable = searchableOf(files, summary, deviceIds, isFavourite(catalog, assetId));
    saveAsset(catalog, assetId, summary, searchable);
  }
}

/** The same for an asset of one file that has just come, as nearly all are: nothing needs to be asked. */
export function showNewAsset(
  catalog: CatalogWriter,
  receipt: Receipt,
  { partId, role, contentId, burstId }: GroupingFacts,
): void {
  const files = [{ receipt, role, place: 0, contentId, burstId }];
  const summary = summariseAsset(files);
  if (summary) {
    const { deviceId } = receipt;
    saveAsset(
      catalog,
      partId,
      summary,
      searchableOf(files, summary, [deviceId], receipt.told.favorite === true),
    );
  }
}

function removeAsset(catalog: CatalogWriter, assetId: string): void {
  catalog.run('DELETE FROM assets WHERE asset_id = ?', assetId);
}

/** Who sent its files, also those who were not the first. */
function devicesOf(catalog: CatalogReader, assetId: string): string[] {
  return catalog
    .all<{ device_id: string }>(
      `SELECT device_id FROM resources WHERE asset_id = ?
       UNION SELECT links.device_id FROM links JOIN resources USING (receipt_id) WHERE asset_id = ? LIMIT 200`,
      assetId,
      assetId,
    )
    .map((row) => row.device_id);
}

function saveAsset(
  catalog: CatalogWriter,
  assetId: string,
  summary: AssetSummary,
  searchable: Searchable,
): void {
  const { captureTime } = summary;
  catalog.run(
    `INSERT INTO assets (asset_id, captured_local, captured_offset, capture_source, captured_offset_source,
       shown_receipt_id, burst_id, kinds, warnings, has_clip, favourite,
       search_group, search_names)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET captured_local = excluded.captured_local,
       captured_offset = excluded.captured_offset, capture_source = excluded.capture_source,
       captured_offset_source = excluded.captured_offset_source, shown_receipt_id = excluded.shown_receipt_id,
       burst_id = excluded.burst_id, kinds = excluded.kinds, warnings = excluded.warnings,
       has_clip = excluded.has_clip, favourite = excluded.favourite, search_group = excluded.search_group, search_names = excluded.search_names`,
    assetId,
    captureTime.local,
    captureTime.offsetMinutes ?? null,
    captureTime.source,
    captureTime.offsetSource ?? null,
    summary.shownReceiptId,
    summary.burstId ?? null,
    JSON.stringify(summary.kinds),
    JSON.stringify(summary.warnings),
    summary.hasClip ? 1 : 0,
    searchable.facts.isFavourite ? 1 : 0,
    searchGroupOf(catalog, searchable.facts),
    searchable.names,
  );
  indexNames(catalog);
}

interface FileRow {
  readonly place: number;
  readonly receipt: string;
  readonly role: ResourceRole;
  readonly content_id: string | null;
  readonly burst_id: string | null;
  readonly media_type: string | null;
  readonly metadata: string | null;
}

/**
 * The files that say what an asset is: of each kind the first and the newest, since one may have been sent in thousands
 * of versions.
 */
function filesOf(catalog: CatalogReader, assetId: string): KnownFile[] {
  const rows = catalog.all<FileRow>(
    `SELECT resources.rowid AS place, receipt, role, resources.content_id, resources.burst_id, media.media_type,
       metadata.metadata
     FROM (
       SELECT min(rowid) AS chosen FROM resources
         WHERE asset_id = ? AND path NOT LIKE '.roost/trash/%' GROUP BY role, resource_type, timing
       UNION SELECT max(rowid) FROM resources
         WHERE asset_id = ? AND path NOT LIKE '.roost/trash/%' GROUP BY role, resource_type, timing
     )
     JOIN resources ON resources.rowid = chosen
     LEFT JOIN media ON media.sha256 = resources.sha256
     LEFT JOIN metadata ON metadata.sha256 = resources.sha256
     ORDER BY place LIMIT 200`,
    assetId,
    assetId,
  );
  return rows.map(knownFile);
}

function knownFile(row: FileRow): KnownFile {
  // The catalog's own text, which was parsed when it came.
  const receipt = JSON.parse(row.receipt) as Receipt;
  return {
    receipt,
    role: row.role,
    place: row.place,
    contentId: row.content_id ?? undefined,
    burstId: row.burst_id ?? undefined,
    mediaType: row.media_type ?? undefined,
    metadata:
      row.metadata === null
        ? undefined
        : soundMetadata(JSON.parse(row.metadata) as Record<string, unknown>),
  };
}
