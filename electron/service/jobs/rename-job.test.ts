import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { JobView } from '../../../shared/window-views.ts';
import { type JobLab, openJobLab, storeIn, subject } from '../../../tests/support/job-lab.ts';
import type { ManualClock } from '../../../tests/support/manual-clock.ts';
import type { Catalog } from '../catalog/open-catalog.ts';

import { jobById, uploadsOfJob } from './job-queries.ts';
import { countJobs } from './list-jobs.ts';
import type { JobTracker } from './job-tracker.ts';
import type { JobSubject, JobUpload } from './job-upload.ts';

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

describe('a job of which only the end of its request told what it is about', () => {
  const begunAs = { ...subject, assetKey: 'form:1' };
  const keys = (): unknown[] =>
    catalog.all('SELECT asset_key, state, upload_count FROM jobs ORDER BY started_at, asset_key');
  const brokeOff = new RoostError('upload/interrupted');

  it('becomes that of the resource, with the tries of before', () => {
    jobs.begin(begunAs).broken(brokeOff);
    const again = jobs.begin(begunAs);
    again.renamed({ ...subject, resourceType: 'video', fileName: 'late.mov' });
    expect(jobs.live(again.jobId)).toMatchObject({
      assetKey: 'asset-1',
      resourceType: 'video',
      fileName: 'late.mov',
      state: 'receiving',
    });
    store(again, { resourceType: 'video', fileName: 'late.mov' });
    expect(jobById(catalog, again.jobId)).toMatchObject({
      assetKey: 'asset-1',
      resourceType: 'video',
      fileName: 'late.mov',
      state: 'stored',
      uploadCount: 2,
    });
    expect(uploadsOfJob(catalog, again.jobId).map(({ result }) => result)).toEqual([
      'interrupted',
      'stored',
    ]);
    // Another file that begins under that name has nothing to do with it.
    expect(jobs.begin(begunAs).jobId).not.toBe(again.jobId);
  });

  it('joins the job there is, and says so', () => {
    const known = store(jobs.begin(subject));
    clock.advance(1);
    jobs.begin(begunAs).broken(brokeOff);
    const again = jobs.begin(begunAs);
    const goneId = again.jobId;
    again.renamed(subject);
    expect(again.jobId).toBe(known.jobId);
    again.safe('repeated', known, known.assetId);
    expect(keys()).toEqual([{ asset_key: 'asset-1', state: 'stored', upload_count: 3 }]);
    expect(uploadsOfJob(catalog, known.jobId).map(({ result }) => result)).toEqual([
      'stored',
      'interrupted',
      'repeated',
    ]);
    expect(told.findLast(({ jobId }) => jobId === goneId)?.joinedJobId).toBe(known.jobId);
    expect(told.at(-1)).toMatchObject({ jobId: known.jobId, state: 'stored', uploadCount: 3 });
    expect(told.at(-1)).not.toHaveProperty('joinedJobId');
    expect([jobs.liveUploadCount, countJobs(catalog, undefined)]).toEqual([0, { stored: 1 }]);
  });

  it('leaves the other uploads that began alike to themselves', () => {
    const [one, other] = [jobs.begin(begunAs), jobs.begin(begunAs)];
    clock.advance(1);
    one.renamed(subject);
    expect(one.jobId).not.toBe(other.jobId);
    store(one);
    expect(jobs.live(other.jobId)).toMatchObject({ assetKey: 'form:1', state: 'receiving' });
    other.broken(new RoostError('upload/digest-mismatch'));
    expect(keys()).toEqual([
      { asset_key: 'asset-1', state: 'stored', upload_count: 1 },
      { asset_key: 'form:1', state: 'failed', upload_count: 2 },
    ]);
    expect(jobs.liveUploadCount).toBe(0);
  });

  it('leaves what is safe under its first name as it was', () => {
    const safe = store(jobs.begin(subject));
    const again = jobs.begin(subject);
    clock.advance(1);
    again.renamed({ ...subject, assetKey: 'other' });
    expect(jobById(catalog, safe.jobId)).toMatchObject({
      state: 'stored',
      receiptId: safe.receiptId,
      receivedByteCount: 5,
    });
    expect(jobs.live(safe.jobId)).toBeUndefined();
    store(again, { assetKey: 'other' });
    expect(keys()).toEqual([
      { asset_key: 'asset-1', state: 'stored', upload_count: 1 },
      { asset_key: 'other', state: 'stored', upload_count: 1 },
    ]);
  });
});
