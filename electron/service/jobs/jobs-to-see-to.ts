import type { Dismissible, HomeView } from '../../../shared/home-view.ts';
import { isWebPage } from '../../../shared/web-page-device.ts';
import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';

import { JOB_COLUMNS, jobView, type JobRow } from './job-queries.ts';

/** Roost's page tries again by itself for so long while it is open: after that it was closed. */
const WEB_PAGE_PATIENCE_MS = 2 * 60_000;
/** Apps come back when their phone lets them, which is at night. */
const PATIENCE_MS = 24 * 60 * 60_000;
/** Those that broke off are few: more than this are told as so many. */
const MOST_COUNTED = 1_000;

/** A job that went wrong again after it was dismissed is told of again. */
const NOT_DISMISSED = `NOT EXISTS (SELECT 1 FROM dismissed_jobs
  WHERE dismissed_jobs.job_id = jobs.job_id AND dismissed_at >= changed_at)`;

/** How many jobs failed since. */
export function failedJobCount(catalog: CatalogReader, since: number): number {
  return (
    catalog.get<{ count: number }>(
      `SELECT count(*) AS count FROM jobs WHERE state = 'failed' AND changed_at >= ? AND ${NOT_DISMISSED}`,
      since,
    )?.count ?? 0
  );
}

/** What broke off since, of devices that may still send, and was not sent on for longer than it takes to come back. */
export function brokenOffJobs(
  catalog: CatalogReader,
  since: number,
  now: number,
): HomeView['brokenOff'] {
  const waiting = waitingJobs(catalog, since, now);
  const [first] = waiting;
  if (first === undefined || waiting.length > 1) return { count: waiting.length };
  const { jobId, fileName, deviceName } = jobView(first);
  return { count: 1, job: { jobId, fileName, deviceName } };
}

function waitingJobs(catalog: CatalogReader, since: number, now: number): JobRow[] {
  return catalog
    .all<JobRow>(
      `${JOB_COLUMNS} WHERE state = 'interrupted' AND changed_at >= ? AND changed_at <= ?
         AND devices.revoked_at IS NULL AND ${NOT_DISMISSED}
       ORDER BY changed_at DESC LIMIT ?`,
      since,
      now - WEB_PAGE_PATIENCE_MS,
      MOST_COUNTED,
    )
    .filter((row) => row.changed_at <= now - patienceWith(row));
}

/** Tells of these jobs no more, until they go wrong again. */
export function dismissJobs(
  catalog: CatalogWriter,
  what: Dismissible,
  since: number,
  now: number,
): void {
  const note = `INSERT OR REPLACE INTO dismissed_jobs (job_id, dismissed_at)`;
  catalog.transaction(() => {
    if (what === 'failed') {
      catalog.run(
        `${note} SELECT job_id, ? FROM jobs WHERE state = 'failed' AND changed_at >= ? AND ${NOT_DISMISSED}`,
        now,
        since,
      );
      return;
    }
    for (const { job_id: jobId } of waitingJobs(catalog, since, now)) {
      catalog.run(`${note} VALUES (?, ?)`, jobId, now);
    }
  });
}

/** Takes back what was dismissed at an instant. */
export function undismissJobs(catalog: CatalogWriter, dismissedAt: number): void {
  catalog.run('DELETE FROM dismissed_jobs WHERE dismissed_at = ?', dismissedAt);
}

function patienceWith({ device_platform: platform }: JobRow): number {
  return isWebPage({ platform: platform ?? '' }) ? WEB_PAGE_PATIENCE_MS : PATIENCE_MS;
}
