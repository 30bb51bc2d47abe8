import { expect, it } from 'vitest';

import { openCore, upload, type Core } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog } from '../catalog/open-catalog.ts';
import { followJournal } from '../catalog/follow-journal.ts';
import { assetOfPart, partsOfAsset } from '../catalog/regroup.ts';

import { splitAsset, unsplitAsset, type SplitParts } from './split-asset.ts';

/** Two pictures of one name that nothing ties but a recipe in their folder. */
async function sendThree(core: Core): Promise<[string, string, string]> {
  const ids: string[] = [];
  for (const fileName of ['IMG_1.HEIC', 'IMG_1.JPG', 'IMG_1.AAE']) {
    const told = { fileName, createdAt: Date.UTC(2020, 0, 1) };
    const change = { assetKey: `100APPLE/${fileName}`, told };
    ids.push((await core.ingest.receive(upload(fileName, change))).assetId);
  }
  const [heic = '', jpeg = '', recipe = ''] = ids;
  return [heic, jpeg, recipe];
}

function partsOf(core: Core, changed: string[] = []): SplitParts {
  const { catalog, ledger, clock } = core;
  return { catalog, ledger: () => ledger, clock, assetChanged: (id) => changed.push(id) };
}

it('takes one part out and leaves the others together, until that is taken back', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const [heic, jpeg, recipe] = await sendThree(core);
  expect(partsOfAsset(core.catalog, heic)).toEqual([heic, jpeg, recipe]);

  const changed: string[] = [];
  const split = await splitAsset(partsOf(core, changed), { assetId: heic, partId: recipe });
  expect(split).toEqual({ assetId: heic, splitAssetId: recipe });
  expect(partsOfAsset(core.catalog, heic)).toEqual([heic, jpeg]);
  expect(changed).toEqual(expect.arrayContaining([heic, recipe]));

  // A catalog made anew knows the decision.
  const anew = openCatalog(`${temp.path}/anew.sqlite`);
  await followJournal(anew, core.library.layout.journalFolder, core.library.files);
  expect(partsOfAsset(anew, heic)).toEqual([heic, jpeg]);
  expect(assetOfPart(anew, recipe)).toBe(recipe);
  anew.close();

  await unsplitAsset(partsOf(core), split);
  expect(partsOfAsset(core.catalog, heic)).toEqual([heic, jpeg, recipe]);
});

it('can take out the oldest part, after which the asset is called', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const [heic, jpeg, recipe] = await sendThree(core);
  const split = await splitAsset(partsOf(core), { assetId: heic, partId: heic });
  expect(split).toEqual({ assetId: jpeg, splitAssetId: heic });
  expect(partsOfAsset(core.catalog, jpeg)).toEqual([jpeg, recipe]);
  expect(await unsplitAsset(partsOf(core), split)).toEqual({ assetId: heic });
});

it('refuses to split what is not put together', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { assetId } = await core.ingest.receive(upload('photo'));
  for (const partId of [assetId, 'c0ffee00-0000-4000-8000-00000000dead']) {
    await expect(splitAsset(partsOf(core), { assetId, partId })).rejects.toMatchObject({
      code: 'request/not-found',
    });
  }
});
