import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { AssetDetails } from '../../shared/window-views.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess, runRoostJson } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';

it('makes the same assets, device names and receipts of jobs anew from the library alone', async () => {
  await using temp = await tempFolder();
  const folders = {
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  };
  const before = await useRoost(folders);

  for (const suffix of ['', '-wal', '-shm']) {
    await rm(join(folders.dataFolder, `catalog.sqlite${suffix}`), { force: true });
  }
  const rebuilt = await runRoostJson([
    'rebuild',
    '--library',
    folders.libraryFolder,
    '--data',
    folders.dataFolder,
  ]);
  expect(rebuilt.exitCode, rebuilt.stderr).toBe(0);
  expect(rebuilt.json).toMatchObject({ assetCount: 6, resourceCount: 9, deviceCount: 2 });

  await using roost = await RoostProcess.start(folders);
  await expect
    .poll(() => everything(new WindowCaller(roost.windowUrl)), { timeout: 30_000 })
    .toEqual(before);
});

/** A little of everything: two devices, a Live Photo, an edit, a new version, a duplicate, a revoked device. */
async function useRoost(folders: RoostProcess['folders']): Promise<unknown> {
  await using roost = await RoostProcess.start(folders);
  const window = new WindowCaller(roost.windowUrl);
  const first = await roost.pair('Ada’s iPhone');
  const second = await roost.pair('Camera tablet');
  const ada = new FakePhone(roost.lanUrl, first.token);
  const tablet = new FakePhone(roost.lanUrl, second.token);
  const photo = await sampleJpeg({ takenAt: '2024:02:29 23:59:59' });
  const edited = await sampleJpeg({ takenAt: '2024:02:29 23:59:59', colour: { r: 1, g: 2, b: 3 } });
  const other = await sampleJpeg({ takenAt: '2019:12:31 08:00:00', orientation: 6 });
  const send = async (
    phone: FakePhone,
    upload: Parameters<FakePhone['upload']>[0],
  ): Promise<number> => (await phone.upload(upload)).status;

  expect(await send(ada, { assetKey: 'A/L0/001', bytes: photo, fileName: 'IMG_1.JPG' })).toBe(201);
  const recipe = Buffer.from('<plist/>');
  expect(
    await send(ada, {
      assetKey: 'A/L0/001',
      resourceType: 'adjustment-data',
      bytes: recipe,
      fileName: 'Adjustments.plist',
    }),
  ).toBe(201);
  expect(
    await send(ada, {
      assetKey: 'A/L0/001',
      resourceType: 'full-size-photo',
      bytes: edited,
      fileName: 'FullSizeRender.jpg',
    }),
  ).toBe(201);
  expect(await send(ada, { assetKey: 'B', bytes: other, fileName: 'IMG_1.JPG' })).toBe(201);
  expect(await send(tablet, { assetKey: 'mine', bytes: photo, fileName: 'copy.jpg' })).toBe(200);
  expect(
    await send(tablet, { assetKey: 'odd', resourceType: '77', bytes: Buffer.from('not an image') }),
  ).toBe(201);
  expect(
    await send(tablet, { assetKey: 'clip', resourceType: 'video', bytes: Buffer.from('x') }),
  ).toBe(201);
  expect(await send(ada, { assetKey: 'B', bytes: other, fileName: 'IMG_1.JPG' })).toBe(200);
  // Two files of one name and folder, which a person takes for two photos.
  const alike = {
    assetKey: '100APPLE/IMG_9.JPG',
    bytes: await sampleJpeg(),
    fileName: 'IMG_9.JPG',
  };
  expect(await send(ada, alike)).toBe(201);
  for (const extension of ['AAE', 'XMP']) {
    const fileName = `IMG_9.${extension}`;
    const bytes = Buffer.from(`<x>${extension}</x>`);
    expect(await send(ada, { assetKey: `100APPLE/${fileName}`, bytes, fileName })).toBe(201);
  }
  const assetOf = async (name: string): Promise<AssetDetails | undefined> =>
    (await allDetails(window)).find(({ parts }) =>
      parts.some(({ fileNames }) => fileNames.includes(name)),
    );
  const joined = await assetOf('IMG_9.JPG');
  expect(joined?.parts.map(({ why }) => why)).toEqual(Array(3).fill('same-folder'));
  const partId = joined?.parts.find(({ fileNames }) => fileNames.includes('IMG_9.XMP'))?.partId;
  await window.call('asset.split', { assetId: joined?.asset.assetId ?? '', partId: partId ?? '' });
  expect((await assetOf('IMG_9.JPG'))?.parts).toHaveLength(2);
  await window.call('device.rename', { deviceId: first.deviceId, name: 'Ada’s new iPhone' });
  await window.call('device.revoke', { deviceId: second.deviceId });
  await expect
    .poll(
      async () => {
        const { previews, metadata } = await window.call('overview.get', {});
        return previews.waitingCount + metadata.waitingCount;
      },
      { timeout: 30_000 },
    )
    .toBe(0);
  const all = await everything(window);
  ada.close();
  tablet.close();
  return all;
}

/** All that the journal vouches for; when a device was last seen and how often it tried is known only live. */
async function everything(window: WindowCaller): Promise<unknown> {
  const { months } = await window.call('timeline.months', {});
  const details = await allDetails(window);
  const { devices } = await window.call('devices.list', {});
  const { jobs } = await window.call('jobs.list', { limit: 200 });
  return {
    months,
    details,
    devices: devices.map(({ lastSeenAt: _, ...device }) => device),
    jobs: jobs
      .map(({ jobId, deviceName, state, receiptId, assetId, fileName }) => ({
        jobId,
        deviceName,
        state,
        receiptId,
        assetId,
        fileName,
      }))
      .toSorted((a, b) => a.jobId.localeCompare(b.jobId)),
  };
}

async function allDetails(window: WindowCaller): Promise<AssetDetails[]> {
  const { months } = await window.call('timeline.months', {});
  const details: AssetDetails[] = [];
  for (const { month } of months) {
    const { assets } = await window.call('timeline.month', { month });
    for (const { assetId } of assets) details.push(await window.call('asset.get', { assetId }));
  }
  return details;
}
