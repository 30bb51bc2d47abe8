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

/** So many receipts are looked at in one query, whosever they are. */
const AT_ONCE = 5_000;

/**
 * Of the next receipts behind a number of the journal, those that a device sent itself and that have no SHA-1 yet.
 * `upTo` is the number that was reached: the same as before at the end.
 */
export function ownReceiptsWithoutSha1(
  catalog: CatalogReader,
  deviceId: string,
  after: number,
): { readonly receipts: readonly Receipt[]; readonly upTo: number } {
  const last = catalog.get<{ number: number | null }>('SELECT max(rowid) AS number FROM resources');
  const upTo = Math.max(after, Math.min(after + AT_ONCE, last?.number ?? 0));
  const rows = catalog.all<{ receipt: string }>(
    `SELECT receipt FROM resources LEFT JOIN sha1s USING (receipt_id)
     WHERE resources.rowid > ? AND resources.rowid <= ? AND sha1s.sha1 IS NULL AND ${IS_OWN}
     ORDER BY resources.rowid`,
    after,
    upTo,
    deviceId,
    deviceId,
  );
  return { receipts: receiptsOfRows(rows), upTo };
}
