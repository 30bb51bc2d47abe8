import { RoostError } from '../../../shared/error-catalogue.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { listJobGroups } from '../jobs/job-groups.ts';
import { withNow } from '../jobs/job-now.ts';
import { jobById, uploadsOfJob } from '../jobs/job-queries.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import { countJobs, listJobs } from '../jobs/list-jobs.ts';
import { relatedJobs } from '../jobs/related-jobs.ts';
import { pausesBetween } from '../jobs/service-watch.ts';

import type { WindowHandlers } from './contract-routes.ts';

/** What this computer did so long before and after its uploads may explain a job. */
const AROUND_MS = 3_600_000;

export interface JobHandlerParts {
  readonly catalog: CatalogReader;
  readonly jobs: Pick<JobTracker, 'live'>;
}

type JobCalls = 'jobs.list' | 'jobs.groups' | 'job.get';

/** The job history: by job, by day and device, and one job with all its uploads. */
export function jobHandlers({ catalog, jobs }: JobHandlerParts): Pick<WindowHandlers, JobCalls> {
  const fresh = (job: JobView): JobView => withNow(catalog, jobs.live(job.jobId) ?? job);
  return {
    'jobs.list': ({ before, limit, ...filter }) => {
      const { jobs: listed, nextCursor } = listJobs(catalog, filter, { before, limit });
      return {
        jobs: listed.map(fresh),
        counts: countJobs(catalog, filter.deviceId),
        ...(nextCursor !== undefined && { nextCursor }),
      };
    },
    'jobs.groups': ({ before, limit, ...filter }) => {
      const { groups, nextCursor } = listJobGroups(catalog, filter, { before, limit });
      return {
        groups: groups.map((group) => ({ ...group, jobs: group.jobs.map(fresh) })),
        ...(nextCursor !== undefined && { nextCursor }),
      };
    },
    'job.get': ({ jobId }) => {
      const job = jobs.live(jobId) ?? jobById(catalog, jobId);
      if (!job) throw new RoostError('request/not-found', 'There is no such job.');
      const receipt = job.receiptId === undefined ? undefined : receiptById(catalog, job.receiptId);
      return {
        job: fresh(job),
        uploads: uploadsOfJob(catalog, jobId),
        pauses: pausesBetween(catalog, job.startedAt - AROUND_MS, job.changedAt + AROUND_MS),
        related: relatedJobs(catalog, job).map((each) => ({ ...each, job: fresh(each.job) })),
        ...(receipt && { told: receipt.told }),
      };
    },
  };
}
