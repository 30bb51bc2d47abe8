import { expect, it } from 'vitest';

import { openCore, sha256Of, TABLET, upload } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { assetById } from '../catalog/timeline-queries.ts';
import { jobById } from '../jobs/job-queries.ts';
import { assetDetails } from '../window-api/asset-details.ts';

it.each([
  ['another asset of the device', {}],
  ['another device', { deviceId: TABLET, deviceFolder: 'iPad' }],
])('keeps two photos apart that share an edit recipe, which came first from %s', async (_, who) => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const one = await core.ingest.receive(upload('photo A', { assetKey: 'a' }));
  const recipe = { resourceType: 'adjustment-data', told: { fileName: 'IMG_1.AAE' } };
  await core.ingest.receive(upload('recipe', { assetKey: 'a', ...recipe }));

  const shared = await core.ingest.receive(upload('recipe', { assetKey: 'b', ...who, ...recipe }));
  expect(shared.result).toBe('duplicate');
  expect(shared.assetId).not.toBe(one.assetId);
  expect(assetById(core.catalog, shared.assetId)).toBeUndefined();
  expect(core.jobChanges.at(-1)).toMatchObject({ state: 'duplicate', assetId: shared.assetId });

  const other = await core.ingest.receive(upload('photo B', { assetKey: 'b', ...who }));
  expect(other).toMatchObject({ result: 'stored', assetId: shared.assetId });
  expect(jobById(core.catalog, other.receipt.jobId)).toMatchObject({ assetId: shared.assetId });
  const version = (bytes: string): string => sha256Of(bytes).slice(0, 16);
  expect(assetById(core.catalog, one.assetId)).toMatchObject({ version: version('photo A') });
  expect(assetById(core.catalog, other.assetId)).toMatchObject({ version: version('photo B') });
  const { resources } = assetDetails(core.catalog, other.assetId, (path) => path);
  expect(resources.map((each) => each.resourceType)).toEqual(['photo', 'adjustment-data']);
});

it('gives a key that begins with another asset’s photo that asset, under the same type alone', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const one = await core.ingest.receive(upload('photo A', { assetKey: 'a' }));
  const same = await core.ingest.receive(upload('photo A', { assetKey: 'b' }));
  expect(same).toMatchObject({ result: 'duplicate', assetId: one.assetId });
  const resourceType = 'full-size-photo';
  const unlike = await core.ingest.receive(upload('photo A', { assetKey: 'c', resourceType }));
  expect(unlike.result).toBe('duplicate');
  expect(unlike.assetId).not.toBe(one.assetId);
  const again = await core.ingest.receive(upload('photo A', { assetKey: 'c', resourceType }));
  expect(again).toMatchObject({ result: 'repeated', assetId: unlike.assetId });
});
