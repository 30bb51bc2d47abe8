import { randomUUID } from 'node:crypto';

import { expect, it } from 'vitest';

import { jobFilterSchema } from '../../../shared/job-filter.ts';
import { fill, openFiling } from '../../../tests/support/filing-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { recordFinding } from '../catalog/reading-rows.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { jobHandlers } from '../window-api/job-handlers.ts';

import { jobsAsCsv, jobsAsJson } from './export-jobs.ts';

it('tells of a job that ended well where its original is not as safe any more, also in exports', async () => {
  await using temp = await tempFolder();
  await using lab = await openFiling({ folder: temp.path });
  const { core, filing } = lab;
  const receipts = await fill(lab);
  const [photo, movie, , , , alike, other] = receipts;
  if (!photo || !movie || !alike || !other) throw new Error('nothing was sent');
  recordFinding(core.catalog, alike, { kind: 'changed' }, 1);
  recordFinding(core.catalog, other, { kind: 'missing' }, 1);
  await filing.trash([photo.assetId]);
  await core.ledger.record({
    entry: 'emptied',
    emptyingId: randomUUID(),
    receiptIds: [movie.receiptId],
    isByAge: false,
    emptiedAt: core.clock.now(),
  });
  expect(receiptById(core.catalog, movie.receiptId)).toBeUndefined();

  const gone = new AbortController().signal;
  const handlers = jobHandlers({ catalog: core.catalog, jobs: core.jobs });
  const filter = jobFilterSchema.parse({});
  const { jobs } = await handlers['jobs.list']({ ...filter, limit: 50 }, gone);
  const nowOf = (told: typeof jobs): (string | undefined)[] =>
    [photo, movie, alike, other].map(({ jobId }) => told.find((each) => each.jobId === jobId)?.now);
  const expected = ['in-trash', 'given-up', 'damaged', 'missing'];
  expect(nowOf(jobs)).toEqual(expected);
  const one = await handlers['job.get']({ jobId: photo.jobId }, gone);
  expect(one.job).toMatchObject({ state: 'stored', now: 'in-trash' });
  expect(one.related.some(({ job }) => job.now === 'given-up')).toBe(true);

  const json = [...jobsAsJson(core.catalog, filter, 0)].join('');
  expect(nowOf((JSON.parse(json) as { jobs: typeof jobs }).jobs)).toEqual(expected);
  const csv = [...jobsAsCsv(core.catalog, filter)].join('');
  expect(csv.split('\r\n').filter((line) => line.endsWith(',given-up'))).toHaveLength(1);

  await filing.bringBack([photo.assetId]);
  await filing.settled();
  expect((await handlers['job.get']({ jobId: photo.jobId }, gone)).job.now).toBeUndefined();
});
