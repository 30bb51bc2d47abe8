import { randomUUID } from 'node:crypto';

import { expect, it } from 'vitest';

import { openCore, upload, type Core } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { rebuildCatalog } from './rebuild-catalog.ts';
import { assetById } from './timeline-queries.ts';

async function decide(core: Core, assetId: string, isFavourite: boolean): Promise<void> {
  core.clock.advance(1000);
  await core.ledger.record({
    entry: 'favourite',
    decisionId: randomUUID(),
    assetIds: [assetId],
    isFavourite,
    decidedAt: core.clock.now(),
  });
}

function isFavourite(core: Core, assetId: string): boolean {
  return assetById(core.catalog, assetId)?.isFavourite === true;
}

it('is what the device told, until the person decides, also in a catalog made anew', async () => {
  await using temp = await tempFolder();
  let libraryFolder: string;
  let told: string;
  let other: string;
  {
    await using core = await openCore({ folder: temp.path });
    ({ libraryFolder } = core);
    const send = async (assetKey: string, favorite: boolean): Promise<string> => {
      const meta = { fileName: `${assetKey}.jpg`, favorite };
      return (await core.ingest.receive(upload(assetKey, { assetKey, told: meta }))).receipt
        .assetId;
    };
    [told, other] = [await send('a', true), await send('b', false)];
    expect([isFavourite(core, told), isFavourite(core, other)]).toEqual([true, false]);
    await decide(core, told, false);
    await decide(core, other, false);
    await decide(core, other, true);
    expect([isFavourite(core, told), isFavourite(core, other)]).toEqual([false, true]);
  }
  await rebuildCatalog({ libraryFolder, dataFolder: temp.path });
  await using core = await openCore({ folder: temp.path });
  expect([isFavourite(core, told), isFavourite(core, other)]).toEqual([false, true]);
});

it('stays what the person said when more of the photo comes, and when it leaves the trash', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { receipt } = await core.ingest.receive(upload('photo'));
  await decide(core, receipt.assetId, true);
  const movie = { fileName: 'IMG_1.MOV', favorite: false };
  await core.ingest.receive(upload('movie', { resourceType: 'paired-video', told: movie }));
  expect(isFavourite(core, receipt.assetId)).toBe(true);
  await core.mover.move(receipt.receiptId, 'trash', 'trash');
  await core.mover.move(receipt.receiptId, { folder: 'My iPhone', name: 'IMG_1.HEIC' }, 'restore');
  expect(isFavourite(core, receipt.assetId)).toBe(true);
});

it('speaks of what the photo was made of when it was decided, also where the journal is gone through again', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const send = async (assetKey: string): Promise<string> => {
    const told = { fileName: `${assetKey}.jpg` };
    return (await core.ingest.receive(upload(assetKey, { assetKey, told }))).receipt.assetId;
  };
  const [one, other] = [await send('a'), await send('b')];
  const entry = {
    entry: 'favourite' as const,
    decisionId: randomUUID(),
    assetIds: [one],
    isFavourite: true,
    decidedAt: core.clock.now(),
  };
  await core.ledger.record(entry);
  await core.ledger.record({
    entry: 'grouping',
    decisionId: randomUUID(),
    decision: 'together',
    assetIds: [one, other],
    decidedAt: core.clock.now(),
  });
  await core.ledger.record(entry);
  expect(core.catalog.all('SELECT part_id FROM favourites')).toEqual([{ part_id: one }]);
});
