import { isPreviewReason, type PreviewReason } from '../../../shared/preview-reasons.ts';
import type { PreviewKind } from '../decoder/decoder-protocol.ts';
import { DECODER_VERSION } from '../decoder/decoder-version.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** A preview that could not be made. The original is safe all the same. */
export interface PreviewFailure {
  readonly sha256: string;
  readonly kind: PreviewKind;
  readonly reason: PreviewReason;
  /** For a log or an expert: what exactly was wrong. */
  readonly detail: string;
  /** How often it was tried, over all versions of the decoder. */
  readonly attempts: number;
  readonly failedAt: number;
  /** Of one file with these bytes, below the library folder. */
  readonly path: string;
  readonly assetId: string;
  readonly receiptId: string;
}

/** The place in the list behind which the next page begins. */
export type FailurePosition = Pick<PreviewFailure, 'failedAt' | 'sha256' | 'kind'>;

interface FailureRow {
  readonly sha256: string;
  readonly kind: PreviewKind;
  readonly reason: string;
  readonly detail: string | null;
  readonly attempts: number;
  readonly failed_at: number;
  readonly path: string;
  readonly asset_id: string;
  readonly receipt_id: string;
}

/**
 * Previews that failed, newest failure first, and where the next page begins. Files that have no picture by their
 * nature are among them; `reasons` narrows the list to some.
 * @param limit of a page
 */
export function previewFailures(
  catalog: CatalogReader,
  options: {
    readonly limit: number;
    readonly after?: FailurePosition;
    readonly reasons?: readonly PreviewReason[];
  },
): { failures: PreviewFailure[]; next?: FailurePosition } {
  const { limit, after, reasons } = options;
  const wanted = reasons === undefined ? null : JSON.stringify(reasons);
  const rows = catalog.all<FailureRow>(
    `SELECT previews.sha256, previews.kind, previews.reason, previews.detail, previews.attempts,
       coalesce(previews.failed_at, 0) AS failed_at, resources.path, resources.asset_id, resources.receipt_id
     FROM previews JOIN resources ON resources.rowid =
       (SELECT max(same.rowid) FROM resources AS same WHERE same.sha256 = previews.sha256)
     WHERE previews.state = 'failed' AND (? IS NULL OR previews.reason IN (SELECT value FROM json_each(?)))
       AND (? IS NULL OR (coalesce(previews.failed_at, 0), previews.sha256, previews.kind) < (?, ?, ?))
     ORDER BY coalesce(previews.failed_at, 0) DESC, previews.sha256 DESC, previews.kind DESC LIMIT ?`,
    wanted,
    wanted,
    after?.failedAt ?? null,
    after?.failedAt ?? null,
    after?.sha256 ?? null,
    after?.kind ?? null,
    limit,
  );
  const failures = rows.map(failureOf);
  const last = failures.at(-1);
  if (last === undefined || failures.length < limit) return { failures };
  return { failures, next: { failedAt: last.failedAt, sha256: last.sha256, kind: last.kind } };
}

/** How many previews failed for each reason, most frequent first. */
export function previewFailureCounts(
  catalog: CatalogReader,
): { reason: PreviewReason; count: number }[] {
  return catalog
    .all<{ reason: string; count: number }>(
      `SELECT reason, count(*) AS count FROM previews WHERE state = 'failed'
       GROUP BY reason ORDER BY count DESC, reason`,
    )
    .map(({ reason, count }) => ({ reason: knownReason(reason), count }));
}

/**
 * Tries again, once, what failed with a decoder of another version: this one may know the format, or not die of the
 * file. Tiles are queued; previews that are made on demand are forgotten, so that the next who looks has them tried.
 * @returns how many
 */
export function retryFailuresOfOtherDecoders(catalog: CatalogWriter): number {
  return catalog.transaction(() => {
    const queued = catalog.run(
      `UPDATE previews SET state = 'waiting', reason = NULL, detail = NULL
       WHERE state = 'failed' AND failed_with IS NOT ? AND kind = 'tile'`,
      DECODER_VERSION,
    );
    const forgotten = catalog.run(
      `DELETE FROM previews WHERE state = 'failed' AND failed_with IS NOT ? AND kind <> 'tile'`,
      DECODER_VERSION,
    );
    return queued + forgotten;
  });
}

function failureOf(row: FailureRow): PreviewFailure {
  return {
    sha256: row.sha256,
    kind: row.kind,
    reason: knownReason(row.reason),
    detail: row.detail ?? '',
    attempts: row.attempts,
    failedAt: row.failed_at,
    path: row.path,
    assetId: row.asset_id,
    receiptId: row.receipt_id,
  };
}

/** A newer Roost may have written a reason that this one does not know. */
function knownReason(reason: string): PreviewReason {
  return isPreviewReason(reason) ? reason : 'damaged';
}
