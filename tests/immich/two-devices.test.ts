import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import type { FormPart } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';
import { hearAll, syncLines, toldOf } from './support/sync-stream.ts';

/** One phone of a household, as an app of Immich on it. */
interface Person {
  readonly phone: ImmichPhone;
  readonly deviceId: string;
}

let roost: ServiceInTest;
let ada: Person;
let ben: Person;
/** Sent by Ada alone. */
let hers: { readonly id: string; readonly sha1: string };
/** Sent by Ada, and then by Ben under a name of his own. */
let shared: { readonly id: string; readonly sha1: string };

beforeAll(async () => {
  roost = await ServiceInTest.start();
  ada = await person('Ada');
  ben = await person('Ben');
  hers = await send(ada, 'hers.jpg', 80, 'cloud-of-hers');
  shared = await send(ada, 'adas-name.jpg', 90, 'cloud-of-ada');
  expect(await send(ben, 'bens-name.jpg', 90)).toEqual(shared);
});
afterAll(async () => {
  ada.phone.close();
  ben.phone.close();
  await roost[Symbol.asyncDispose]();
});

async function person(name: string): Promise<Person> {
  const { token, deviceId } = await roost.phone(name);
  return { phone: new ImmichPhone(roost.lanUrl, token), deviceId };
}

async function send(
  from: Person,
  fileName: string,
  width: number,
  iCloudId?: string,
): Promise<{ id: string; sha1: string }> {
  const bytes = await sampleJpeg({ width, height: 60, takenAt: '2024:03:02 10:00:00' });
  const told = iCloudId && JSON.stringify([{ key: 'mobile-app', value: { iCloudId } }]);
  const parts: FormPart[] = [
    ['fileCreatedAt', '2024-03-02T10:00:00Z'],
    ['fileModifiedAt', '2024-03-02T10:00:00Z'],
    ...(told === undefined ? [] : [['metadata', told] as const]),
    { name: 'assetData', fileName, bytes },
  ];
  const { id } = JSON.parse((await from.phone.upload(parts)).body) as { id: string };
  return { id, sha1: createHash('sha1').update(bytes).digest('base64') };
}

const ROUTES = ['', '/thumbnail', '/thumbnail?size=preview', '/original', '/video/playback'];

it('what another device sent is not there, on no route', async () => {
  for (const route of ROUTES) {
    const { status, text } = await ben.phone.ask('GET', `/api/assets/${hers.id}${route}`);
    expect([route, status], text).toEqual([route, 404]);
    expect(text).not.toContain('hers');
  }
  const check = { assets: [{ id: 'x', checksum: hers.sha1 }] };
  const checked = await ben.phone.call('POST', '/api/assets/bulk-upload-check', check);
  expect(checked.json).toEqual({ results: [{ id: 'x', action: 'accept' }] });
  for (const asked of [{ checksum: hers.sha1 }, {}, { originalFileName: 'hers.jpg' }]) {
    const found = await ben.phone.ask('POST', '/api/search/metadata', asked);
    expect(found.status).toBe(200);
    expect(found.text).not.toContain(hers.id);
  }
  expect((await ben.phone.call('GET', '/api/assets/statistics')).json).toEqual({
    ...{ images: 1, videos: 0, total: 1 },
  });
  const items = [{ assetId: hers.id, key: 'mobile-app', value: { iCloudId: 'taken over' } }];
  expect((await ben.phone.call('PUT', '/api/assets/metadata', { items })).json).toEqual([]);
  await ben.phone.call('PUT', '/api/assets', { ids: [hers.id], isFavorite: true });
  expect((await ada.phone.call('GET', `/api/assets/${hers.id}`)).json).toMatchObject({
    isFavorite: false,
  });
  for (const types of [['AssetsV2'], ['AssetMetadataV1'], ['AssetsV2', 'AssetExifsV1']]) {
    const lines = await syncLines(ben.phone, types);
    expect(JSON.stringify(lines)).not.toContain(hers.id);
  }
});

it('the movie of another device is no half of a Live Photo of this one', async () => {
  const bytes = await sampleJpeg({ width: 70, height: 60 });
  const answer = await ben.phone.upload([
    ['livePhotoVideoId', hers.id],
    { name: 'assetData', fileName: 'still.jpg', bytes },
  ]);
  const { id } = JSON.parse(answer.body) as { id: string };
  expect((await ben.phone.call('GET', `/api/assets/${id}`)).json).toMatchObject({
    livePhotoVideoId: null,
  });
});

it('what both sent is in the window a photo of either', async () => {
  const count = async (filter: { deviceId?: string }): Promise<number> => {
    const { months } = await roost.window.call('timeline.months', filter);
    return months.reduce((sum, month) => sum + month.count, 0);
  };
  expect(await count({ deviceId: ada.deviceId })).toBe(2);
  expect(await count({ deviceId: ben.deviceId })).toBe(2);
  expect(await count({})).toBe(3);
});

it('what both sent each knows by its own words', async () => {
  for (const route of ROUTES) {
    const ask = async (): Promise<number> =>
      (await ben.phone.ask('GET', `/api/assets/${shared.id}${route}`)).status;
    // Its preview may still be made.
    await expect.poll(ask, { message: route, timeout: 20_000 }).toBe(200);
  }
  const names = async ({ phone }: Person): Promise<unknown> => {
    const { json } = await phone.call('GET', `/api/assets/${shared.id}`);
    return (json as { originalFileName: string }).originalFileName;
  };
  expect([await names(ada), await names(ben)]).toEqual(['adas-name.jpg', 'bens-name.jpg']);
  const types = ['AssetsV2', 'AssetMetadataV1'];
  const toBen = JSON.stringify(await syncLines(ben.phone, types));
  expect(toBen).toContain('bens-name.jpg');
  for (const word of ['adas-name', 'cloud-of', ada.deviceId]) expect(toBen).not.toContain(word);
  expect(JSON.stringify(await syncLines(ada.phone, types))).toContain('cloud-of-ada');

  const note = { assetId: shared.id, key: 'app', value: { of: 'Ada alone' } };
  await ada.phone.call('PUT', '/api/assets/metadata', { items: [note] });
  expect(JSON.stringify(await syncLines(ben.phone, types))).not.toContain('Ada alone');
  expect(JSON.stringify(await syncLines(ada.phone, types))).toContain('Ada alone');
});

it('a favourite of one is a favourite: the photo is there once', async () => {
  await ben.phone.call('PUT', '/api/assets', { ids: [shared.id], isFavorite: true });
  const lines = await syncLines(ada.phone);
  expect(lines.find(({ data }) => data['id'] === shared.id)?.data).toMatchObject({
    isFavorite: true,
  });
  // An app that tells its state again decides nothing: the person may have decided otherwise meanwhile.
  const before = await decisions();
  await ben.phone.call('PUT', '/api/assets', { ids: [shared.id], isFavorite: true });
  await ben.phone.call('PUT', '/api/assets', { ids: [shared.id] });
  expect(await decisions()).toBe(before);
});

it('a favourite that one tells with its upload counts, whoever sent the photo first', async () => {
  const first = await send(ada, 'seen-by-both.jpg', 100);
  const bytes = await sampleJpeg({ width: 100, height: 60, takenAt: '2024:03:02 10:00:00' });
  await ben.phone.upload([
    ['isFavorite', 'true'],
    { name: 'assetData', fileName: 'mine.jpg', bytes },
  ]);
  for (const { phone } of [ada, ben]) {
    expect((await phone.call('GET', `/api/assets/${first.id}`)).json).toMatchObject({
      isFavorite: true,
    });
  }
});

it('of a condition that is not known nothing passes, rather than everything', async () => {
  const found = async (asked: object): Promise<unknown> => {
    const { json } = await ada.phone.call('POST', '/api/search/metadata', asked);
    return (json as { assets: { items: { id: string }[] } }).assets.items.map(({ id }) => id);
  };
  expect(await found({ withExif: true, order: 'asc' })).toHaveLength(3);
  expect(await found({ originalFileName: 'hers.jpg' })).toEqual([]);
  expect(await found({ checksum: 'no checksum' })).toEqual([]);
  expect(await found({ page: 2 })).toEqual([]);
});

/** How often somebody decided what is a favourite. */
async function decisions(): Promise<number> {
  const folder = join(roost.libraryFolder, '.roost', 'journal');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.join('').split('"entry":"favourite"').length - 1;
}

it('of what was given up for good only those hear that knew of it', async () => {
  await hearAll(ada.phone);
  await hearAll(ben.phone);
  const { jobs } = await roost.window.call('jobs.list', { deviceId: ada.deviceId });
  const assetIds = jobs.flatMap(({ assetId }) => assetId ?? []);
  await roost.window.call('assets.trash', { assetIds });
  await roost.window.call('trash.empty', { assetIds });
  await expect
    .poll(async () => toldOf(await syncLines(ada.phone)))
    .toEqual(
      expect.arrayContaining([
        ['AssetDeleteV1', hers.id],
        ['AssetDeleteV1', shared.id],
      ]),
    );
  const toBen = toldOf(await syncLines(ben.phone));
  expect(toBen).toContainEqual(['AssetDeleteV1', shared.id]);
  expect(JSON.stringify(toBen)).not.toContain(hers.id);
});
