import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PhoneAnswer } from '../support/fake-phone.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { filePart as file, TIMES } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LOCAL_ID = '9F983DBA-EC35-42B8-8773-B597CF782EDD/L0/001';

let roost: ServiceInTest;
beforeAll(async () => {
  roost = await ServiceInTest.start();
});
afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();

function idOf(answer: PhoneAnswer): string {
  const { id } = JSON.parse(answer.body) as { id: string };
  expect(id).toMatch(UUID);
  return id;
}

/** What stands in the library for an id that an upload was given. */
async function storedBytes(deviceName: string, name: string): Promise<Buffer[]> {
  const paths = (await roost.originals()).filter(
    (path) => path.startsWith(`${deviceName}/`) && path.endsWith(`/${name}`),
  );
  return Promise.all(paths.map((path) => readFile(join(roost.libraryFolder, path))));
}

describe("YAIIU's extension and its app", () => {
  it.each(['authorization', 'x-api-key'] as const)(
    'store the same photo once, bit for bit, whichever comes first, by %s',
    async (credential) => {
      const { token, deviceId } = await roost.phone(`Yaiiu ${credential}`);
      const phone = new ImmichPhone(roost.lanUrl, token, credential);
      const bytes = await sampleJpeg({
        takenAt: '2026:05:01 14:30:00',
        width: 300 + credential.length,
      });
      const named = {
        deviceAssetId: `${LOCAL_ID}-heic-Straße.HEIC`,
        fileName: 'Straße.HEIC',
        contentType: 'image/heic',
        bytes,
      };
      const first = await phone.uploadInBackground(named);
      expect(first.status).toBe(201);
      const id = idOf(first);
      expect(first.headers['x-yaiiu-immich-asset-id']).toBe(id);
      expect(await storedBytes(`Yaiiu ${credential}`, 'Straße.HEIC')).toEqual([bytes]);

      const again = await phone.uploadInBackground(named);
      expect(again.status).toBe(200);
      expect(JSON.parse(again.body)).toEqual({ id, status: 'duplicate', duplicate: true });
      const byQuery = await phone.uploadInBackground({ ...named, isInQuery: true });
      expect(byQuery.headers['x-yaiiu-immich-asset-id']).toBe(id);
      const fromApp = await phone.uploadAsYaiiu(named);
      expect(fromApp.status).toBe(200);
      expect(idOf(fromApp)).toBe(id);
      expect(await storedBytes(`Yaiiu ${credential}`, 'Straße.HEIC')).toEqual([bytes]);
      const { jobs } = await roost.window.call('jobs.list', { deviceId });
      expect(jobs).toMatchObject([{ state: 'stored', fileName: 'Straße.HEIC' }]);
      phone.close();
    },
  );

  it('keep what the phone tells: the name, the moment with its zone, the place, the favourite', async () => {
    const { token, deviceId } = await roost.phone('Told');
    const phone = new ImmichPhone(roost.lanUrl, token);
    await phone.uploadInBackground({
      deviceAssetId: `${LOCAL_ID}-raw-IMG_7.DNG`,
      fileName: 'IMG_7.DNG',
      contentType: 'image/x-adobe-dng',
      bytes: randomBytes(100),
    });
    const { jobs } = await roost.window.call('jobs.list', { deviceId });
    expect(jobs[0]).toMatchObject({ fileName: 'IMG_7.DNG', assetKey: LOCAL_ID });
    const { resources } = await roost.window.call('asset.get', { assetId: jobs[0]!.assetId! });
    expect(resources[0]).toMatchObject({
      resourceType: 'alternate-photo',
      told: {
        fileName: 'IMG_7.DNG',
        createdAt: Date.parse('2026-05-01T12:30:00Z'),
        createdOffsetMinutes: 120,
        favorite: true,
        location: { latitude: 48.1, longitude: 11.5 },
      },
    });
    await phone.uploadInBackground({
      deviceAssetId: `${LOCAL_ID}-video-IMG_8.MOV`,
      fileName: 'IMG_8.MOV',
      contentType: 'video/quicktime',
      bytes: randomBytes(90),
    });
    const { jobs: later } = await roost.window.call('jobs.list', { deviceId });
    expect(later.find(({ fileName }) => fileName === 'IMG_8.MOV')).toMatchObject({
      resourceType: 'video',
    });
    phone.close();
  });

  it('find the server and hear that it is well before they log in', async () => {
    const asked = await Promise.all(
      ['/api/server/ping', '/.well-known/immich', '/api/server/version', '/health'].map((path) =>
        fetch(`${roost.lanUrl}${path}`),
      ),
    );
    expect(await Promise.all(asked.map((answer) => answer.json()))).toMatchObject([
      { res: 'pong' },
      { api: { endpoint: '/api' } },
      { major: 3 },
      { status: 'ok' },
    ]);
  });

  it('are told by OPTIONS that uploads can go on, and of another method that it is none', async () => {
    const { token } = await roost.phone('Methods');
    const phone = roost.stranger(token);
    const options = await phone.send('OPTIONS', '/api/assets/background', {});
    expect(options.status).toBe(200);
    expect(options.headers['upload-limit']).toBeDefined();
    expect((await phone.send('PUT', '/api/assets/background', {})).status).toBe(405);
  });
});

describe('a Live Photo of the official app', () => {
  it('comes as its movie, then its still, and is one asset', async () => {
    const { token, deviceId } = await roost.phone('Live');
    const phone = new ImmichPhone(roost.lanUrl, token, 'x-immich-user-token');
    const movie = await phone.upload([
      ...TIMES,
      ['isFavorite', 'false'],
      ['visibility', 'hidden'],
      file('IMG_1.MOV', randomBytes(200), 'video/quicktime'),
    ]);
    expect(movie.status).toBe(201);
    const still = await phone.upload([
      ...TIMES,
      ['livePhotoVideoId', idOf(movie)],
      file('IMG_1.JPG', await sampleJpeg({ width: 64, height: 48 }), 'image/jpeg'),
    ]);
    expect(still.status).toBe(201);
    expect(idOf(still)).not.toBe(idOf(movie));
    const { months } = await roost.window.call('timeline.months', { deviceId });
    expect(months.map(({ count }) => count)).toEqual([1]);
    const answer = await phone.call('GET', `/api/assets/${idOf(still)}`);
    expect(answer.json).toMatchObject({ livePhotoVideoId: idOf(movie), visibility: 'timeline' });
    expect((await phone.call('GET', `/api/assets/${idOf(movie)}`)).json).toMatchObject({
      visibility: 'hidden',
      livePhotoVideoId: null,
    });
    phone.close();
  });

  it('whose movie never came is stored as what it is', async () => {
    const { token } = await roost.phone('Half');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const still = await phone.upload([
      ...TIMES,
      ['livePhotoVideoId', '00000000-0000-4000-8000-000000000000'],
      file('IMG_2.JPG', await sampleJpeg({ width: 65, height: 48 })),
    ]);
    expect(still.status).toBe(201);
    expect((await phone.call('GET', `/api/assets/${idOf(still)}`)).json).toMatchObject({
      livePhotoVideoId: null,
    });
    phone.close();
  });
});

describe('a form', () => {
  it('may have its fields behind the file, and a sidecar on either side', async () => {
    const { token, deviceId } = await roost.phone('Order');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = await sampleJpeg({ width: 66, height: 48 });
    const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    const answer = await phone.upload([
      { name: 'sidecarData', fileName: 'IMG_3.JPG.xmp', bytes: xmp },
      file('path/to/IMG_3.JPG', bytes),
      ...TIMES,
      ['isFavorite', 'true'],
      [
        'metadata',
        '[{"key":"unheard-of","value":1},{"key":"mobile-app","value":{"iCloudId":"c1"}}]',
      ],
      ['odd', 'x'.repeat(1000)],
    ]);
    expect(answer.status, answer.body).toBe(201);
    const { jobs } = await roost.window.call('jobs.list', { deviceId });
    const asset = await roost.window.call('asset.get', { assetId: jobs[0]!.assetId! });
    expect(asset.resources.map(({ resourceType }) => resourceType).toSorted()).toEqual([
      'photo',
      'sidecar',
    ]);
    expect(asset.resources.find((each) => each.resourceType === 'photo')?.told).toMatchObject({
      fileName: 'IMG_3.JPG',
      favorite: true,
      cloudId: 'c1',
      createdAt: Date.parse('2026-05-01T12:30:00Z'),
    });
    phone.close();
  });

  it.each([
    ['without a file', [['fileCreatedAt', 'x']] as const, undefined],
    ['that stops in the middle of its file', [file('A.JPG', randomBytes(500))], 300],
    ['that stops behind its file', [file('B.JPG', randomBytes(500)), ['a', '1']] as const, 700],
  ])('%s is refused, and nothing of it is kept', async (_, parts, cutTo) => {
    const { token } = await roost.phone('Bad form');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const before = await roost.originals();
    const answer = await phone.upload(parts, cutTo === undefined ? {} : { cutTo });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    expect(await roost.originals()).toEqual(before);
    phone.close();
  });

  it('is held to the checksum it tells, in base64 or hex, and a known one is answered at once', async () => {
    const { token } = await roost.phone('Sums');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = randomBytes(64);
    const parts = [...TIMES, file('S.JPG', bytes)];
    const wrong = await phone.upload(parts, { checksum: sha1(randomBytes(3)).toString('hex') });
    expect(wrong.status).toBe(400);
    expect((await phone.upload(parts, { checksum: 'no checksum' })).status).toBe(400);
    const first = await phone.upload(parts, { checksum: sha1(bytes).toString('base64') });
    expect(first.status).toBe(201);
    // Bytes that nobody reads: the answer comes from the checksum alone.
    const known = await phone.upload([file('S.JPG', randomBytes(10))], {
      checksum: sha1(bytes).toString('hex').toUpperCase(),
    });
    expect(known.status).toBe(200);
    expect(idOf(known)).toBe(idOf(first));
    const stranger = new ImmichPhone(roost.lanUrl, (await roost.phone('Other')).token);
    // A checksum is no proof of having the bytes: another device must send them.
    const other = await stranger.upload(parts, { checksum: sha1(bytes).toString('hex') });
    expect(other.status).toBe(200);
    expect(
      (await storedBytes('Sums', 'S.JPG')).length + (await storedBytes('Other', 'S.JPG')).length,
    ).toBe(1);
    phone.close();
    stranger.close();
  });

  it('of two photos that share name and times makes two assets', async () => {
    const { token, deviceId } = await roost.phone('Alike');
    const phone = new ImmichPhone(roost.lanUrl, token);
    for (const width of [70, 71]) {
      await phone.upload([...TIMES, file('cover.jpg', await sampleJpeg({ width, height: 48 }))]);
    }
    const { months } = await roost.window.call('timeline.months', { deviceId });
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    phone.close();
  });
});

it('two apps under one phone that send the same photo store it once and show it once', async () => {
  const bytes = await sampleJpeg({ width: 90, height: 60, takenAt: '2024:03:02 10:00:00' });
  const yaiiu = new ImmichPhone(roost.lanUrl, (await roost.phone('Ada YAIIU')).token);
  const official = new ImmichPhone(roost.lanUrl, (await roost.phone('Ada Immich')).token);
  await yaiiu.uploadInBackground({
    deviceAssetId: `${LOCAL_ID}-jpeg-IMG_9.JPG`,
    fileName: 'IMG_9.JPG',
    contentType: 'image/jpeg',
    bytes,
  });
  const second = await official.upload([...TIMES, file('IMG_9.JPG', bytes)]);
  expect(JSON.parse(second.body)).toMatchObject({ status: 'duplicate' });
  expect((await roost.originals()).filter((path) => path.endsWith('IMG_9.JPG'))).toHaveLength(1);
  const { months } = await roost.window.call('timeline.months', {});
  expect(months.find(({ month }) => month === '2024-03')?.count).toBe(1);

  // It is one photo: either app makes it a favourite or none, also the one whose device only sent it again.
  const id = idOf(second);
  const seenBy = async (app: ImmichPhone): Promise<unknown> =>
    ((await app.call('GET', `/api/assets/${id}`)).json as { isFavorite: unknown }).isFavorite;
  for (const [app, isFavorite] of [
    [official, true],
    [yaiiu, false],
    [yaiiu, true],
    [official, false],
  ] as const) {
    await app.call('PUT', '/api/assets', { ids: [id], isFavorite });
    expect([await seenBy(yaiiu), await seenBy(official)]).toEqual([isFavorite, isFavorite]);
    const { months: chosen } = await roost.window.call('timeline.months', { favourite: true });
    expect(chosen.some(({ month }) => month === '2024-03')).toBe(isFavorite);
  }
  yaiiu.close();
  official.close();
});
