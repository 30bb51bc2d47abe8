import type { Move, Receipt } from '../../../shared/receipt.ts';
import { foldName, stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import { countMove } from './filing-rows.ts';
import { markUnlisted } from './hash-list-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** Keeps a move, and gives the receipt the path where its file stands now. The same move twice changes nothing. */
export function recordMove(catalog: CatalogWriter, move: Move): void {
  const isNew = catalog.run(
    `INSERT OR IGNORE INTO moves (move_id, receipt_id, batch_id, cause, from_path, from_key, to_path, moved_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    move.moveId,
    move.receiptId,
    move.batchId ?? null,
    move.cause,
    move.from,
    foldName(move.from),
    move.to,
    move.movedAt,
  );
  if (isNew === 0) return;
  countMove(catalog, move);
  catalog.run(
    `UPDATE resources SET path = ?, path_key = ?, folder_key = ?, stem_key = ?, receipt = json_set(receipt, '$.path', ?)
     WHERE receipt_id = ?`,
    move.to,
    foldName(move.to),
    foldName(folderOf(move.to)),
    stemKey(move.to),
    move.to,
    move.receiptId,
  );
  markUnlisted(catalog, move.from);
  markUnlisted(catalog, move.to);
}

/** Ids of all receipts that name the very file of a receipt: it may have been taken away and sent again. */
export function receiptsOfFile(
  catalog: CatalogReader,
  { path, sha256 }: Pick<Receipt, 'path' | 'sha256'>,
): string[] {
  return catalog
    .all<{ receipt_id: string }>(
      'SELECT receipt_id FROM resources WHERE path_key = ? AND path = ? AND sha256 = ? ORDER BY rowid',
      foldName(path),
      path,
      sha256,
    )
    .map((row) => row.receipt_id);
}

/** Ids of the receipts whose files stand at a path, or at one that cannot stand beside it. */
export function receiptsAt(catalog: CatalogReader, path: string): string[] {
  return catalog
    .all<{ receipt_id: string }>(
      'SELECT receipt_id FROM resources WHERE path_key = ?',
      foldName(path),
    )
    .map((row) => row.receipt_id);
}
