import type { Receipt } from '../../../shared/receipt.ts';
import type { Finding } from '../library/check-original.ts';

import type { CatalogReader } from './open-catalog.ts';
import { receiptById } from './receipt-queries.ts';

/** An original that is damaged or missing. */
export interface FoundDamage {
  readonly receipt: Receipt;
  readonly deviceName: string;
  readonly finding: Exclude<Finding, { readonly kind: 'good' }>;
  readonly foundAt: number;
  /** When it was last read; the finding was the same then. */
  readonly readAt: number;
  /** A receipt whose file has the same bytes and stands. */
  readonly replacedBy: Receipt | undefined;
}

export interface FindingFilter {
  /** Those with nothing that stands in for them, or those that were replaced by a good copy. */
  readonly which: 'open' | 'replaced';
  /** Cursor of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

interface FindingRow {
  readonly receipt_id: string;
  readonly read_at: number;
  readonly finding: string;
  readonly detail: string | null;
  readonly found_at: number;
}

/** A page of what was found, last found first. A cursor that makes no sense starts from the beginning. */
export function listFindings(
  catalog: CatalogReader,
  filter: FindingFilter,
): { findings: FoundDamage[]; nextCursor: string | undefined } {
  const cursor = /^(\d{1,16})-([0-9a-f-]{36})$/.exec(filter.before ?? '');
  const rows = catalog.all<FindingRow>(
    `SELECT receipt_id, read_at, finding, detail, found_at FROM readings
     WHERE is_replaced = ? AND found_at IS NOT NULL AND (found_at, receipt_id) < (?, ?)
     ORDER BY found_at DESC, receipt_id DESC LIMIT ?`,
    filter.which === 'replaced' ? 1 : 0,
    cursor ? Number(cursor[1]) : Number.MAX_SAFE_INTEGER,
    cursor?.[2] ?? '',
    filter.limit + 1,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    findings: page.flatMap((row) => foundDamage(catalog, row) ?? []),
    nextCursor:
      rows.length > filter.limit && last ? `${last.found_at}-${last.receipt_id}` : undefined,
  };
}

function foundDamage(catalog: CatalogReader, row: FindingRow): FoundDamage | undefined {
  const receipt = receiptById(catalog, row.receipt_id);
  if (!receipt) return undefined;
  const device = catalog.get<{ name: string }>(
    'SELECT name FROM devices WHERE device_id = ?',
    receipt.deviceId,
  );
  return {
    receipt,
    deviceName: device?.name ?? 'Unknown device',
    finding: findingOf(row),
    foundAt: row.found_at,
    readAt: row.read_at,
    replacedBy: standingReceipt(catalog, receipt.sha256),
  };
}

function findingOf({ finding, detail }: FindingRow): FoundDamage['finding'] {
  switch (finding) {
    case 'missing':
    case 'changed':
      return { kind: finding };
    case 'wrong-length':
      return { kind: finding, byteCount: Number(detail) };
    default:
      return { kind: 'unreadable', code: detail ?? '' };
  }
}

function standingReceipt(catalog: CatalogReader, sha256: string): Receipt | undefined {
  const row = catalog.get<{ receipt_id: string }>(
    `SELECT receipt_id FROM resources JOIN readings USING (receipt_id)
     WHERE resources.sha256 = ? AND readings.found_at IS NULL ORDER BY resources.rowid DESC LIMIT 1`,
    sha256,
  );
  return row && receiptById(catalog, row.receipt_id);
}
