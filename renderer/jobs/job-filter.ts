import { JOB_STATES, type JobState } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { paths } from '../app/routes.ts';

/** Which jobs are shown; it stands in the query of the address. */
export interface JobFilter {
  readonly state?: JobState | undefined;
  readonly deviceId?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the query; what makes no sense counts as not filtered. */
export function readJobFilter(search: URLSearchParams): JobFilter {
  const state = JOB_STATES.find((each) => each === search.get('state'));
  const deviceId = search.get('device')?.toLowerCase();
  return {
    ...(state !== undefined && { state }),
    ...(deviceId !== undefined && UUID.test(deviceId) && { deviceId }),
  };
}

/** Address of the jobs page with a filter. */
export function jobsAddress({ state, deviceId }: JobFilter): string {
  const query = new URLSearchParams();
  if (state !== undefined) query.set('state', state);
  if (deviceId !== undefined) query.set('device', deviceId);
  return query.size === 0 ? paths.jobs : `${paths.jobs}?${query.toString()}`;
}

export function matchesJobFilter(filter: JobFilter, job: JobView): boolean {
  return (
    (filter.state === undefined || filter.state === job.state) &&
    (filter.deviceId === undefined || filter.deviceId === job.deviceId)
  );
}
