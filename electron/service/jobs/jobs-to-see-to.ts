import type { HomeView } from '../../../shared/home-view.ts';
import { isWebPage } from '../../../shared/web-page-device.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import { JOB_COLUMNS, jobView, type JobRow } from './job-queries.ts';

/** Roost's page tries again by itself for so long while it is open: after that it was closed. */
const WEB_PAGE_PATIENCE_MS = 2 * 60_000;
/** Apps come back when their phone lets them, which is at night. */
const PATIENCE_MS = 24 * 60 * 60_000;
/** Those that broke off are few: more than this are told as so many. */
const MOST_COUNTED = 1_000;

/** How many jobs failed since. */
export function failedJobCount(catalog: CatalogReader, since: number): number {
  return (
    catalog.get<{ count: number }>(
      `SELECT count(*) AS count FROM jobs WHERE state = 'failed' AND changed_at >= ?`,
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
  const waiting = catalog
    .all<JobRow>(
      `${JOB_COLUMNS} WHERE state = 'interrupted' AND changed_at >= ? AND changed_at <= ?
         AND devices.revoked_at IS NULL
       ORDER BY changed_at DESC LIMIT ?`,
      since,
      now - WEB_PAGE_PATIENCE_MS,
      MOST_COUNTED,
    )
    .filter((row) => row.changed_at <= now - patienceWith(row));
  const [first] = waiting;
  if (first === undefined || waiting.length > 1) return { count: waiting.length };
  const { jobId, fileName, deviceName } = jobView(first);
  return { count: 1, job: { jobId, fileName, deviceName } };
}

function patienceWith({ device_platform: platform }: JobRow): number {
  return isWebPage({ platform: platform ?? '' }) ? WEB_PAGE_PATIENCE_MS : PATIENCE_MS;
}
