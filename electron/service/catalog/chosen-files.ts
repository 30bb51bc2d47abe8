import type { ExportFiles } from '../../../shared/export-view.ts';
import type { ResourceRole } from '../../../shared/resource-role.ts';
import { isEdit } from '../assets/grouping/resource-role.ts';

import type { CatalogReader } from './open-catalog.ts';
import { assetOfPart } from './regroup.ts';

/** A file of an asset that a person chose, as far as is needed to carry it somewhere. */
export interface ChosenFile {
  readonly receiptId: string;
  /** Of now, below the library. */
  readonly path: string;
  readonly byteCount: number;
}

interface ChosenRow extends ChosenFile {
  readonly assetId: string;
  readonly role: ResourceRole;
}

/**
 * For each of some assets its files that stand in the library, oldest first, also those of other assets that it has
 * through duplicates; receipts that name one file count once. Only such as were there when `asOf` was asked for. Ask
 * for a hundred at once: that is a turn of some milliseconds.
 */
export function chosenFiles(
  catalog: CatalogReader,
  askedIds: readonly string[],
  files: ExportFiles,
  asOf = Number.MAX_SAFE_INTEGER,
): ChosenFile[][] {
  const assetIds = askedIds.map((askedId) => assetOfPart(catalog, askedId));
  const rows = catalog.all<ChosenRow>(
    `WITH asked AS MATERIALIZED (SELECT DISTINCT value AS asset_id FROM json_each(?)),
     found AS MATERIALIZED (
       SELECT asked.asset_id, resources.rowid AS resource_row
       FROM asked CROSS JOIN resources ON resources.asset_id = asked.asset_id
       UNION
       SELECT asked.asset_id, resources.rowid FROM asked
       CROSS JOIN asset_parts ON asset_parts.asset_id = asked.asset_id
       CROSS JOIN asset_keys ON asset_keys.asset_id = asset_parts.part_id
       CROSS JOIN sent USING (device_id, asset_key)
       CROSS JOIN resources ON resources.receipt_id = sent.receipt_id)
     SELECT found.asset_id AS assetId, receipt_id AS receiptId, path, byte_count AS byteCount, role
     FROM found CROSS JOIN resources ON resources.rowid = resource_row
     WHERE trashed_at IS NULL AND resource_row <= ? ORDER BY resource_row`,
    JSON.stringify(assetIds),
    asOf,
  );
  const byAsset = Map.groupBy(rows, ({ assetId }) => assetId);
  return assetIds.map((assetId) => wantedOf(byAsset.get(assetId) ?? [], files));
}

function wantedOf(rows: readonly ChosenRow[], files: ExportFiles): ChosenFile[] {
  const wanted = rows.filter(({ role }) => files === 'everything' || !isEdit(role));
  // Of an asset that came as an edit alone, that is what there is.
  const chosen = wanted.length > 0 ? wanted : rows;
  const byPath = chosen.map(
    ({ receiptId, path, byteCount }) => [path, { receiptId, path, byteCount }] as const,
  );
  return [...new Map(byPath).values()];
}

/** Which files there are now: later ones have higher numbers. Valid as long as the catalog is not made anew. */
export function asOfNow(catalog: CatalogReader): number {
  const row = catalog.get<{ last: number | null }>('SELECT max(rowid) AS last FROM resources');
  return row?.last ?? 0;
}

/** How many of some assets are favourites. */
export function countFavourites(catalog: CatalogReader, assetIds: readonly string[]): number {
  const row = catalog.get<{ count: number }>(
    `SELECT count(*) AS count FROM assets
     WHERE favourite = 1 AND asset_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(assetIds),
  );
  return row?.count ?? 0;
}
