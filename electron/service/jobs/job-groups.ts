import type { JobHistoryFilter } from '../../../shared/job-filter.ts';
import { isLive, JOB_STATES, type JobState } from '../../../shared/job-state.ts';
import type { JobGroup, JobView } from '../../../shared/window-views.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';

import { DayCalendar, QUARTER_MS, type DayBounds } from './day-bounds.ts';
import { JOB_COLUMNS, jobView, type JobRow } from './job-queries.ts';
import type { JobPageOptions } from './list-jobs.ts';

/** A group of no more jobs is told whole. */
export const FEW_JOBS = 5;
/** Of a larger one so many of those that are not safe. */
export const SHOWN_TROUBLES = 3;
/** Rows of counts read at once. */
const COUNT_ROWS = 500;

const ENDED: readonly JobState[] = JOB_STATES.filter((state) => !isLive(state));
const TROUBLES: readonly JobState[] = ['failed', 'interrupted'];

interface CountRow {
  readonly quarter: number;
  readonly device_id: string;
  readonly state: JobState;
  readonly job_count: number;
  readonly byte_count: number;
}

interface Group {
  readonly bounds: DayBounds;
  readonly deviceId: string;
  readonly counts: Partial<Record<JobState, number>>;
  storedByteCount: number;
}

/**
 * What ended, by day and device, last day first and of a day the device that ended last; without the search of a
 * filter. It reads the counts that triggers keep, and of the jobs only those it shows.
 */
export function listJobGroups(
  catalog: CatalogReader,
  filter: JobHistoryFilter,
  { before, limit }: JobPageOptions,
): { groups: JobGroup[]; nextCursor: string | undefined } {
  const states = filter.state === undefined ? ENDED : [filter.state];
  const calendar = new DayCalendar(filter.timeZone);
  const days: Group[][] = [];
  let groupCount = 0;
  let hasMore = false;
  for (const row of countRows(catalog, filter, calendar, cursorAt(before))) {
    if (!states.includes(row.state)) continue;
    const bounds = calendar.dayAt(row.quarter * QUARTER_MS);
    let day = days.at(-1);
    if (day?.[0]?.bounds.day !== bounds.day) {
      if (groupCount >= limit) {
        hasMore = true;
        break;
      }
      day = [];
      days.push(day);
    }
    let group = day.find(({ deviceId }) => deviceId === row.device_id);
    if (!group) {
      group = { bounds, deviceId: row.device_id, counts: {}, storedByteCount: 0 };
      day.push(group);
      groupCount += 1;
    }
    group.counts[row.state] = (group.counts[row.state] ?? 0) + row.job_count;
    if (row.state === 'stored') group.storedByteCount += row.byte_count;
  }
  const lastFrom = days.at(-1)?.[0]?.bounds.fromAt;
  return {
    groups: days.flatMap((day) =>
      day
        .map((group) => groupView(catalog, group, states))
        .sort((a, b) => b.lastAt - a.lastAt || (a.deviceId < b.deviceId ? -1 : 1)),
    ),
    nextCursor: hasMore && lastFrom !== undefined ? String(lastFrom) : undefined,
  };
}

/** Counts of quarters of an hour, last first. */
function* countRows(
  catalog: CatalogReader,
  { deviceId, day }: JobHistoryFilter,
  calendar: DayCalendar,
  before: number | undefined,
): Generator<CountRow> {
  const bounds = day === undefined ? undefined : calendar.bounds(day);
  const from = bounds ? bounds.fromAt / QUARTER_MS : Number.MIN_SAFE_INTEGER;
  const to = bounds ? bounds.toAt / QUARTER_MS : Number.MAX_SAFE_INTEGER;
  let below = before === undefined ? to : Math.min(to, before / QUARTER_MS);
  for (let chunk = COUNT_ROWS; ;) {
    const rows = catalog.all<CountRow>(
      `SELECT * FROM job_counts WHERE quarter >= ? AND quarter < ? ${deviceId ? 'AND device_id = ?' : ''}
       ORDER BY quarter DESC LIMIT ?`,
      from,
      below,
      ...(deviceId ? [deviceId] : []),
      chunk,
    );
    const last = rows.at(-1);
    if (!last) return;
    const isEnd = rows.length < chunk;
    // The last quarter may not be whole: it comes again with the next rows.
    const whole = isEnd ? rows : rows.filter(({ quarter }) => quarter > last.quarter);
    yield* whole;
    if (isEnd) return;
    if (whole.length === 0) chunk *= 2;
    below = last.quarter + 1;
  }
}

function cursorAt(cursor: string | undefined): number | undefined {
  if (cursor === undefined || !/^\d{1,15}$/.test(cursor)) return undefined;
  return Math.floor(Number(cursor) / QUARTER_MS) * QUARTER_MS;
}

function groupView(catalog: CatalogReader, group: Group, states: readonly JobState[]): JobGroup {
  const { bounds, deviceId, counts, storedByteCount } = group;
  const { day, fromAt, toAt } = bounds;
  const present = states.filter((state) => (counts[state] ?? 0) > 0);
  const count = present.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const isWhole = count <= FEW_JOBS;
  const shown = isWhole ? present : present.filter((state) => TROUBLES.includes(state));
  const name = catalog.get<{ name: string }>(
    'SELECT name FROM devices WHERE device_id = ?',
    deviceId,
  )?.name;
  return {
    day,
    deviceId,
    deviceName: name ?? 'Unknown device',
    fromAt,
    toAt,
    firstAt: edge(catalog, group, present, 'min'),
    lastAt: edge(catalog, group, present, 'max'),
    counts,
    storedByteCount,
    jobs: newestOf(catalog, group, shown, isWhole ? FEW_JOBS : SHOWN_TROUBLES),
  };
}

const WITHIN = 'device_id = ? AND state = ? AND changed_at >= ? AND changed_at < ?';

function edge(
  catalog: CatalogReader,
  { bounds, deviceId }: Group,
  states: readonly JobState[],
  which: 'min' | 'max',
): number {
  // One look into the index for each state: over all states at once SQLite would read the whole day.
  const edges = states.flatMap(
    (state) =>
      catalog.get<{ at: number | null }>(
        `SELECT ${which}(changed_at) AS at FROM jobs WHERE ${WITHIN}`,
        deviceId,
        state,
        bounds.fromAt,
        bounds.toAt,
      )?.at ?? [],
  );
  return edges.length === 0 ? bounds.fromAt : Math[which](...edges);
}

function newestOf(
  catalog: CatalogReader,
  { bounds, deviceId }: Group,
  states: readonly JobState[],
  limit: number,
): JobView[] {
  return states
    .flatMap((state) =>
      catalog.all<JobRow>(
        `${JOB_COLUMNS} WHERE ${WITHIN} ORDER BY changed_at DESC, job_id DESC LIMIT ?`,
        ...([deviceId, state, bounds.fromAt, bounds.toAt] satisfies SqlValue[]),
        limit,
      ),
    )
    .sort((a, b) => b.changed_at - a.changed_at || (a.job_id < b.job_id ? 1 : -1))
    .slice(0, limit)
    .map(jobView);
}
