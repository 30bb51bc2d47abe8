import type { ErrorCode } from '../../../shared/error-catalogue.ts';
import type { PauseCause } from '../../../shared/job-causes.ts';
import type { JobState } from '../../../shared/job-state.ts';
import { isWebPage } from '../../../shared/web-page-device.ts';
import type { JobView, UploadView } from '../../../shared/window-views.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

/** What a job tells of its device; nothing of one that is not known. */
export interface JobDeviceRow {
  readonly device_name: string | null;
  readonly device_platform: string | null;
  readonly device_revoked_at: number | null;
}

export interface JobRow extends JobDeviceRow {
  readonly job_id: string;
  readonly device_id: string;
  readonly asset_key: string;
  readonly resource_type: string;
  readonly file_name: string;
  readonly state: JobState;
  readonly error_code: ErrorCode | null;
  readonly error_detail: string | null;
  readonly cause: PauseCause | null;
  readonly received_byte_count: number;
  readonly expected_byte_count: number | null;
  readonly started_at: number;
  readonly changed_at: number;
  readonly finished_at: number | null;
  readonly upload_count: number;
  readonly receipt_id: string | null;
  readonly asset_id: string | null;
}

/** Everything a `JobRow` has; conditions and order follow. */
export const JOB_COLUMNS = `SELECT jobs.*, devices.name AS device_name, devices.platform AS device_platform,
    devices.revoked_at AS device_revoked_at
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

/** How each upload of a job went, oldest first. */
export function uploadsOfJob(catalog: CatalogReader, jobId: string): UploadView[] {
  const stretches = stretchesOfJob(catalog, jobId);
  return catalog
    .all<UploadRow>('SELECT * FROM uploads WHERE job_id = ? ORDER BY upload_number', jobId)
    .map((row) => ({
      startedAt: row.started_at,
      receivedByteCount: row.received_byte_count,
      requestCount: row.request_count,
      stretches: stretches.get(row.upload_number) ?? [],
      ...(row.finished_at !== null && { finishedAt: row.finished_at }),
      ...(row.result && { result: row.result }),
      ...(row.error_code && { errorCode: row.error_code }),
      ...(row.cause && { cause: row.cause }),
    }));
}

interface UploadRow {
  readonly upload_number: number;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly received_byte_count: number;
  readonly result: UploadView['result'] | null;
  readonly error_code: ErrorCode | null;
  readonly cause: PauseCause | null;
  readonly request_count: number;
}

interface StretchRow {
  readonly upload_number: number;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly from_byte_count: number;
  readonly to_byte_count: number;
  readonly error_code: ErrorCode | null;
  readonly cause: PauseCause | null;
}

function stretchesOfJob(
  catalog: CatalogReader,
  jobId: string,
): Map<number, UploadView['stretches']> {
  const byUpload = new Map<number, UploadView['stretches']>();
  const rows = catalog.all<StretchRow>(
    'SELECT * FROM upload_stretches WHERE job_id = ? ORDER BY upload_number, stretch_number',
    jobId,
  );
  for (const row of rows) {
    const stretches = byUpload.get(row.upload_number) ?? [];
    byUpload.set(row.upload_number, stretches);
    stretches.push({
      startedAt: row.started_at,
      fromByteCount: row.from_byte_count,
      toByteCount: row.to_byte_count,
      ...(row.finished_at !== null && { finishedAt: row.finished_at }),
      ...(row.error_code && { errorCode: row.error_code }),
      ...(row.cause && { cause: row.cause }),
    });
  }
  return byUpload;
}

function comesBack(row: JobRow): JobView['comesBack'] {
  if (row.state !== 'interrupted') return undefined;
  if (row.device_revoked_at !== null) return 'never';
  return isWebPage({ platform: row.device_platform ?? '' }) ? 'by-hand' : undefined;
}

export function jobView(row: JobRow): JobView {
  const coming = comesBack(row);
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
    ...(row.cause && { cause: row.cause }),
    ...(coming && { comesBack: coming }),
    ...(row.expected_byte_count !== null && { expectedByteCount: row.expected_byte_count }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.receipt_id && { receiptId: row.receipt_id }),
    ...(row.asset_id && { assetId: row.asset_id }),
  };
}
