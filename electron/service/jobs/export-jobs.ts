import type { JobHistoryFilter } from '../../../shared/job-filter.ts';
import { ERRORS } from '../../../shared/error-catalogue.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import { csvLine } from './csv-line.ts';
import { withNow } from './job-now.ts';
import { uploadsOfJob } from './job-queries.ts';
import { listJobs } from './list-jobs.ts';

const PAGE_JOB_COUNT = 200;

const COLUMNS: readonly (readonly [string, (job: JobView) => string | number | undefined])[] = [
  ['job_id', (job) => job.jobId],
  ['state', (job) => job.state],
  ['file_name', (job) => job.fileName],
  ['device', (job) => job.deviceName],
  ['resource_type', (job) => job.resourceType],
  ['byte_count', (job) => job.expectedByteCount],
  ['received_byte_count', (job) => job.receivedByteCount],
  ['upload_count', (job) => job.uploadCount],
  ['started_at', (job) => isoInstant(job.startedAt)],
  ['changed_at', (job) => isoInstant(job.changedAt)],
  ['finished_at', (job) => isoInstant(job.finishedAt)],
  ['error_code', (job) => job.errorCode],
  ['reason', (job) => job.errorDetail ?? (job.errorCode && ERRORS[job.errorCode].title)],
  ['cause', (job) => job.cause],
  ['asset_key', (job) => job.assetKey],
  ['device_id', (job) => job.deviceId],
  ['receipt_id', (job) => job.receiptId],
  ['asset_id', (job) => job.assetId],
  ['now', (job) => job.now],
];

/**
 * The filtered history as CSV, in pieces: RFC 4180 with a byte order mark, instants as ISO 8601. Between two pieces
 * the catalog may change; each job that stays as it is comes once.
 */
export function* jobsAsCsv(catalog: CatalogReader, filter: JobHistoryFilter): Generator<string> {
  yield `\uFEFF${csvLine(COLUMNS.map(([name]) => name))}`;
  for (const jobs of pages(catalog, filter)) {
    yield jobs.map((job) => csvLine(COLUMNS.map(([, valueOf]) => valueOf(job)))).join('');
  }
}

/** The filtered history as one JSON object, in pieces: `{"exportedAt", "jobs": [...]}`, with each job's uploads. */
export function* jobsAsJson(
  catalog: CatalogReader,
  filter: JobHistoryFilter,
  exportedAt: number,
): Generator<string> {
  yield `{"exportedAt":"${new Date(exportedAt).toISOString()}","jobs":[`;
  let isFirst = true;
  for (const jobs of pages(catalog, filter)) {
    let piece = '';
    for (const job of jobs) {
      const uploads = uploadsOfJob(catalog, job.jobId);
      piece += `${isFirst ? '' : ','}\n${JSON.stringify({ ...job, uploads }, asIso)}`;
      isFirst = false;
    }
    yield piece;
  }
  yield '\n]}\n';
}

function* pages(catalog: CatalogReader, filter: JobHistoryFilter): Generator<JobView[]> {
  let before: string | undefined;
  do {
    const page = listJobs(catalog, filter, { before, limit: PAGE_JOB_COUNT });
    // A page without jobs still lets others have their turn.
    yield page.jobs.map((job) => withNow(catalog, job));
    before = page.nextCursor;
  } while (before !== undefined);
}

function asIso(key: string, value: unknown): unknown {
  return key.endsWith('At') && typeof value === 'number' ? isoInstant(value) : value;
}

function isoInstant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
