import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { jobFilterSchema } from '../../../shared/job-filter.ts';
import type { JobState } from '../../../shared/job-state.ts';
import type { JobGroup } from '../../../shared/window-views.ts';
import { PHONE, TABLET } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';

import { DayCalendar } from './day-bounds.ts';
import { FEW_JOBS, listJobGroups, SHOWN_TROUBLES } from './job-groups.ts';
import { countJobs } from './list-jobs.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

interface SampleJob {
  readonly at: number;
  readonly state: JobState;
  readonly deviceId: string;
  readonly byteCount?: number;
}

function add({ at, state, deviceId, byteCount = 10 }: SampleJob): string {
  const jobId = randomUUID();
  catalog.run(
    `INSERT INTO jobs (job_id, device_id, asset_key, resource_type, file_name, state, received_byte_count,
       expected_byte_count, started_at, changed_at, upload_count)
     VALUES (?, ?, ?, 'photo', 'IMG.HEIC', ?, ?, ?, ?, ?, 1)`,
    ...[jobId, deviceId, jobId, state, byteCount, byteCount, at, at],
  );
  return jobId;
}

function allGroups(filter: object, limit = 2): JobGroup[] {
  const groups: JobGroup[] = [];
  let before: string | undefined;
  do {
    const page = listJobGroups(catalog, jobFilterSchema.parse(filter), { before, limit });
    groups.push(...page.groups);
    before = page.nextCursor;
  } while (before !== undefined);
  return groups;
}

const noon = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

describe('the history by day and device', () => {
  it('tells a day of thousands in one line, with what went wrong beside it', () => {
    catalog.transaction(() => {
      for (let at = 0; at < 3_000; at += 1) {
        const state = at % 230 === 0 ? 'failed' : 'stored';
        add({ at: noon + at * 1_000, state, deviceId: PHONE });
      }
    });
    const [group, ...more] = allGroups({});
    expect(more).toEqual([]);
    expect(group).toMatchObject({
      day: '2026-11-20',
      deviceId: PHONE,
      firstAt: noon,
      lastAt: noon + 2_999_000,
      counts: { stored: 2_986, failed: 14 },
      storedByteCount: 29_860,
    });
    expect(group?.jobs.map(({ state }) => state)).toEqual(Array(SHOWN_TROUBLES).fill('failed'));
  });

  it('tells all jobs of a small group, and nothing of those that run', () => {
    for (let at = 0; at < FEW_JOBS; at += 1) {
      add({ at: noon + at, state: 'stored', deviceId: PHONE });
    }
    add({ at: noon + 99, state: 'receiving', deviceId: PHONE });
    const [group] = allGroups({});
    expect(group?.jobs).toHaveLength(FEW_JOBS);
    expect(group?.counts).toEqual({ stored: FEW_JOBS });
    expect(group?.lastAt).toBe(noon + FEW_JOBS - 1);
  });

  it('has the days of the time zone that asks, also where clocks change', () => {
    // Half past eleven in the evening in Zurich, and a quarter past midnight.
    add({ at: Date.UTC(2026, 9, 24, 21, 30), state: 'stored', deviceId: PHONE });
    add({ at: Date.UTC(2026, 9, 24, 22, 15), state: 'stored', deviceId: PHONE });
    const days = (timeZone: string): string[] => allGroups({ timeZone }).map(({ day }) => day);
    expect(days('Europe/Zurich')).toEqual(['2026-10-25', '2026-10-24']);
    expect(days('UTC')).toEqual(['2026-10-24']);
    expect(days('Asia/Kathmandu')).toEqual(['2026-10-25']);
    // The day on which the clock is set back has 25 hours.
    const { fromAt, toAt } = new DayCalendar('Europe/Zurich').bounds('2026-10-25');
    expect(toAt - fromAt).toBe(25 * HOUR);
  });

  it('is filtered by state, device and day', () => {
    add({ at: noon, state: 'failed', deviceId: PHONE });
    add({ at: noon, state: 'stored', deviceId: TABLET });
    add({ at: noon - 24 * HOUR, state: 'stored', deviceId: PHONE });
    const told = (filter: object): string[] =>
      allGroups(filter).map(({ day, deviceId }) => `${day} ${deviceId}`);
    expect(told({ state: 'failed' })).toEqual([`2026-11-20 ${PHONE}`]);
    expect(told({ deviceId: TABLET })).toEqual([`2026-11-20 ${TABLET}`]);
    expect(told({ day: '2026-11-19' })).toEqual([`2026-11-19 ${PHONE}`]);
    expect(told({ day: '2026-11-18' })).toEqual([]);
  });

  it('counts every job once, however it changed, in whatever pages it is read', () => {
    const states: readonly JobState[] = [
      'stored',
      'duplicate',
      'interrupted',
      'failed',
      'receiving',
    ];
    const job = fc.record({
      at: fc.integer({ min: noon - 20 * 24 * HOUR, max: noon }),
      state: fc.constantFrom(...states),
      deviceId: fc.constantFrom(PHONE, TABLET),
      next: fc.option(fc.record({ state: fc.constantFrom(...states), after: fc.nat(48 * HOUR) })),
      isRemoved: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(job, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (jobs, limit) => {
          catalog.run('DELETE FROM jobs');
          for (const { next, isRemoved, ...sample } of jobs) {
            const jobId = add(sample);
            if (next) {
              catalog.run(
                'UPDATE jobs SET state = ?, changed_at = changed_at + ?, received_byte_count = 3 WHERE job_id = ?',
                ...[next.state, next.after, jobId],
              );
            }
            if (isRemoved) catalog.run('DELETE FROM jobs WHERE job_id = ?', jobId);
          }
          const timeZone = 'Pacific/Chatham';
          const calendar = new DayCalendar(timeZone);
          const expected: Record<string, number> = {};
          const rows = catalog.all<{ device_id: string; state: string; changed_at: number }>(
            "SELECT device_id, state, changed_at FROM jobs WHERE state <> 'receiving'",
          );
          for (const row of rows) {
            const key = `${calendar.dayAt(row.changed_at).day} ${row.device_id} ${row.state}`;
            expected[key] = (expected[key] ?? 0) + 1;
          }
          const groups = allGroups({ timeZone }, limit);
          const told = Object.fromEntries(
            groups.flatMap(({ day, deviceId, counts }) =>
              Object.entries(counts).map(([state, count]) => [
                `${day} ${deviceId} ${state}`,
                count,
              ]),
            ),
          );
          expect(told).toEqual(expected);
          expect(groups.map(({ day }) => day)).toEqual(
            groups
              .map(({ day }) => day)
              .sort()
              .reverse(),
          );
          const byState = catalog.all<{ state: string; n: number }>(
            'SELECT state, count(*) AS n FROM jobs GROUP BY state',
          );
          expect(countJobs(catalog, undefined)).toEqual(
            Object.fromEntries(byState.map(({ state, n }) => [state, n])),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
