import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { PHONE } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';

import { jobById, uploadsOfJob } from './job-queries.ts';
import { JobTracker } from './job-tracker.ts';
import { LOOK_EVERY_MS, pausesBetween, ServiceWatch } from './service-watch.ts';

const START = 1_000_000;
const HOUR = 3_600_000;

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
let clock: ManualClock;
let watch: ServiceWatch;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  clock = new ManualClock(START);
  watch = newRun();
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

let timers: ManualTimers;

function newRun(): ServiceWatch {
  timers = new ManualTimers(clock);
  const run = new ServiceWatch(catalog, clock, timers, clock.uptime);
  run.start();
  return run;
}

const pauses = (): unknown[] => pausesBetween(catalog, 0, Number.MAX_SAFE_INTEGER);

describe('the watch over the service', () => {
  it('takes a clock that is set, forward or back, for no sleep, and knows a sleep in which it was set', () => {
    const broken = new RoostError('upload/interrupted');
    for (const byMs of [5 * HOUR, -2 * HOUR]) {
      clock.set(byMs);
      expect(watch.causeOf(broken, clock.now() - 1000)).toBeUndefined();
    }
    expect(pauses()).toEqual([]);
    clock.advance(HOUR);
    clock.set(-HOUR);
    expect(watch.causeOf(broken, clock.now() - 1000)).toBe('computer-asleep');
    expect(pauses()).toEqual([
      { cause: 'computer-asleep', fromAt: clock.now() - HOUR, toAt: clock.now() },
    ]);
  });

  it('tells for how long Roost was closed, and when it ended without a word', () => {
    expect(pauses()).toEqual([]);
    clock.advance(LOOK_EVERY_MS);
    watch.close();
    clock.advance(HOUR);
    newRun();
    expect(pauses()).toEqual([
      { cause: 'roost-stopped', fromAt: START + LOOK_EVERY_MS, toAt: START + LOOK_EVERY_MS + HOUR },
    ]);
    clock.advance(HOUR);
    newRun();
    expect(pauses()).toMatchObject([
      { cause: 'roost-stopped' },
      { cause: 'roost-ended-abruptly', toAt: START + LOOK_EVERY_MS + 2 * HOUR },
    ]);
  });

  it('tells when the library was away, also where Roost ended meanwhile', () => {
    watch.libraryIs(new RoostError('library/missing'));
    watch.libraryIs(new RoostError('library/missing'));
    clock.advance(10);
    watch.libraryIs(new RoostError('library/disk-full'));
    clock.advance(10);
    watch.libraryIs(undefined);
    clock.advance(10);
    watch.libraryIs(new RoostError('library/other-library'));
    clock.advance(10);
    watch.close();
    expect(pauses()).toEqual([
      { cause: 'library-away', fromAt: START, toAt: START + 10 },
      { cause: 'disk-full', fromAt: START + 10, toAt: START + 20 },
      { cause: 'library-unusable', fromAt: START + 30, toAt: START + 40 },
    ]);
  });

  it('calls a gap of the clock sleep, and nothing that is only late', () => {
    clock.advance(LOOK_EVERY_MS + 5_000);
    expect(watch.causeOf(new RoostError('upload/interrupted'), START)).toBeUndefined();
    clock.advance(HOUR);
    expect(watch.causeOf(new RoostError('upload/interrupted'), START)).toBe('computer-asleep');
    expect(watch.causeOf(new RoostError('upload/digest-mismatch'), START)).toBeUndefined();
    expect(watch.causeOf(new RoostError('upload/idle'), clock.now() + 1)).toBeUndefined();
    for (let passed = 0; passed < 6 * 60_000; passed += LOOK_EVERY_MS) {
      clock.advance(LOOK_EVERY_MS);
      watch.causeOf(new RoostError('upload/idle'), START);
    }
    expect(watch.causeOf(new RoostError('upload/interrupted'), START)).toBeUndefined();
    expect(pauses()).toHaveLength(1);
  });
});

describe('an upload', () => {
  const subject = {
    deviceId: PHONE,
    assetKey: 'a',
    resourceType: 'video',
    fileName: 'IMG_1.MOV',
    expectedByteCount: 100,
  };

  it('that broke off while the computer slept says so, and from which byte it went on', () => {
    const jobs = new JobTracker(
      catalog,
      clock,
      () => undefined,
      undefined,
      (error, startedAt) => watch.causeOf(error, startedAt),
    );
    const upload = jobs.begin(subject);
    upload.received(40);
    clock.advance(HOUR);
    upload.paused(new RoostError('upload/paused'));
    expect(jobById(catalog, upload.jobId)).toMatchObject({
      state: 'interrupted',
      cause: 'computer-asleep',
    });
    clock.advance(5_000);
    upload.resumed(40);
    expect(jobById(catalog, upload.jobId)?.cause).toBeUndefined();
    upload.received(90);
    clock.advance(1);
    // Many requests, one after the other, are one part.
    upload.paused(new RoostError('upload/paused'), { isAsAgreed: true });
    upload.resumed(90);
    upload.received(100);
    upload.broken(new RoostError('upload/digest-mismatch'));
    const [told] = uploadsOfJob(catalog, upload.jobId);
    expect(told).toMatchObject({ requestCount: 3, result: 'failed' });
    expect(told?.stretches).toEqual([
      {
        startedAt: START,
        finishedAt: START + HOUR,
        fromByteCount: 0,
        toByteCount: 40,
        errorCode: 'upload/paused',
        cause: 'computer-asleep',
      },
      {
        startedAt: START + HOUR + 5_000,
        finishedAt: START + HOUR + 5_001,
        fromByteCount: 40,
        toByteCount: 100,
        errorCode: 'upload/digest-mismatch',
      },
    ]);
  });

  it('that came in one go has no parts', () => {
    const jobs = new JobTracker(catalog, clock, () => undefined);
    const upload = jobs.begin(subject);
    upload.broken(new RoostError('upload/interrupted'));
    expect(uploadsOfJob(catalog, upload.jobId)).toMatchObject([{ stretches: [] }]);
  });

  it('that a power cut ended knows what it had once its device goes on', () => {
    const before = new JobTracker(catalog, clock, () => undefined);
    const upload = before.begin(subject);
    upload.received(70);
    const { jobId, uploadNumber: number, startedAt } = upload;
    clock.advance(HOUR);
    const next = new JobTracker(catalog, clock, () => undefined);
    const again = next.reopen(subject, { jobId, number, startedAt, receivedByteCount: 64 });
    next.interruptLeftOvers();
    expect(jobById(catalog, jobId)).toMatchObject({ cause: 'roost-ended-abruptly' });
    clock.advance(HOUR);
    again.resumed(64);
    expect(uploadsOfJob(catalog, jobId)[0]?.stretches).toEqual([
      {
        startedAt,
        finishedAt: START + HOUR,
        fromByteCount: 0,
        toByteCount: 64,
        errorCode: 'service/stopping',
        cause: 'roost-ended-abruptly',
      },
      { startedAt: START + 2 * HOUR, fromByteCount: 64, toByteCount: 64 },
    ]);
  });
});
