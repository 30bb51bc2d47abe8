import { DayCalendar } from '../../../electron/service/jobs/day-bounds.ts';
import { FEW_JOBS, SHOWN_TROUBLES } from '../../../electron/service/jobs/job-groups.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { JobHistoryFilter } from '../../../shared/job-filter.ts';
import { isLive } from '../../../shared/job-state.ts';
import type { WindowOutput, WindowParsedInput } from '../../../shared/window-api.ts';
import type { JobDetails, JobGroup, JobView } from '../../../shared/window-views.ts';

type JobCalls = 'jobs.list' | 'jobs.groups' | 'job.get';

/** The service's answers about jobs, over jobs in memory. */
export function fakeJobHandlers(jobs: () => readonly JobDetails[]): {
  readonly [C in JobCalls]: (input: WindowParsedInput<C>) => WindowOutput<C>;
} {
  const matching = (filter: JobHistoryFilter): JobView[] =>
    jobs()
      .map(({ job }) => job)
      .filter((job) => fits(filter, job))
      .sort((a, b) => b.changedAt - a.changedAt);
  return {
    'jobs.list': ({ before, limit, ...filter }) => {
      const counts: Record<string, number> = {};
      for (const { job } of jobs()) {
        if (filter.deviceId !== undefined && job.deviceId !== filter.deviceId) continue;
        counts[job.state] = (counts[job.state] ?? 0) + 1;
      }
      const found = matching(filter);
      const start = before === undefined ? 0 : Number(before);
      const hasMore = start + limit < found.length;
      return {
        jobs: found.slice(start, start + limit),
        counts,
        ...(hasMore && { nextCursor: String(start + limit) }),
      };
    },
    'jobs.groups': (filter) => {
      const calendar = new DayCalendar(filter.timeZone);
      const groups = new Map<string, JobView[]>();
      for (const job of matching(filter)) {
        if (isLive(job.state)) continue;
        const key = `${calendar.dayAt(job.changedAt).day} ${job.deviceId}`;
        groups.set(key, [...(groups.get(key) ?? []), job]);
      }
      return { groups: [...groups.values()].map((group) => groupOf(group, calendar)) };
    },
    'job.get': ({ jobId }) => {
      const found = jobs().find(({ job }) => job.jobId === jobId);
      if (found === undefined) throw new RoostError('request/not-found');
      return found;
    },
  };
}

/** `jobs` of one day and device, last changed first. */
function groupOf(jobs: readonly JobView[], calendar: DayCalendar): JobGroup {
  const [last, first] = [jobs[0], jobs.at(-1)];
  if (last === undefined || first === undefined) throw new Error('A group has a job.');
  const { day, fromAt, toAt } = calendar.dayAt(last.changedAt);
  const counts: JobGroup['counts'] = {};
  for (const { state } of jobs) counts[state] = (counts[state] ?? 0) + 1;
  const troubles = jobs.filter(({ state }) => state === 'failed' || state === 'interrupted');
  return {
    day,
    fromAt,
    toAt,
    deviceId: last.deviceId,
    deviceName: last.deviceName,
    firstAt: first.changedAt,
    lastAt: last.changedAt,
    counts,
    storedByteCount: jobs
      .filter(({ state }) => state === 'stored')
      .reduce((sum, job) => sum + job.receivedByteCount, 0),
    jobs: jobs.length <= FEW_JOBS ? [...jobs] : troubles.slice(0, SHOWN_TROUBLES),
  };
}

function fits(
  { state, deviceId, day, timeZone, text, reasons }: JobHistoryFilter,
  job: JobView,
): boolean {
  const { fileName, deviceName, errorCode } = job;
  const wanted = text?.toLowerCase() ?? '';
  return (
    (state === undefined || job.state === state) &&
    (deviceId === undefined || job.deviceId === deviceId) &&
    (day === undefined || new DayCalendar(timeZone).dayAt(job.changedAt).day === day) &&
    (fileName.toLowerCase().includes(wanted) ||
      deviceName.toLowerCase().includes(wanted) ||
      (errorCode !== undefined && reasons.includes(errorCode)))
  );
}
