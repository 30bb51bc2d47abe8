import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';

import { judgeAssets } from './judge-assets.ts';

interface StaleRow {
  readonly asset_no: number;
  readonly device_id: string;
}

/**
 * Judges a few assets that are to be judged, of inventories that count and of those that are being sent.
 * @param deviceId only of this device
 * @returns how many there were
 */
export function settleStale(catalog: CatalogWriter, limit: number, deviceId?: string): number {
  const inventories = catalog.all<{ inventory_no: number; device_id: string }>(
    // Those that count first: a person may be looking.
    "SELECT inventory_no, device_id FROM inventories WHERE state IN ('current', 'draft') ORDER BY state, inventory_no",
  );
  for (const inventory of inventories) {
    if (deviceId !== undefined && inventory.device_id !== deviceId) continue;
    const stale = catalog.all<StaleRow>(
      "SELECT asset_no FROM inventory_assets WHERE inventory_no = ? AND state = 'stale' LIMIT ?",
      inventory.inventory_no,
      limit,
    );
    if (stale.length === 0) continue;
    const assetNos = stale.map((row) => row.asset_no);
    catalog.transaction(() => {
      for (const verdict of judgeAssets(catalog, inventory.device_id, assetNos)) {
        catalog.run(
          `UPDATE inventory_assets SET state = ?, verified_at = ?, reason = ?, byte_count = ?, unsized_count = ?
           WHERE asset_no = ?`,
          verdict.state,
          verdict.verifiedAt,
          verdict.reason ?? null,
          verdict.byteCount,
          verdict.unsizedCount,
          verdict.assetNo,
        );
      }
    });
    return stale.length;
  }
  return 0;
}

/** Whether anything is to be judged. */
export function hasStale(catalog: CatalogReader): boolean {
  const row = catalog.get(
    `SELECT 1 FROM inventories CROSS JOIN inventory_counts USING (inventory_no)
     WHERE inventories.state IN ('current', 'draft') AND inventory_counts.state = 'stale' AND asset_count > 0 LIMIT 1`,
  );
  return row !== undefined;
}
