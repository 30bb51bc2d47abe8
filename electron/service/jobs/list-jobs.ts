import type { JobHistoryFilter } from '../../../shared/job-filter.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';

import { jobConditions, type JobConditions, type JobSearch } from './job-conditions.ts';
import { JOB_COLUMNS, jobView, type JobRow } from './job-queries.ts';

/** A search looks through so many jobs for one answer: uploads wait meanwhile. */
const LOOK_THROUGH = 5_000;
const WALK_STEP = 1_000;
/** A name that so few jobs have is found by the index of names, whenever they were. */
const FEW_NAMES = 2_000;
/** The index of names knows pieces of three letters. */
const SHORTEST_INDEXED = 3;

export interface JobPageOptions {
  /** Cursor of the previous page. */
  readonly before?: string | undefined;
  readonly limit: number;
  /** How many jobs a search looks through for one answer. */
  readonly lookThrough?: number;
}

export interface JobPage {
  readonly jobs: JobView[];
  /** There may be more behind it, even where this page has none. */
  readonly nextCursor: string | undefined;
}

interface Position {
  readonly changedAt: number;
  readonly jobId: string;
}

/** A page of the job history, last changed first. A cursor that makes no sense starts from the beginning. */
export function listJobs(
  catalog: CatalogReader,
  filter: JobHistoryFilter,
  { before, limit, lookThrough = LOOK_THROUGH }: JobPageOptions,
): JobPage {
  const conditions = jobConditions(catalog, filter);
  const after = positionOf(before);
  const { search } = conditions;
  if (!search) {
    const rows = newest(catalog, conditions, after, limit + 1);
    return pageOf(rows, limit);
  }
  const found = rowidsByName(catalog, search.text);
  return found
    ? pageOf(fewFound(catalog, conditions, search, found, after, limit), limit)
    : walk(catalog, { ...conditions, ...search, after, limit, lookThrough });
}

/** How many jobs there are in each state. */
export function countJobs(
  catalog: CatalogReader,
  deviceId: string | undefined,
): Record<string, number> {
  const rows = catalog.all<{ state: string; count: number }>(
    `SELECT state, sum(job_count) AS count FROM job_totals ${deviceId ? 'WHERE device_id = ?' : ''}
     GROUP BY state HAVING count > 0`,
    ...(deviceId ? [deviceId] : []),
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

function newest(
  catalog: CatalogReader,
  { where, values }: Pick<JobConditions, 'where' | 'values'>,
  after: Position | undefined,
  limit: number,
): JobRow[] {
  const beyond = after ? `${where ? 'AND' : 'WHERE'} (changed_at, job_id) < (?, ?)` : '';
  return catalog.all<JobRow>(
    `${JOB_COLUMNS} ${where} ${beyond} ORDER BY changed_at DESC, job_id DESC LIMIT ?`,
    ...values,
    ...(after ? [after.changedAt, after.jobId] : []),
    limit,
  );
}

/** The jobs whose names hold a text, where that is known to be few. */
function rowidsByName(catalog: CatalogReader, text: string): number[] | undefined {
  if (Array.from(text).length < SHORTEST_INDEXED) return undefined;
  const rows = catalog.all<{ rowid: number }>(
    'SELECT rowid FROM job_names WHERE job_names MATCH ? LIMIT ?',
    `"${text.replaceAll('"', '""')}"`,
    FEW_NAMES + 1,
  );
  return rows.length > FEW_NAMES ? undefined : rows.map(({ rowid }) => rowid);
}

/** What is found by name, by device and by reason, each by its index, in one order. */
function fewFound(
  catalog: CatalogReader,
  conditions: JobConditions,
  search: JobSearch,
  rowids: readonly number[],
  after: Position | undefined,
  limit: number,
): JobRow[] {
  const narrowed = (condition: string, ...more: SqlValue[]): JobRow[] =>
    newest(
      catalog,
      {
        where: `${conditions.where ? `${conditions.where} AND` : 'WHERE'} ${condition}`,
        values: [...conditions.values, ...more],
      },
      after,
      limit + 1,
    );
  const found = new Map<string, JobRow>();
  const add = (rows: readonly JobRow[]): void => {
    for (const row of rows) found.set(row.job_id, row);
  };
  add(narrowed('jobs.rowid IN (SELECT value FROM json_each(?))', JSON.stringify(rowids)));
  for (const deviceId of search.deviceIds) add(narrowed('device_id = ?', deviceId));
  for (const reason of search.reasons) add(narrowed('error_code = ?', reason));
  return [...found.values()].sort(byChange).slice(0, limit + 1);
}

/** Looks through the history from the newest on, no further than an answer may take. */
function walk(
  catalog: CatalogReader,
  walking: Pick<JobConditions, 'where' | 'values'> &
    Pick<JobSearch, 'fits'> & {
      readonly after: Position | undefined;
      readonly limit: number;
      readonly lookThrough: number;
    },
): JobPage {
  const { fits, after, limit, lookThrough } = walking;
  const rows: JobRow[] = [];
  let last = after;
  for (let seen = 0; seen < lookThrough;) {
    const chunk = newest(catalog, walking, last, WALK_STEP);
    for (const row of chunk) {
      if (fits(row)) rows.push(row);
      if (rows.length > limit) return pageOf(rows, limit);
    }
    const end = chunk.at(-1);
    if (!end || chunk.length < WALK_STEP) return pageOf(rows, limit);
    last = { changedAt: end.changed_at, jobId: end.job_id };
    seen += chunk.length;
  }
  return { jobs: rows.map(jobView), nextCursor: last && cursorOf(last) };
}

function byChange(a: JobRow, b: JobRow): number {
  return b.changed_at - a.changed_at || (a.job_id < b.job_id ? 1 : -1);
}

function pageOf(rows: readonly JobRow[], limit: number): JobPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    jobs: page.map(jobView),
    nextCursor: hasMore ? cursorOf({ changedAt: last.changed_at, jobId: last.job_id }) : undefined,
  };
}

function cursorOf({ changedAt, jobId }: Position): string {
  return `${changedAt}-${jobId}`;
}

function positionOf(cursor: string | undefined): Position | undefined {
  const match = /^(\d{1,16})-([0-9a-f-]{36})$/.exec(cursor ?? '');
  return match ? { changedAt: Number(match[1]), jobId: match[2] ?? '' } : undefined;
}
