import type { Move } from '../../../shared/receipt.ts';
import { foldName } from '../library/folder-names.ts';

import type { CatalogWriter } from './open-catalog.ts';

/**
 * Keeps a move, and gives the receipt the path where its file stands now. Gives the asset of the receipt;
 * `undefined` for a move that is known, since the same one twice changes nothing.
 */
export function recordMove(catalog: CatalogWriter, move: Move): string | undefined {
  const isNew = catalog.run(
    `INSERT OR IGNORE INTO moves (move_id, receipt_id, batch_id, cause, from_path, to_path, moved_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    move.moveId,
    move.receiptId,
    move.batchId ?? null,
    move.cause,
    move.from,
    move.to,
    move.movedAt,
  );
  if (isNew === 0) return undefined;
  const row = catalog.get<{ asset_id: string }>(
    `UPDATE resources SET path = ?, path_key = ?, receipt = json_set(receipt, '$.path', ?)
     WHERE receipt_id = ? RETURNING asset_id`,
    move.to,
    foldName(move.to),
    move.to,
    move.receiptId,
  );
  return row?.asset_id;
}
