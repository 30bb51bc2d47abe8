import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { visibleFiles } from '../support/core-lab.ts';
import type { FakePhone } from '../support/fake-phone.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { expectListed } from '../support/sha256sum.ts';

let roost: ServiceInTest;
let phone: FakePhone;

beforeAll(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone('Phone');
  for (const day of ['04', '05']) {
    const bytes = await sampleJpeg({ takenAt: `2019:08:${day} 12:30:00` });
    await phone.upload({ assetKey: `key-${day}`, bytes, fileName: `IMG_${day}.JPG` });
  }
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

async function ended(batchId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { batches } = await roost.window.call('filing.get', {});
      expect(batches.find((batch) => batch.batchId === batchId)?.state).toBe('done');
    },
    { timeout: 20_000 },
  );
}

it('files photos anew after the person set other folders and asked for it, and takes that back', async () => {
  const before = await visibleFiles(roost.libraryFolder);
  expect(before).toEqual(['Phone/2019/2019-08/IMG_04.JPG', 'Phone/2019/2019-08/IMG_05.JPG']);
  await expect(
    roost.window.call('settings.change', { folderTemplate: '{device}/{year}' }),
  ).rejects.toThrow(/last part must have \{name\}/);
  await roost.window.call('settings.change', { folderTemplate: '{year}-{month}-{day}/{name}' });
  expect(await roost.window.call('filing.get', { plan: 'yes' })).toMatchObject({
    example: '2026-11-03/IMG_4711.HEIC',
    plan: { assetCount: 2, fileCount: 2, reasons: { template: 2 } },
  });
  expect(await visibleFiles(roost.libraryFolder)).toEqual(before);

  const { batchId } = await roost.window.call('filing.refile', {});
  await ended(batchId);
  const after = ['2019-08-04/IMG_04.JPG', '2019-08-05/IMG_05.JPG'];
  expect(await visibleFiles(roost.libraryFolder)).toEqual(after);
  await vi.waitFor(
    async () => {
      await expectListed(roost.libraryFolder);
      expect(await readdir(roost.libraryFolder)).not.toContain('Phone');
    },
    { timeout: 20_000 },
  );

  const undoing = await roost.window.call('filing.undo', { batchId });
  await ended(undoing.batchId);
  expect(await visibleFiles(roost.libraryFolder)).toEqual(before);
});

it('puts a photo into the trash and back, and has its bytes all the time', async () => {
  const before = await visibleFiles(roost.libraryFolder);
  const { assets } = await roost.window.call('timeline.month', { month: '2019-08' });
  const assetId = assets.at(-1)?.assetId ?? '';
  const { batchId = '' } = await roost.window.call('assets.trash', { assetIds: [assetId] });
  expect(await visibleFiles(roost.libraryFolder)).toEqual(before.slice(1));
  const inTrash = await roost.window.call('trash.ids', {});
  expect(inTrash).toEqual({ assetIds: [assetId], isCut: false });
  // A query holds text: whole days are read from it.
  expect(await roost.window.call('trash.due', { afterDays: 1 })).toMatchObject({ assetCount: 0 });
  const bytes = await sampleJpeg({ takenAt: '2019:08:04 12:30:00' });
  const again = await phone.upload({ assetKey: 'key-04', bytes, fileName: 'IMG_04.JPG' });
  expect(again.headers['roost-result']).toBe('repeated');
  await roost.window.call('assets.restore', { batchId });
  expect(await visibleFiles(roost.libraryFolder)).toEqual(before);
  await vi.waitFor(() => expectListed(roost.libraryFolder), { timeout: 20_000 });
  const own = await readdir(join(roost.libraryFolder, '.roost'));
  expect(own).toContain('trash');
});
