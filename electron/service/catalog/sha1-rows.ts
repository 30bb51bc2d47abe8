import type { Receipt } from '../../../shared/receipt.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { receiptsOfRows } from './receipt-queries.ts';

/** Notes the SHA-1 of a receipt's bytes; of one that is not here, or has one, nothing. */
export function saveSha1(catalog: CatalogWriter, receiptId: string, sha1: string): void {
  catalog.run(
    `INSERT OR IGNORE INTO sha1s (receipt_id, sha1)
     SELECT receipt_id, ? FROM resources WHERE receipt_id = ?`,
    sha1,
    receiptId,
  );
}

/** SQL that says whether a device sent the bytes of `resources` itself, whoever was first; takes its id twice. */
export const IS_OWN = `(resources.device_id = ? OR EXISTS (
  SELECT 1 FROM links WHERE links.receipt_id = resources.receipt_id AND links.device_id = ?))`;

/** Receipts of bytes with this SHA-1 that a device sent itself, newest first. */
export function ownReceiptsBySha1(
  catalog: CatalogReader,
  deviceId: string,
  sha1: string,
): Receipt[] {
  return receiptsOfRows(
    catalog.all(
      `SELECT receipt FROM sha1s JOIN resources USING (receipt_id)
       WHERE sha1s.sha1 = ? AND ${IS_OWN} ORDER BY resources.rowid DESC LIMIT 20`,
      sha1,
      deviceId,
      deviceId,
    ),
  );
}

/** Receipts that a device sent itself and that have no SHA-1 yet, in the order of the journal behind a number. */
export function ownReceiptsWithoutSha1(
  catalog: CatalogReader,
  deviceId: string,
  after: number,
  limit: number,
): { readonly receipt: Receipt; readonly number: number }[] {
  return catalog
    .all<{ receipt: string; number: number }>(
      `SELECT receipt, resources.rowid AS number FROM resources LEFT JOIN sha1s USING (receipt_id)
       WHERE resources.rowid > ? AND sha1s.sha1 IS NULL AND ${IS_OWN} ORDER BY resources.rowid LIMIT ?`,
      after,
      deviceId,
      deviceId,
      limit,
    )
    .flatMap((row) => receiptsOfRows([row]).map((receipt) => ({ receipt, number: row.number })));
}
