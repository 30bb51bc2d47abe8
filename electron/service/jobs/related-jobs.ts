import type { JobDetails, JobRelation, JobView } from '../../../shared/window-views.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';

import { JOB_COLUMNS, jobView, type JobRow } from './job-queries.ts';

/** More of one kind help nobody. */
const MOST_OF_A_KIND = 10;

/**
 * Jobs that have to do with this one, each once and by its closest tie: the same bytes, the same photo, or the same
 * file name from the same device where one of the two is not safe, as when a photo gets another key on the phone.
 */
export function relatedJobs(catalog: CatalogReader, job: JobView): JobDetails['related'] {
  const { jobId, deviceId, assetKey, fileName, receiptId } = job;
  const found = new Map<string, JobDetails['related'][number]>();
  const add = (relation: JobRelation, where: string, ...values: SqlValue[]): void => {
    const rows = catalog.all<JobRow>(
      // The plus keeps SQLite from walking the whole history of a device for the sake of the order.
      `${JOB_COLUMNS} WHERE ${where} AND job_id <> ? ORDER BY +changed_at DESC, job_id DESC LIMIT ?`,
      ...values,
      jobId,
      MOST_OF_A_KIND,
    );
    for (const row of rows) {
      if (!found.has(row.job_id)) found.set(row.job_id, { relation, job: jobView(row) });
    }
  };
  if (receiptId !== undefined) add('same-bytes', 'receipt_id = ?', receiptId);
  add('same-photo', 'device_id = ? AND asset_key = ?', deviceId, assetKey);
  if (fileName !== '' && fileName !== assetKey) {
    const isSafe = receiptId !== undefined;
    add(
      'same-name',
      `file_name = ? AND device_id = ? AND resource_type = ? ${isSafe ? 'AND receipt_id IS NULL' : ''}`,
      fileName,
      deviceId,
      job.resourceType,
    );
  }
  return [...found.values()];
}
