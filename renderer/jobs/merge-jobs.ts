import { isLive } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { type JobFilter, matchesJobFilter } from './job-filter.ts';

/** The newer of two views of one job; on a tie the one that came by an event, since progress keeps `changedAt`. */
function newer(loaded: JobView, changed: JobView | undefined): JobView {
  return changed !== undefined && changed.changedAt >= loaded.changedAt ? changed : loaded;
}

/** Last changed first, as the service orders its pages. */
function byChange(a: JobView, b: JobView): number {
  if (a.changedAt !== b.changedAt) return b.changedAt - a.changedAt;
  if (a.jobId === b.jobId) return 0;
  return a.jobId < b.jobId ? 1 : -1;
}

/** Loaded pages and jobs told by events as one list: each job once, in its newest view. */
function combine(
  loaded: readonly JobView[],
  changed: ReadonlyMap<string, JobView>,
): Map<string, JobView> {
  const jobs = new Map(changed);
  for (const job of loaded) jobs.set(job.jobId, newer(job, changed.get(job.jobId)));
  for (const { jobId, joinedJobId } of changed.values()) if (joinedJobId) jobs.delete(jobId);
  return jobs;
}

/** The jobs that are over and fit the filter, last changed first. */
export function mergeHistory(
  loaded: readonly JobView[],
  changed: ReadonlyMap<string, JobView>,
  filter: JobFilter,
): JobView[] {
  return [...combine(loaded, changed).values()]
    .filter((job) => !isLive(job.state) && matchesJobFilter(filter, job))
    .sort(byChange);
}

/** The jobs that run and fit the filter, in the order they began, so that rows do not trade places. */
export function mergeLive(
  loaded: readonly JobView[],
  changed: ReadonlyMap<string, JobView>,
  filter: JobFilter,
): JobView[] {
  return [...combine(loaded, changed).values()]
    .filter((job) => isLive(job.state) && matchesJobFilter(filter, job))
    .sort((a, b) => a.startedAt - b.startedAt || (a.jobId < b.jobId ? -1 : 1));
}
