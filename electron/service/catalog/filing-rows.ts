import type { FilingBatch } from '../../../shared/filing-view.ts';
import type { Move } from '../../../shared/receipt.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** What moves originals in a batch. */
export type BatchKind = FilingBatch['kind'];

interface BatchRow {
  readonly batch_id: string;
  readonly kind: BatchKind;
  readonly of_batch_id: string | null;
  readonly state: FilingBatch['state'];
  readonly cursor: string;
  readonly asset_count: number;
  readonly done_count: number;
  readonly file_count: number;
  readonly failed_count: number;
  readonly started_at: number;
  readonly finished_at: number | null;
}

/** A batch with how far it came: `cursor` is empty at its beginning. */
export interface KnownBatch extends FilingBatch {
  readonly cursor: string;
}

export interface NewBatch {
  readonly batchId: string;
  readonly kind: BatchKind;
  /** The batch that this one takes back. */
  readonly ofBatchId?: string;
  /** Assets, or files for a batch that takes another back. */
  readonly count: number;
  readonly at: number;
}

export function saveBatch(catalog: CatalogWriter, batch: NewBatch): void {
  catalog.run(
    `INSERT INTO filing_batches (batch_id, kind, of_batch_id, state, cursor, asset_count, done_count, file_count,
       failed_count, started_at)
     VALUES (?, ?, ?, 'running', '', ?, 0, 0, 0, ?)`,
    batch.batchId,
    batch.kind,
    batch.ofBatchId ?? null,
    batch.count,
    batch.at,
  );
}

/** Notes that one more of a batch is through, also one that could not be moved. */
export function saveStep(
  catalog: CatalogWriter,
  batchId: string,
  step: { readonly cursor: string; readonly failedCount: number },
): void {
  catalog.run(
    `UPDATE filing_batches SET cursor = ?, done_count = done_count + 1, failed_count = failed_count + ?
     WHERE batch_id = ?`,
    step.cursor,
    step.failedCount,
    batchId,
  );
}

export function endBatch(
  catalog: CatalogWriter,
  batchId: string,
  state: 'done' | 'stopped',
  at: number,
): void {
  catalog.run(
    `UPDATE filing_batches SET state = ?, finished_at = ? WHERE batch_id = ? AND state = 'running'`,
    state,
    at,
    batchId,
  );
}

/** Counts a move to its batch. A catalog that is made anew learns of batches by this alone. */
export function countMove(catalog: CatalogWriter, move: Move): void {
  if (move.batchId === undefined) return;
  catalog.run(
    `INSERT INTO filing_batches (batch_id, kind, state, cursor, asset_count, done_count, file_count, failed_count,
       started_at, finished_at)
     VALUES (?, ?, 'done', '', 0, 0, 1, 0, ?, ?)
     ON CONFLICT DO UPDATE SET file_count = file_count + 1`,
    move.batchId,
    move.cause,
    move.movedAt,
    move.movedAt,
  );
}

export function batchById(catalog: CatalogReader, batchId: string): KnownBatch | undefined {
  const row = catalog.get<BatchRow>('SELECT * FROM filing_batches WHERE batch_id = ?', batchId);
  return row && batchOf(catalog, row);
}

/** Batches that were not through when the service or the library went, oldest first. */
export function runningBatches(catalog: CatalogReader): KnownBatch[] {
  return catalog
    .all<BatchRow>(
      "SELECT * FROM filing_batches WHERE state = 'running' ORDER BY started_at, rowid",
    )
    .map((row) => batchOf(catalog, row));
}

/** The last batches, newest first. */
export function lastBatches(catalog: CatalogReader, count: number): KnownBatch[] {
  return catalog
    .all<BatchRow>(
      'SELECT * FROM filing_batches ORDER BY started_at DESC, rowid DESC LIMIT ?',
      count,
    )
    .map((row) => batchOf(catalog, row));
}

/** The last batches into the trash, newest first: each is the way back for what lies there. */
export function lastTrashBatches(catalog: CatalogReader, count: number): KnownBatch[] {
  return catalog
    .all<BatchRow>(
      `SELECT * FROM filing_batches WHERE kind = 'trash' ORDER BY started_at DESC, rowid DESC LIMIT ?`,
      count,
    )
    .map((row) => batchOf(catalog, row));
}

function batchOf(catalog: CatalogReader, row: BatchRow): KnownBatch {
  return {
    batchId: row.batch_id,
    kind: row.kind,
    ...(row.of_batch_id !== null && { ofBatchId: row.of_batch_id }),
    state: row.state,
    cursor: row.cursor,
    count: row.asset_count,
    doneCount: row.done_count,
    fileCount: row.file_count,
    failedCount: row.failed_count,
    startedAt: row.started_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    canUndo: row.state !== 'running' && isStanding(catalog, row.batch_id),
  };
}

/** Whether a file still stands where a batch put it. */
function isStanding(catalog: CatalogReader, batchId: string): boolean {
  const row = catalog.get(
    `SELECT 1 FROM moves JOIN resources USING (receipt_id)
     WHERE moves.batch_id = ? AND resources.path = moves.to_path LIMIT 1`,
    batchId,
  );
  return row !== undefined;
}

export interface MoveOfBatch {
  /** Its place among all moves, in the order of the journal. */
  readonly number: number;
  readonly receiptId: string;
  readonly from: string;
  readonly to: string;
}

/** The last move of a batch before a place among all moves. */
export function moveBefore(
  catalog: CatalogReader,
  batchId: string,
  before: number,
): MoveOfBatch | undefined {
  return catalog.get<MoveOfBatch>(
    `SELECT rowid AS number, receipt_id AS receiptId, from_path AS "from", to_path AS "to" FROM moves
     WHERE batch_id = ? AND rowid < ? ORDER BY rowid DESC LIMIT 1`,
    batchId,
    before,
  );
}

export function countMoves(catalog: CatalogReader, batchId: string): number {
  const row = catalog.get<{ count: number }>(
    'SELECT count(*) AS count FROM moves WHERE batch_id = ?',
    batchId,
  );
  return row?.count ?? 0;
}

/** Where the file of a receipt stood before it came to where it is. */
export function pathBefore(
  catalog: CatalogReader,
  receiptId: string,
  path: string,
): string | undefined {
  return catalog.get<{ from_path: string }>(
    'SELECT from_path FROM moves WHERE receipt_id = ? AND to_path = ? ORDER BY rowid DESC LIMIT 1',
    receiptId,
    path,
  )?.from_path;
}

/** Assets that a batch is still to look at: those that it was begun for. */
export function saveItems(
  catalog: CatalogWriter,
  batchId: string,
  assetIds: readonly string[],
): void {
  for (const assetId of assetIds) {
    catalog.run(
      'INSERT OR IGNORE INTO filing_items (batch_id, asset_id) VALUES (?, ?)',
      batchId,
      assetId,
    );
  }
}

/** Assets that were noted for a batch which this process, or one before it, did not come to begin. */
export function dropItemsOfNoBatch(catalog: CatalogWriter): void {
  catalog.run(
    'DELETE FROM filing_items WHERE batch_id NOT IN (SELECT batch_id FROM filing_batches)',
  );
}

export function nextItem(catalog: CatalogReader, batchId: string): string | undefined {
  return catalog.get<{ asset_id: string }>(
    'SELECT asset_id FROM filing_items WHERE batch_id = ? ORDER BY asset_id LIMIT 1',
    batchId,
  )?.asset_id;
}

export function removeItem(catalog: CatalogWriter, batchId: string, assetId: string): void {
  catalog.run('DELETE FROM filing_items WHERE batch_id = ? AND asset_id = ?', batchId, assetId);
}
