import type { JobNow, JobView } from '../../../shared/window-views.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

interface NowRow {
  readonly is_given_up: number | null;
  readonly trashed_at: number | null;
  readonly finding: string | null;
}

/**
 * A job with how it is with its original now, where that is not as the end of the job says: an upload that ended well
 * stays one. Bytes that are damaged or missing here and stand elsewhere in the library are as safe as before.
 */
export function withNow(catalog: CatalogReader, job: JobView): JobView {
  if (job.receiptId === undefined || (job.state !== 'stored' && job.state !== 'duplicate')) {
    return job;
  }
  const now = nowOf(catalog, job.receiptId);
  return now === undefined ? job : { ...job, now };
}

function nowOf(catalog: CatalogReader, receiptId: string): JobNow | undefined {
  const row = catalog.get<NowRow>(
    `SELECT (SELECT 1 FROM emptied_receipts WHERE receipt_id = ?) AS is_given_up,
       (SELECT trashed_at FROM resources WHERE receipt_id = ?) AS trashed_at,
       (SELECT finding FROM readings WHERE receipt_id = ? AND found_at IS NOT NULL AND is_replaced = 0) AS finding`,
    receiptId,
    receiptId,
    receiptId,
  );
  if (!row) return undefined;
  if (row.is_given_up !== null) return 'given-up';
  if (row.trashed_at !== null) return 'in-trash';
  if (row.finding === null) return undefined;
  return row.finding === 'missing' ? 'missing' : 'damaged';
}
