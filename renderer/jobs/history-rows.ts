import { isLive } from '../../shared/job-state.ts';
import type { JobGroup, JobView } from '../../shared/window-views.ts';
import { type JobFilter, matchesJobFilter } from './job-filter.ts';
import { dayOf } from './job-days.ts';
import { mergeHistory } from './merge-jobs.ts';

/** The jobs of an opened group, as far as they are loaded. */
export interface OpenGroup {
  /** Last changed first. */
  readonly jobs: readonly JobView[];
  readonly nextCursor?: string | undefined;
  readonly isLoading: boolean;
  readonly hasFailed: boolean;
}

/** A line of the history. `key` names it as long as it stands for the same thing. */
export type HistoryRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: JobGroup;
      /** Whether all its jobs are listed; `undefined` where they always are, since they are few. */
      readonly isOpen: boolean | undefined;
    }
  | { readonly kind: 'job'; readonly key: string; readonly job: JobView }
  /** Not all that is not safe is listed in a group that is closed. */
  | {
      readonly kind: 'troubles';
      readonly key: string;
      readonly count: number;
      readonly group: JobGroup;
    }
  /** More of an opened group is being loaded. */
  | { readonly kind: 'loading'; readonly key: string; readonly hasFailed: boolean };

export function groupKey(group: Pick<JobGroup, 'day' | 'deviceId'>): string {
  return `${group.day} ${group.deviceId}`;
}

export function jobCount({ counts }: JobGroup): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The history by day and device as lines: closed groups show what is not safe, open ones all that is loaded. */
export function groupRows(
  groups: readonly JobGroup[],
  open: ReadonlyMap<string, OpenGroup>,
  changed: ReadonlyMap<string, JobView>,
  filter: JobFilter,
): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let day: string | undefined;
  for (const group of groups) {
    if (group.day !== day) {
      day = group.day;
      rows.push({ kind: 'day', key: day, day });
    }
    rows.push(...rowsOf(group, open.get(groupKey(group)), changed, filter));
  }
  return rows;
}

function rowsOf(
  group: JobGroup,
  opened: OpenGroup | undefined,
  changed: ReadonlyMap<string, JobView>,
  filter: JobFilter,
): HistoryRow[] {
  const key = groupKey(group);
  const isSmall = jobCount(group) <= group.jobs.length;
  const rows: HistoryRow[] = [
    { kind: 'group', key, group, isOpen: isSmall ? undefined : opened !== undefined },
  ];
  const listed = opened && !isSmall ? opened.jobs : group.jobs;
  // A closed group gets no more lines by itself; an open one shows what came since.
  const news = opened && !isSmall ? changed : newViews(listed, changed);
  const jobs = mergeHistory(listed, news, filter).filter((job) => isIn(group, job));
  rows.push(...jobRows(jobs));
  if (opened && !isSmall) {
    if (opened.nextCursor !== undefined || opened.isLoading || opened.hasFailed) {
      rows.push({ kind: 'loading', key: `${key} loading`, hasFailed: opened.hasFailed });
    }
  } else if (!isSmall) {
    const count = troubleCount(group) - jobs.length;
    if (count > 0) rows.push({ kind: 'troubles', key: `${key} troubles`, count, group });
  }
  return rows;
}

function troubleCount({ counts }: JobGroup): number {
  return (counts.failed ?? 0) + (counts.interrupted ?? 0);
}

function newViews(
  jobs: readonly JobView[],
  changed: ReadonlyMap<string, JobView>,
): ReadonlyMap<string, JobView> {
  return new Map(
    jobs.flatMap(({ jobId }) => {
      const job = changed.get(jobId);
      return job ? [[jobId, job] as const] : [];
    }),
  );
}

function isIn({ deviceId, fromAt, toAt }: JobGroup, job: JobView): boolean {
  return job.deviceId === deviceId && job.changedAt >= fromAt && job.changedAt < toAt;
}

/** Single jobs under their days, for where jobs are looked for. */
export function flatRows(jobs: readonly JobView[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let day: string | undefined;
  for (const job of jobs) {
    const own = dayOf(job.changedAt);
    if (own !== day) {
      day = own;
      rows.push({ kind: 'day', key: day, day });
    }
    rows.push(...jobRows([job]));
  }
  return rows;
}

function jobRows(jobs: readonly JobView[]): HistoryRow[] {
  return jobs.map((job) => ({ kind: 'job', key: job.jobId, job }));
}

/** How many jobs ended and fit the filter since `known`. */
export function newerCount(
  changed: ReadonlyMap<string, JobView>,
  known: ReadonlyMap<string, JobView>,
  filter: JobFilter,
): number {
  let count = 0;
  for (const [jobId, job] of changed) {
    if (isLive(job.state) || known.get(jobId)?.changedAt === job.changedAt) continue;
    if (matchesJobFilter(filter, job)) count += 1;
  }
  return count;
}
