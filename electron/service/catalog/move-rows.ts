import type { Move } from '../../../shared/receipt.ts';
import { foldName } from '../library/folder-names.ts';

import type { CatalogWriter } from './open-catalog.ts';

/** Keeps a move, and gives the receipt the path where its file stands now. The same move twice changes nothing. */
export function recordMove(catalog: CatalogWriter, move: Move): void {
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
  if (isNew === 0) return;
  catalog.run(
    `UPDATE resources SET path = ?, path_key = ?, receipt = json_set(receipt, '$.path', ?)
     WHERE receipt_id = ?`,
    move.to,
    foldName(move.to),
    move.to,
    move.receiptId,
  );
}
