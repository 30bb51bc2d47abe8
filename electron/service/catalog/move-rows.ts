import { isInTrash, type Move, type Receipt } from '../../../shared/receipt.ts';
import { foldName, stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import { countMove } from './filing-rows.ts';
import { markUnlisted } from './hash-list-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/**
 * Keeps a move, and gives the receipt the path where its file stands now. Gives the asset of the receipt;
 * `undefined` for a move that is known, since the same one twice changes nothing.
 */
export function recordMove(catalog: CatalogWriter, move: Move): string | undefined {
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
  if (isNew === 0) return undefined;
  countMove(catalog, move);
  const row = catalog.get<{ asset_id: string }>(
    `UPDATE resources SET path = ?, path_key = ?, folder_key = ?, stem_key = ?, trashed_at = ?,
       receipt = json_set(receipt, '$.path', ?)
     WHERE receipt_id = ? RETURNING asset_id`,
    move.to,
    foldName(move.to),
    foldName(folderOf(move.to)),
    stemKey(move.to),
    isInTrash(move.to) ? move.movedAt : null,
    move.to,
    move.receiptId,
  );
  markUnlisted(catalog, move.from);
  markUnlisted(catalog, move.to);
  return row?.asset_id;
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

/** Whether a file was moved beside the others of its asset before: that happens once, without being asked. */
export function wasBroughtTogether(catalog: CatalogReader, receiptId: string): boolean {
  const move = catalog.get(
    "SELECT 1 FROM moves WHERE receipt_id = ? AND cause = 'together'",
    receiptId,
  );
  return move !== undefined;
}
