import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { JobView } from '../../../shared/window-views.ts';
import { PHONE, TABLET } from '../../../tests/support/core-lab.ts';
import { type JobLab, openJobLab, storeIn, subject } from '../../../tests/support/job-lab.ts';
import type { ManualClock } from '../../../tests/support/manual-clock.ts';
import type { Catalog } from '../catalog/open-catalog.ts';
import { recordEntry } from '../catalog/record-entry.ts';

import { jobFilterSchema } from '../../../shared/job-filter.ts';
import { jobById, uploadsOfJob } from './job-queries.ts';
import { brokenOffJobs, dismissJobs, failedJobCount, undismissJobs } from './jobs-to-see-to.ts';
import { countJobs, listJobs } from './list-jobs.ts';
import { JobTracker } from './job-tracker.ts';
import type { JobSubject, JobUpload } from './job-upload.ts';

const EVERY = jobFilterSchema.parse({});

let lab: JobLab;
let catalog: Catalog;
let clock: ManualClock;
let told: JobView[];
let jobs: JobTracker;

beforeEach(async () => {
  lab = await openJobLab();
  ({ catalog, clock, told, jobs } = lab);
});

afterEach(() => lab[Symbol.asyncDispose]());

const store = (upload: JobUpload, change?: Partial<JobSubject>) => storeIn(lab, upload, change);

describe('a job', () => {
  it('goes from receiving over proving to stored and is told of at each step', () => {
    const upload = jobs.begin(subject);
    clock.advance(10);
    upload.received(5);
    upload.proving();
    clock.advance(10);
    const stored = store(upload);
    expect(told.map((job) => [job.state, job.receivedByteCount])).toEqual([
      ['receiving', 0],
      ['receiving', 5],
      ['stored', 5],
    ]);
    expect(jobById(catalog, upload.jobId)).toEqual({
      jobId: upload.jobId,
      deviceId: PHONE,
      deviceName: 'Unknown device',
      assetKey: 'asset-1',
      resourceType: 'photo',
      fileName: 'IMG_1.HEIC',
      state: 'stored',
      receivedByteCount: 5,
      expectedByteCount: 5,
      startedAt: 1000,
      changedAt: 1020,
      finishedAt: 1020,
      uploadCount: 1,
      receiptId: stored.receiptId,
      assetId: stored.assetId,
    });
    expect(jobs.live(upload.jobId)).toBeUndefined();
  });

  it('gathers all uploads of its resource, and no other resource', () => {
    const first = jobs.begin(subject);
    first.received(2);
    first.broken(new RoostError('upload/interrupted'));
    const second = jobs.begin(subject);
    store(second);
    expect(second.jobId).toBe(first.jobId);
    expect(uploadsOfJob(catalog, first.jobId)).toMatchObject([
      { receivedByteCount: 2, result: 'interrupted', errorCode: 'upload/interrupted' },
      { result: 'stored' },
    ]);
    expect(jobById(catalog, first.jobId)).toMatchObject({ state: 'stored', uploadCount: 2 });
    expect(jobById(catalog, first.jobId)?.errorCode).toBeUndefined();
    for (const change of [{ assetKey: 'b' }, { resourceType: 'video' }, { deviceId: TABLET }]) {
      expect(jobs.begin({ ...subject, ...change }).jobId).not.toBe(first.jobId);
    }
  });

  it.each([
    ['upload/interrupted', 'interrupted'],
    ['upload/idle', 'interrupted'],
    ['service/stopping', 'interrupted'],
    ['library/missing', 'interrupted'],
    ['upload/digest-mismatch', 'failed'],
    ['library/disk-full', 'failed'],
    ['service/failed', 'failed'],
  ] as const)('that ends with %s is %s', (code, state) => {
    const upload = jobs.begin(subject);
    upload.broken(new RoostError(code));
    expect(jobById(catalog, upload.jobId)).toMatchObject({ state, errorCode: code });
  });

  it('says what exactly went wrong where that is more than the title', () => {
    const upload = jobs.begin(subject);
    upload.broken(new RoostError('upload/length-mismatch', '4 bytes arrived instead of 5.'));
    expect(jobById(catalog, upload.jobId)?.errorDetail).toBe('4 bytes arrived instead of 5.');
    const other = jobs.begin({ ...subject, assetKey: 'b' });
    other.broken(new RoostError('upload/length-mismatch'));
    expect(jobById(catalog, other.jobId)?.errorDetail).toBeUndefined();
  });

  it('ends once, whatever is called after', () => {
    const upload = jobs.begin(subject);
    store(upload);
    upload.broken(new RoostError('service/failed'));
    expect(jobById(catalog, upload.jobId)?.state).toBe('stored');
    expect(jobs.liveUploadCount).toBe(0);
  });
});

describe('a resource that is safe and comes again', () => {
  it('keeps its receipt, and says that the last try failed', () => {
    const stored = store(jobs.begin(subject));
    const again = jobs.begin(subject);
    again.broken(new RoostError('upload/interrupted'));
    expect(jobById(catalog, again.jobId)).toMatchObject({
      state: 'interrupted',
      receiptId: stored.receiptId,
    });
  });

  it('is stored as before when it is a repeat, and a duplicate when it was one', () => {
    const stored = store(jobs.begin(subject));
    jobs.noteRepeat(stored, subject, stored.assetId);
    expect(jobById(catalog, stored.jobId)).toMatchObject({
      state: 'stored',
      uploadCount: 2,
      receivedByteCount: 5,
    });
    const other = { ...subject, deviceId: TABLET };
    const duplicate = jobs.begin(other);
    duplicate.safe('duplicate', stored, stored.assetId);
    jobs.noteRepeat(stored, other, stored.assetId);
    expect(jobById(catalog, duplicate.jobId)).toMatchObject({ state: 'duplicate', uploadCount: 2 });
  });

  it('keeps the receipt of its newest version when an older one is repeated', () => {
    const first = store(jobs.begin(subject));
    clock.advance(1);
    const second = store(jobs.begin(subject));
    jobs.noteRepeat(first, subject, first.assetId);
    expect(jobById(catalog, first.jobId)).toMatchObject({
      state: 'stored',
      receiptId: second.receiptId,
    });
  });
});

describe('two uploads of one resource at once', () => {
  it('count both, and stay safe when one is stored and the other breaks', () => {
    const [one, other] = [jobs.begin(subject), jobs.begin(subject)];
    expect(jobs.liveUploadCount).toBe(2);
    store(one);
    other.broken(new RoostError('upload/interrupted'));
    expect(jobById(catalog, one.jobId)).toMatchObject({ state: 'stored', uploadCount: 2 });
    expect(jobs.liveUploadCount).toBe(0);
    expect(jobs.live(one.jobId)).toBeUndefined();
  });

  it('run on when the older connection is found dead late', () => {
    const [old, current] = [jobs.begin(subject), jobs.begin(subject)];
    current.received(3);
    old.broken(new RoostError('upload/idle'));
    expect(jobs.live(old.jobId)).toMatchObject({ state: 'receiving', receivedByteCount: 3 });
    expect(jobById(catalog, old.jobId)).toMatchObject({ state: 'receiving' });
    expect(jobById(catalog, old.jobId)?.finishedAt).toBeUndefined();
    expect(uploadsOfJob(catalog, old.jobId)[0]).toMatchObject({ result: 'interrupted' });
    current.broken(new RoostError('upload/interrupted'));
    expect(jobById(catalog, old.jobId)).toMatchObject({
      state: 'interrupted',
      errorCode: 'upload/interrupted',
    });
  });
});

it('calls uploads interrupted that the last run left behind, and no others', () => {
  const running = jobs.begin(subject);
  const done = jobs.begin({ ...subject, assetKey: 'b' });
  store(done, { assetKey: 'b' });
  clock.advance(500);
  const next = new JobTracker(catalog, clock, () => undefined);
  expect(next.interruptLeftOvers()).toBe(1);
  expect(jobById(catalog, running.jobId)).toMatchObject({
    state: 'interrupted',
    errorCode: 'service/stopping',
    finishedAt: 1500,
  });
  expect(uploadsOfJob(catalog, running.jobId)).toMatchObject([{ result: 'interrupted' }]);
  expect(jobById(catalog, done.jobId)?.state).toBe('stored');
  expect(next.interruptLeftOvers()).toBe(0);
});

it('goes on when history cannot be written, and forgets no upload that ended', () => {
  catalog.run("CREATE TRIGGER full BEFORE INSERT ON jobs BEGIN SELECT RAISE(FAIL, 'full'); END");
  const upload = jobs.begin(subject);
  upload.received(3);
  upload.broken(new RoostError('upload/interrupted'));
  expect(jobs.liveUploadCount).toBe(0);
  expect(told.at(-1)?.state).toBe('interrupted');
});

describe('the history', () => {
  function some(count: number): string[] {
    return Array.from({ length: count }, (_, at) => {
      // Three at a time share a moment, so that the order needs more than the clock.
      if (at % 3 === 0) clock.advance(1);
      const deviceId = at % 2 === 0 ? PHONE : TABLET;
      const upload = jobs.begin({ ...subject, deviceId, assetKey: String(at) });
      if (at % 4 === 0) upload.broken(new RoostError('library/disk-full'));
      else store(upload, { deviceId, assetKey: String(at) });
      return upload.jobId;
    });
  }

  it('is paged from the last changed on, each job once', () => {
    const ids = some(20);
    for (const limit of [1, 3, 7, 20, 50]) {
      const seen: JobView[] = [];
      let before: string | undefined;
      do {
        const page = listJobs(catalog, EVERY, { before, limit });
        expect(page.jobs.length).toBeLessThanOrEqual(limit);
        seen.push(...page.jobs);
        before = page.nextCursor;
      } while (before !== undefined);
      expect(seen.map((job) => job.jobId).sort()).toEqual(ids.toSorted());
      const times = seen.map((job) => job.changedAt);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
  });

  it('is filtered by state and device, and counted', () => {
    some(20);
    const failed = listJobs(catalog, jobFilterSchema.parse({ state: 'failed', deviceId: PHONE }), {
      limit: 50,
    }).jobs;
    expect(failed).toHaveLength(5);
    expect(new Set(failed.map((job) => job.deviceId))).toEqual(new Set([PHONE]));
    expect(countJobs(catalog, undefined)).toEqual({ failed: 5, stored: 15 });
    expect(countJobs(catalog, TABLET)).toEqual({ stored: 10 });
  });

  it.each(['', 'x', '1-2', '99999999999999999999-x', "' OR 1=1 --"])(
    'starts from its beginning for the cursor %j',
    (before) => {
      some(3);
      expect(listJobs(catalog, EVERY, { before, limit: 10 }).jobs).toHaveLength(3);
    },
  );
});

it('tells what its device will not send by itself, once it has waited for longer than that takes', () => {
  const minute = 60_000;
  const device = {
    ...{ entry: 'device' as const, folder: 'x', model: '', app: '', pairedAt: 1, recordedAt: 1 },
  };
  const page = { ...device, deviceId: PHONE, name: 'Page', platform: 'web' };
  recordEntry(catalog, page);
  recordEntry(catalog, { ...device, deviceId: TABLET, name: 'App', platform: 'iOS' });
  for (const deviceId of [PHONE, TABLET]) {
    jobs.begin({ ...subject, deviceId }).broken(new RoostError('upload/interrupted'));
  }
  const brokeAt = clock.now();
  expect(told.at(-1)).not.toHaveProperty('comesBack');
  expect(told.findLast(({ deviceId }) => deviceId === PHONE)?.comesBack).toBe('by-hand');
  expect(brokenOffJobs(catalog, 0, brokeAt + minute)).toEqual({ count: 0 });
  expect(brokenOffJobs(catalog, 0, brokeAt + 3 * minute)).toMatchObject({
    count: 1,
    job: { fileName: 'IMG_1.HEIC', deviceName: 'Page' },
  });
  expect(brokenOffJobs(catalog, 0, brokeAt + 25 * 60 * minute)).toEqual({ count: 2 });

  recordEntry(catalog, { ...page, revokedAt: 5 });
  const { jobs: listed } = listJobs(catalog, EVERY, { limit: 10 });
  expect(listed.find(({ deviceId }) => deviceId === PHONE)?.comesBack).toBe('never');
  expect(brokenOffJobs(catalog, 0, brokeAt + 3 * minute)).toEqual({ count: 0 });
});

it('tells no more of what was dismissed, until it goes wrong again or the dismissal is taken back', () => {
  const fail = (assetKey: string): void =>
    jobs.begin({ ...subject, assetKey }).broken(new RoostError('upload/digest-mismatch'));
  fail('one');
  fail('two');
  jobs.begin({ ...subject, assetKey: 'three' }).broken(new RoostError('upload/interrupted'));
  clock.advance(25 * 3_600_000);
  const now = clock.now();
  dismissJobs(catalog, 'failed', 0, now);
  expect([failedJobCount(catalog, 0), brokenOffJobs(catalog, 0, now).count]).toEqual([0, 1]);
  clock.advance(1000);
  fail('two');
  expect(failedJobCount(catalog, 0)).toBe(1);
  undismissJobs(catalog, now);
  expect(failedJobCount(catalog, 0)).toBe(2);
  dismissJobs(catalog, 'broken-off', 0, now);
  expect(brokenOffJobs(catalog, 0, now)).toEqual({ count: 0 });
});
