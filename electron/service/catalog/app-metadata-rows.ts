import type { AppMetadata } from '../../../shared/receipt.ts';
import type { KeptValue } from '../lan/own-files.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** Keeps what an app wants kept beside a file, unless something later is kept under that key. */
export function saveAppMetadata(catalog: CatalogWriter, told: AppMetadata): void {
  catalog.run(
    `INSERT INTO app_metadata (device_id, receipt_id, key, value, noted_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value, noted_at = excluded.noted_at
     WHERE excluded.noted_at >= noted_at`,
    told.deviceId,
    told.receiptId,
    told.key,
    told.value,
    told.notedAt,
  );
}

/** What a device's app keeps beside a file, by its keys. */
export function appMetadataOf(
  catalog: CatalogReader,
  deviceId: string,
  receiptId: string,
): ReadonlyMap<string, KeptValue> {
  const rows = catalog.all<{ key: string; value: string; noted_at: number }>(
    `SELECT key, value, noted_at FROM app_metadata WHERE receipt_id = ? AND device_id = ?
     ORDER BY key LIMIT 50`,
    receiptId,
    deviceId,
  );
  return new Map(rows.map(({ key, value, noted_at }) => [key, { value, notedAt: noted_at }]));
}
