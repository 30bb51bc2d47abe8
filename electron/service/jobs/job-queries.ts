import type { ErrorCode } from '../../../shared/error-catalogue.ts';
import type { JobState } from '../../../shared/job-state.ts';
import type { JobView, UploadView } from '../../../shared/window-views.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';

export interface JobRow {
  readonly job_id: string;
  readonly device_id: string;
  readonly device_name: string | null;
  readonly asset_key: string;
  readonly resource_type: string;
  readonly file_name: string;
  readonly state: JobState;
  readonly error_code: ErrorCode | null;
  readonly error_detail: string | null;
  readonly received_byte_count: number;
  readonly expected_byte_count: number | null;
  readonly started_at: number;
  readonly changed_at: number;
  readonly finished_at: number | null;
  readonly upload_count: number;
  readonly receipt_id: string | null;
  readonly asset_id: string | null;
}

const JOB_COLUMNS = `SELECT jobs.*, devices.name AS device_name
  FROM jobs LEFT JOIN devices USING (device_id)`;

/** The job of one resource of a device: there is one for each, with all its uploads. */
export function jobOfResource(
  catalog: CatalogReader,
  deviceId: string,
  assetKey: string,
  resourceType: string,
): JobRow | undefined {
  return catalog.get<JobRow>(
    `${JOB_COLUMNS} WHERE device_id = ? AND asset_key = ? AND resource_type = ?
     ORDER BY started_at DESC LIMIT 1`,
    deviceId,
    assetKey,
    resourceType,
  );
}

export function jobById(catalog: CatalogReader, jobId: string): JobView | undefined {
  const row = catalog.get<JobRow>(`${JOB_COLUMNS} WHERE job_id = ?`, jobId);
  return row && jobView(row);
}

/** Uploads of a job, oldest first. */
export function uploadsOfJob(catalog: CatalogReader, jobId: string): UploadView[] {
  return catalog
    .all<{
      started_at: number;
      finished_at: number | null;
      received_byte_count: number;
      result: UploadView['result'] | null;
      error_code: ErrorCode | null;
      request_count: number;
    }>('SELECT * FROM uploads WHERE job_id = ? ORDER BY upload_number', jobId)
    .map((row) => ({
      startedAt: row.started_at,
      receivedByteCount: row.received_byte_count,
      requestCount: row.request_count,
      ...(row.finished_at !== null && { finishedAt: row.finished_at }),
      ...(row.result && { result: row.result }),
      ...(row.error_code && { errorCode: row.error_code }),
    }));
}

export interface JobFilter {
  readonly state?: JobState | undefined;
  readonly deviceId?: string | undefined;
  /** Cursor of the previous page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A page of the job history, last changed first. A cursor that makes no sense starts from the beginning. */
export function listJobs(
  catalog: CatalogReader,
  filter: JobFilter,
): { jobs: JobView[]; nextCursor: string | undefined } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.state) {
    conditions.push('state = ?');
    values.push(filter.state);
  }
  if (filter.deviceId) {
    conditions.push('device_id = ?');
    values.push(filter.deviceId);
  }
  const cursor = /^(\d{1,16})-([0-9a-f-]{36})$/.exec(filter.before ?? '');
  if (cursor) {
    conditions.push('(changed_at, job_id) < (?, ?)');
    values.push(Number(cursor[1]), cursor[2] ?? '');
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = catalog.all<JobRow>(
    `${JOB_COLUMNS} ${where} ORDER BY changed_at DESC, job_id DESC LIMIT ?`,
    ...values,
    filter.limit + 1,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    jobs: page.map(jobView),
    nextCursor:
      rows.length > filter.limit && last ? `${last.changed_at}-${last.job_id}` : undefined,
  };
}

export function countJobs(
  catalog: CatalogReader,
  deviceId: string | undefined,
): Record<string, number> {
  const rows = deviceId
    ? catalog.all<{ state: string; count: number }>(
        'SELECT state, count(*) AS count FROM jobs WHERE device_id = ? GROUP BY state',
        deviceId,
      )
    : catalog.all<{ state: string; count: number }>(
        'SELECT state, count(*) AS count FROM jobs GROUP BY state',
      );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

export function jobView(row: JobRow): JobView {
  return {
    jobId: row.job_id,
    deviceId: row.device_id,
    deviceName: row.device_name ?? 'Unknown device',
    assetKey: row.asset_key,
    resourceType: row.resource_type,
    // A device need not say a name; its key is what tells the job from others then.
    fileName: row.file_name === '' ? row.asset_key : row.file_name,
    state: row.state,
    receivedByteCount: row.received_byte_count,
    startedAt: row.started_at,
    changedAt: row.changed_at,
    uploadCount: row.upload_count,
    ...(row.error_code && { errorCode: row.error_code }),
    ...(row.error_detail && { errorDetail: row.error_detail }),
    ...(row.expected_byte_count !== null && { expectedByteCount: row.expected_byte_count }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.receipt_id && { receiptId: row.receipt_id }),
    ...(row.asset_id && { assetId: row.asset_id }),
  };
}
