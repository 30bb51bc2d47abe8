import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { JOB_STATES } from '../../shared/job-state.ts';
import type { JobGroup, JobView } from '../../shared/window-views.ts';
import { flatRows, groupKey, groupRows, newerCount, type OpenGroup } from './history-rows.ts';

const PHONE = 'c0ffee00-0000-4000-8000-000000000001';
const DAY_FROM = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;

function job(jobId: string, change: Partial<JobView> = {}): JobView {
  return {
    jobId,
    deviceId: PHONE,
    deviceName: 'My iPhone',
    assetKey: jobId,
    resourceType: 'photo',
    fileName: `${jobId}.HEIC`,
    state: 'stored',
    receivedByteCount: 1,
    startedAt: DAY_FROM,
    changedAt: DAY_FROM + 1,
    uploadCount: 1,
    ...change,
  };
}

function group(counts: JobGroup['counts'], jobs: readonly JobView[]): JobGroup {
  return {
    day: '2026-11-20',
    deviceId: PHONE,
    deviceName: 'My iPhone',
    fromAt: DAY_FROM,
    toAt: DAY_FROM + DAY_MS,
    firstAt: DAY_FROM,
    lastAt: DAY_FROM + 1,
    counts,
    storedByteCount: 0,
    jobs: [...jobs],
  };
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();
const changes = (...jobs: readonly JobView[]) => new Map(jobs.map((each) => [each.jobId, each]));
const opened = (change: Partial<OpenGroup>): ReadonlyMap<string, OpenGroup> =>
  new Map<string, OpenGroup>([
    [
      groupKey({ day: '2026-11-20', deviceId: PHONE }),
      { jobs: [], isLoading: false, hasFailed: false, ...change },
    ],
  ]);

describe('the lines of the history', () => {
  it('list all of a few jobs, and of many only what is not safe', () => {
    const few = groupRows([group({ stored: 1 }, [job('a')])], NONE, NONE, {});
    expect(few.map(({ kind }) => kind)).toEqual(['day', 'group', 'job']);
    expect(few[1]).toMatchObject({ isOpen: undefined });
    const failed = job('f', { state: 'failed' });
    const many = groupRows([group({ stored: 2_987, failed: 13 }, [failed])], NONE, NONE, {});
    expect(many.map(({ kind }) => kind)).toEqual(['day', 'group', 'job', 'troubles']);
    expect(many[1]).toMatchObject({ isOpen: false });
    expect(many[3]).toMatchObject({ count: 12 });
  });

  it('of an open day are those that are loaded, what came since, and whether there is more', () => {
    const rows = groupRows(
      [group({ stored: 3_000 }, [])],
      opened({ jobs: [job('a')], nextCursor: 'x' }),
      changes(
        job('new', { changedAt: DAY_FROM + 5 }),
        job('tomorrow', { changedAt: DAY_FROM + DAY_MS }),
        job('elsewhere', { deviceId: 'c0ffee00-0000-4000-8000-000000000002' }),
        job('running', { state: 'receiving' }),
      ),
      {},
    );
    expect(rows.slice(2).map(({ key }) => key)).toEqual([
      'new',
      'a',
      `2026-11-20 ${PHONE} loading`,
    ]);
  });

  it('lose a trouble that became safe elsewhere, without gaining anything', () => {
    const failed = job('f', { state: 'failed' });
    const later = job('f', { changedAt: DAY_FROM + DAY_MS });
    const rows = groupRows(
      [group({ stored: 90, failed: 1 }, [failed])],
      NONE,
      changes(later, job('n')),
      {},
    );
    expect(rows.filter(({ kind }) => kind === 'job')).toEqual([]);
  });

  it('have keys that name each line once, whatever is shown', () => {
    const anyJob = fc.record({
      id: fc.stringMatching(/^[a-z]{1,3}$/),
      state: fc.constantFrom(...JOB_STATES),
      after: fc.nat(3 * DAY_MS),
    });
    const someJobs = fc
      .uniqueArray(anyJob, { selector: ({ id }) => id, maxLength: 12 })
      .map((jobs) =>
        jobs.map(({ id, state, after }) => job(id, { state, changedAt: DAY_FROM + after })),
      );
    fc.assert(
      fc.property(someJobs, someJobs, fc.boolean(), (listed, news, isOpen) => {
        const shown = group({ stored: 50, failed: 9 }, listed.slice(0, 3));
        const rows = groupRows(
          [shown],
          isOpen ? opened({ jobs: listed }) : NONE,
          changes(...news),
          {},
        );
        for (const each of [rows, flatRows(listed.toSorted((a, b) => b.changedAt - a.changedAt))]) {
          const keys = each.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });

  it('count what ended since, and only what fits', () => {
    const known = changes(job('a'));
    const now = changes(
      job('a'),
      job('b'),
      job('c', { state: 'receiving' }),
      job('d', { state: 'failed' }),
    );
    expect(newerCount(now, known, {})).toBe(2);
    expect(newerCount(now, known, { state: 'failed' })).toBe(1);
  });
});
