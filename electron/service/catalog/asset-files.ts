import type { CaptureTime } from '../../../shared/capture-time.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';

import type { CatalogReader } from './open-catalog.ts';
import { receiptsOfAsset } from './receipt-queries.ts';

interface AssetRow {
  readonly asset_id: string;
  readonly captured_local: string;
  readonly captured_offset: number | null;
  readonly capture_source: CaptureTime['source'];
}

export interface FiledAsset {
  readonly assetId: string;
  /** As far as is known now, which may be better than what the receipts say. */
  readonly captureTime: CaptureTime;
  /** Of its files that are not in the trash, oldest first. */
  readonly receipts: readonly Receipt[];
}

/** The next assets behind one, in the order of their ids. */
export function assetsBehind(
  catalog: CatalogReader,
  behind: string,
  count: number,
): readonly FiledAsset[] {
  return catalog
    .all<AssetRow>(
      `SELECT asset_id, captured_local, captured_offset, capture_source FROM assets
       WHERE asset_id > ? ORDER BY asset_id LIMIT ?`,
      behind,
      count,
    )
    .map((row) => filedOf(catalog, row));
}

export function filedAsset(catalog: CatalogReader, assetId: string): FiledAsset | undefined {
  const row = catalog.get<AssetRow>(
    `SELECT asset_id, captured_local, captured_offset, capture_source FROM assets WHERE asset_id = ?`,
    assetId,
  );
  return row && filedOf(catalog, row);
}

/** Whether there is such an asset that is not in the trash. */
export function isShown(catalog: CatalogReader, assetId: string): boolean {
  return catalog.get('SELECT 1 FROM assets WHERE asset_id = ?', assetId) !== undefined;
}

/** How many files some assets have, as far as `limit`. */
export function countFiles(
  catalog: CatalogReader,
  assetIds: readonly string[],
  limit: number,
): number {
  let count = 0;
  for (const assetId of assetIds) {
    if (count >= limit) break;
    const row = catalog.get<{ count: number }>(
      'SELECT count(*) AS count FROM resources WHERE asset_id = ?',
      assetId,
    );
    count += row?.count ?? 0;
  }
  return Math.min(count, limit);
}

export function countAssets(catalog: CatalogReader): number {
  return catalog.get<{ count: number }>('SELECT count(*) AS count FROM assets')?.count ?? 0;
}

function filedOf(catalog: CatalogReader, row: AssetRow): FiledAsset {
  return {
    assetId: row.asset_id,
    captureTime: {
      local: row.captured_local,
      ...(row.captured_offset !== null && { offsetMinutes: row.captured_offset }),
      source: row.capture_source,
    },
    receipts: receiptsOfAsset(catalog, row.asset_id).filter(({ path }) => !isInTrash(path)),
  };
}
