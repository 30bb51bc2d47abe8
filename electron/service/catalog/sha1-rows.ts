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

/** So many rows are looked at in one query, whosever they are. */
const AT_ONCE = 5_000;

/** How far one went through what a device sent: numbers of the journal, and of what was sent again. */
export interface SentPlace {
  readonly receipts: number;
  readonly links: number;
}

/**
 * Of what is behind a place, the next receipts that a device sent itself, or sent again, and that have no SHA-1 yet.
 * `upTo` is the place that was reached: the same as before at the end.
 */
export function ownReceiptsWithoutSha1(
  catalog: CatalogReader,
  deviceId: string,
  after: SentPlace,
): { readonly receipts: readonly Receipt[]; readonly upTo: SentPlace } {
  const end = (table: 'resources' | 'links', from: number): number => {
    const last = catalog.get<{ number: number | null }>(
      `SELECT max(rowid) AS number FROM ${table}`,
    );
    return Math.max(from, Math.min(from + AT_ONCE, last?.number ?? 0));
  };
  const upTo = {
    receipts: end('resources', after.receipts),
    links: end('links', after.links),
  };
  const rows = catalog.all<{ receipt: string }>(
    `SELECT receipt FROM resources LEFT JOIN sha1s USING (receipt_id)
     WHERE resources.rowid > ? AND resources.rowid <= ? AND device_id = ? AND sha1s.sha1 IS NULL
     UNION ALL
     SELECT receipt FROM links JOIN resources USING (receipt_id) LEFT JOIN sha1s USING (receipt_id)
     WHERE links.rowid > ? AND links.rowid <= ? AND links.device_id = ? AND resources.device_id <> links.device_id
       AND sha1s.sha1 IS NULL`,
    after.receipts,
    upTo.receipts,
    deviceId,
    after.links,
    upTo.links,
    deviceId,
  );
  return { receipts: receiptsOfRows(rows), upTo };
}
