import { setImmediate as nextTurn } from 'node:timers/promises';

import type { SentSummary } from '../../../shared/coverage-view.ts';
import { isInTrash } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import type { VerifiedSpan } from './coverage-counts.ts';

/** So many rows are looked at before others have their turn: some milliseconds. */
const SLICE_ROWS = 2_000;

interface SentRow {
  readonly asset_key: string;
  readonly resource_type: string;
  readonly receipt_id: string;
  readonly byte_count: number;
  readonly path: string;
  readonly read_at: number;
  readonly found_at: number | null;
}

/** What became of all that a device ever sent. It looks at every file of it, so only who shows it asks. */
export async function sentSummary(
  catalog: CatalogReader,
  deviceId: string,
  span: VerifiedSpan,
): Promise<SentSummary> {
  const sum = {
    resourceCount: 0,
    byteCount: 0,
    verifiedCount: 0,
    verifiedByteCount: 0,
    damagedCount: 0,
    trashedCount: 0,
  };
  let last = { asset_key: '', resource_type: '', receipt_id: '' };
  for (;;) {
    const rows = catalog.all<SentRow>(
      `SELECT sent.asset_key, sent.resource_type, sent.receipt_id, resources.byte_count, resources.path,
         readings.read_at, readings.found_at
       FROM sent CROSS JOIN resources USING (receipt_id) CROSS JOIN readings USING (receipt_id)
       WHERE sent.device_id = ? AND (sent.asset_key, sent.resource_type, sent.receipt_id) > (?, ?, ?)
       ORDER BY sent.asset_key, sent.resource_type, sent.receipt_id LIMIT ?`,
      deviceId,
      last.asset_key,
      last.resource_type,
      last.receipt_id,
      SLICE_ROWS,
    );
    for (const row of rows) {
      if (isInTrash(row.path)) sum.trashedCount += 1;
      else if (row.found_at !== null) sum.damagedCount += 1;
      else {
        sum.resourceCount += 1;
        sum.byteCount += row.byte_count;
        if (row.read_at < span.from || row.read_at >= span.to) continue;
        sum.verifiedCount += 1;
        sum.verifiedByteCount += row.byte_count;
      }
    }
    const end = rows.at(-1);
    if (!end || rows.length < SLICE_ROWS) return sum;
    last = end;
    await nextTurn();
  }
}
