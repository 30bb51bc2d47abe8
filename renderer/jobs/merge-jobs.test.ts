import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { JOB_STATES, type JobState } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { mergeHistory, mergeLive } from './merge-jobs.ts';

function job(jobId: string, changedAt: number, state: JobState = 'stored'): JobView {
  return {
    jobId,
    deviceId: 'phone',
    deviceName: 'Phone',
    assetKey: jobId,
    resourceType: 'photo',
    fileName: `${jobId}.HEIC`,
    state,
    receivedByteCount: 0,
    startedAt: 0,
    changedAt,
    uploadCount: 1,
  };
}

function changes(...jobs: JobView[]): ReadonlyMap<string, JobView> {
  return new Map(jobs.map((each) => [each.jobId, each]));
}

const ids = (jobs: readonly JobView[]) => jobs.map((each) => each.jobId);

const anyJob = fc
  .record({
    jobId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    changedAt: fc.nat(20),
    state: fc.constantFrom(...JOB_STATES),
  })
  .map(({ jobId, changedAt, state }) => job(jobId, changedAt, state));

describe('the job history', () => {
  it('shows a job that ended since the page was loaded on top', () => {
    const merged = mergeHistory([job('b', 2), job('a', 1)], changes(job('c', 3)), {});
    expect(ids(merged)).toEqual(['c', 'b', 'a']);
  });

  it('shows each job once, in its newest view', () => {
    const merged = mergeHistory([job('a', 1, 'failed')], changes(job('a', 5, 'stored')), {});
    expect(merged).toEqual([job('a', 5, 'stored')]);
  });

  it('and the running jobs let go of a job that turned out to be another one', () => {
    const joined = { ...job('a', 2, 'receiving'), joinedJobId: 'b' };
    const changed = changes(joined, job('b', 2));
    expect(mergeLive([job('a', 1, 'receiving')], changed, {})).toEqual([]);
    expect(ids(mergeHistory([], changed, {}))).toEqual(['b']);
  });

  it('lets go of a job that is sent again', () => {
    expect(mergeHistory([job('a', 1, 'failed')], changes(job('a', 2, 'receiving')), {})).toEqual(
      [],
    );
  });

  it('lets go of a job that no longer fits the filter', () => {
    const filter = { state: 'failed' } as const;
    expect(mergeHistory([job('a', 1, 'failed')], changes(job('a', 2)), filter)).toEqual([]);
  });

  it('never shows an event older than the loaded answer', () => {
    const merged = mergeHistory([job('a', 9, 'stored')], changes(job('a', 3, 'failed')), {});
    expect(merged).toEqual([job('a', 9, 'stored')]);
  });

  it('together with the running jobs holds each job exactly once, ordered', () => {
    const jobs = fc.uniqueArray(anyJob, { selector: (each) => each.jobId });
    fc.assert(
      fc.property(jobs, jobs, (loaded, changed) => {
        const history = mergeHistory(loaded, changes(...changed), {});
        const live = mergeLive(loaded, changes(...changed), {});
        const all = new Set([...ids(loaded), ...ids(changed)]);
        expect(new Set([...ids(history), ...ids(live)])).toEqual(all);
        expect(history.length + live.length).toBe(all.size);
        const times = history.map((each) => each.changedAt);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe('running jobs', () => {
  it('keep the order in which they began', () => {
    const first = { ...job('z', 9, 'receiving'), startedAt: 1 };
    const second = { ...job('a', 4, 'proving'), startedAt: 2 };
    expect(ids(mergeLive([second, first], changes(), {}))).toEqual(['z', 'a']);
  });
});
