import type { Receipt } from '../../../shared/receipt.ts';
import { foldName } from '../library/folder-names.ts';
import type { Finding } from '../library/check-original.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { receiptById } from './receipt-queries.ts';

const HOUR_MS = 3_600_000;

/** Notes a receipt as not re-read yet. Nothing happens for one that is known. */
export function recordUnread(
  catalog: CatalogWriter,
  receipt: Pick<Receipt, 'receiptId' | 'byteCount' | 'sha256'>,
): void {
  // Not OR IGNORE: it would rule in the trigger as well.
  const added = catalog.run(
    `INSERT INTO readings (receipt_id, byte_count, read_at, finding, is_replaced)
     SELECT ?, ?, 0, 'unread', 0 WHERE NOT EXISTS (SELECT 1 FROM readings WHERE receipt_id = ?)`,
    receipt.receiptId,
    receipt.byteCount,
    receipt.receiptId,
  );
  if (added > 0) markReplaced(catalog, receipt.sha256, 1);
}

/**
 * Notes what reading the file of a receipt found, for every receipt that names the same file: one that was taken
 * away and sent again may stand at its old path.
 */
export function recordFinding(
  catalog: CatalogWriter,
  receipt: Pick<Receipt, 'path' | 'sha256'>,
  finding: Finding,
  at: number,
): void {
  const isBad = finding.kind !== 'good';
  catalog.transaction(() => {
    catalog.run(
      `UPDATE readings SET read_at = ?, detail = ?, is_replaced = 0,
         found_at = iif(?, iif(finding = ?, found_at, ?), NULL), finding = ?
       WHERE receipt_id IN (SELECT receipt_id FROM resources WHERE path_key = ? AND path = ? AND sha256 = ?)`,
      at,
      detailOf(finding),
      isBad ? 1 : 0,
      finding.kind,
      at,
      finding.kind,
      foldName(receipt.path),
      receipt.path,
      receipt.sha256,
    );
    settleReplaced(catalog, receipt.sha256);
  });
}

function detailOf(finding: Finding): string | null {
  if (finding.kind === 'wrong-length') return String(finding.byteCount);
  return finding.kind === 'unreadable' ? finding.code : null;
}

/** Marks damaged and missing files whose bytes stand under another receipt, and unmarks them where those went too. */
function settleReplaced(catalog: CatalogWriter, sha256: string): void {
  const standing = catalog.get(
    `SELECT 1 FROM resources JOIN readings USING (receipt_id)
     WHERE resources.sha256 = ? AND readings.found_at IS NULL LIMIT 1`,
    sha256,
  );
  markReplaced(catalog, sha256, standing === undefined ? 0 : 1);
}

function markReplaced(catalog: CatalogWriter, sha256: string, isReplaced: 0 | 1): void {
  catalog.run(
    // The signs keep SQLite from going through all findings for the few receipts of these bytes.
    `UPDATE readings SET is_replaced = ? WHERE +found_at IS NOT NULL AND +is_replaced <> ?
       AND receipt_id IN (SELECT receipt_id FROM resources WHERE sha256 = ?)`,
    isReplaced,
    isReplaced,
    sha256,
  );
}

/** Whether the file of a receipt is known to be damaged or missing: then it vouches for nothing. */
export function isKnownBad(catalog: CatalogReader, receiptId: string): boolean {
  const row = catalog.get(
    'SELECT 1 FROM readings WHERE receipt_id = ? AND found_at IS NOT NULL',
    receiptId,
  );
  return row !== undefined;
}

/**
 * The receipt whose file is to be read next: of those last read before `before` the one read longest ago, those
 * never read in the order they came. What is known to be damaged or missing and not replaced comes first where it
 * was last read before `openBefore`.
 */
export function nextToRead(
  catalog: CatalogReader,
  before: number,
  openBefore: number,
): Receipt | undefined {
  const row =
    catalog.get<{ receipt_id: string }>(
      // Left to itself, SQLite would take the other index of findings and sort them all.
      `SELECT receipt_id FROM readings INDEXED BY readings_open
       WHERE found_at IS NOT NULL AND is_replaced = 0 AND read_at < ?
       ORDER BY read_at LIMIT 1`,
      openBefore,
    ) ??
    catalog.get<{ receipt_id: string }>(
      'SELECT receipt_id FROM readings WHERE read_at < ? ORDER BY read_at, rowid LIMIT 1',
      before,
    );
  return row && receiptById(catalog, row.receipt_id);
}

/** When the file that was read longest ago was read; 0 for one never read, absent where there is no file. */
export function oldestReadAt(catalog: CatalogReader): number | undefined {
  return catalog.get<{ read_at: number }>('SELECT read_at FROM readings ORDER BY read_at LIMIT 1')
    ?.read_at;
}

/** Takes back readings from a time to come: the clock was wrong then, and they would never be due. */
export function forgetReadingsAfter(catalog: CatalogWriter, at: number): number {
  return catalog.run('UPDATE readings SET read_at = 0 WHERE read_at > ?', at);
}

/** How far re-reading has come. Originals are counted by receipt. */
export interface ReadingTotals {
  readonly originalCount: number;
  readonly originalByteCount: number;
  /** Read since the moment that was asked about. */
  readonly readCount: number;
  readonly readByteCount: number;
  /** Never read since they were received. */
  readonly unreadCount: number;
  /** There, but not as received, or not to be read; nothing else stands in for them. */
  readonly damagedCount: number;
  readonly missingCount: number;
  /** Damaged or missing, with the same bytes standing elsewhere in the library. */
  readonly replacedCount: number;
}

interface CountRow {
  readonly finding: string;
  readonly is_replaced: number;
  readonly receipt_count: number;
  readonly byte_count: number;
}

export function readingTotals(catalog: CatalogReader, since: number): ReadingTotals {
  const all = catalog.all<CountRow>(
    `SELECT finding, is_replaced, sum(receipt_count) AS receipt_count, sum(byte_count) AS byte_count
     FROM reading_counts GROUP BY finding, is_replaced`,
  );
  // Whole hours by their counts, the hour in which it began row by row.
  const hour = Math.floor(since / HOUR_MS);
  const later = catalog.get<{ count: number | null; bytes: number | null }>(
    'SELECT sum(receipt_count) AS count, sum(byte_count) AS bytes FROM reading_counts WHERE hour > ?',
    hour,
  );
  const within = catalog.get<{ count: number; bytes: number | null }>(
    'SELECT count(*) AS count, sum(byte_count) AS bytes FROM readings WHERE read_at >= ? AND read_at < ?',
    Math.max(since, 1),
    (hour + 1) * HOUR_MS,
  );
  const count = (wanted: (row: CountRow) => boolean): number =>
    all.filter(wanted).reduce((sum, row) => sum + row.receipt_count, 0);
  const isOpen = (row: CountRow): boolean => row.is_replaced === 0;
  return {
    originalCount: count(() => true),
    originalByteCount: all.reduce((sum, row) => sum + row.byte_count, 0),
    readCount: (later?.count ?? 0) + (within?.count ?? 0),
    readByteCount: (later?.bytes ?? 0) + (within?.bytes ?? 0),
    unreadCount: count((row) => row.finding === 'unread'),
    damagedCount: count(
      (row) => isOpen(row) && !['unread', 'good', 'missing'].includes(row.finding),
    ),
    missingCount: count((row) => isOpen(row) && row.finding === 'missing'),
    replacedCount: count((row) => !isOpen(row)),
  };
}
