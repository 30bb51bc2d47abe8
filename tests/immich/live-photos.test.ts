import { createHash, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { FakePhone, PhoneAnswer } from '../support/fake-phone.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { filePart, TIMES } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';

let roost: ServiceInTest;
beforeAll(async () => {
  roost = await ServiceInTest.start();
});
afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

let jpegCount = 0;

/** Each another picture. */
function jpeg(): Promise<Buffer> {
  jpegCount += 1;
  return sampleJpeg({ width: 60 + jpegCount, height: 48, takenAt: '2026:05:01 14:30:00' });
}

/** The official app on a phone of its own, and Roost's own protocol under the same token. */
async function livePhone(name: string) {
  const native: FakePhone & { deviceId: string; token: string } = await roost.phone(name);
  const phone = new ImmichPhone(roost.lanUrl, native.token);
  return {
    native,
    deviceId: native.deviceId,
    sendMovie: (bytes: Uint8Array, checksum?: string): Promise<string> =>
      sent(
        phone.upload(
          [...TIMES, ['visibility', 'hidden'], filePart('IMG_1.MOV', bytes, 'video/quicktime')],
          checksum === undefined ? {} : { checksum },
        ),
      ),
    sendStill: (fileName: string, bytes: Uint8Array, movieId?: string): Promise<string> =>
      sent(
        phone.upload([
          ...TIMES,
          ...(movieId === undefined ? [] : [['livePhotoVideoId', movieId] as const]),
          filePart(fileName, bytes, 'image/jpeg'),
        ]),
      ),
    movieOf: async (id: string): Promise<unknown> => {
      const { json } = await phone.call('GET', `/api/assets/${id}`);
      return (json as { livePhotoVideoId: unknown }).livePhotoVideoId;
    },
    assetCount: async (): Promise<number> => {
      const { months } = await roost.window.call('timeline.months', { deviceId: native.deviceId });
      return months.reduce((sum, { count }) => sum + count, 0);
    },
    [Symbol.dispose]: () => phone.close(),
  };
}

/** The id that an upload was given. */
async function sent(upload: Promise<PhoneAnswer>): Promise<string> {
  const { status, body } = await upload;
  expect([200, 201], body).toContain(status);
  return (JSON.parse(body) as { id: string }).id;
}

it('a still that names a photo as its movie is a photo of its own', async () => {
  using phone = await livePhone('Photo for a movie');
  const photoId = await phone.sendStill('P1.JPG', await jpeg());
  const stillId = await phone.sendStill('P2.JPG', await jpeg(), photoId);
  expect(await phone.assetCount()).toBe(2);
  expect(await phone.movieOf(stillId)).toBeNull();
});

it('a still that names the movie of another device is a photo of its own', async () => {
  using other = await livePhone('Whose movie it is');
  const movieId = await other.sendMovie(randomBytes(100));
  using phone = await livePhone('Who names it');
  const stillId = await phone.sendStill('IMG_9.JPG', await jpeg(), movieId);
  expect(await phone.assetCount()).toBe(1);
  expect(await phone.movieOf(stillId)).toBeNull();
});

it.each(['one after the other', 'at once'])(
  'two stills of one movie, %s, are two photos, and each stays what it is when it comes again',
  async (how) => {
    using phone = await livePhone(`Two stills ${how}`);
    const movieId = await phone.sendMovie(randomBytes(100));
    const stills = [await jpeg(), await jpeg()] as const;
    const sendOne = (): Promise<string> => phone.sendStill('IMG_1.JPG', stills[0], movieId);
    const sendOther = (): Promise<string> => phone.sendStill('IMG_7.JPG', stills[1], movieId);
    const ids =
      how === 'at once'
        ? await Promise.all([sendOne(), sendOther()])
        : [await sendOne(), await sendOther()];
    expect(new Set(ids).size).toBe(2);
    expect(await phone.assetCount()).toBe(2);
    const { months } = await roost.window.call('timeline.months', { deviceId: phone.deviceId });
    const { assets } = await roost.window.call('timeline.month', {
      deviceId: phone.deviceId,
      month: months[0]!.month,
    });
    const shown = await Promise.all(
      assets.map(async ({ assetId }) => {
        const { shownReceiptId } = await roost.window.call('asset.get', { assetId });
        return shownReceiptId;
      }),
    );
    expect(shown.toSorted()).toEqual(ids.toSorted());
    const movies = await Promise.all(ids.map((id) => phone.movieOf(id)));
    expect(movies.filter((id) => id === movieId)).toHaveLength(1);

    expect([await sendOther(), await sendOne()]).toEqual([ids[1], ids[0]]);
    expect(await phone.assetCount()).toBe(2);
  },
);

it.each(['sent again', 'known by its checksum'])(
  'a movie that came by another protocol, %s, and its still are one photo',
  async (how) => {
    using phone = await livePhone(`Native movie ${how}`);
    const movie = randomBytes(100);
    const native = { assetKey: 'NATIVE/L0/001', resourceType: 'paired-video', bytes: movie };
    const sha1 = createHash('sha1').update(movie).digest('hex');
    const first = await phone.native.upload({
      ...native,
      fileName: 'IMG_1.MOV',
      headers: { 'content-type': 'video/quicktime' },
    });
    expect(first.status).toBe(201);
    if (how === 'known by its checksum') expect(await phone.sendMovie(movie)).toBeDefined();
    const movieId = await phone.sendMovie(movie, how === 'sent again' ? undefined : sha1);
    expect(movieId).toBe(first.headers['roost-receipt']);
    const still = await jpeg();
    const stillId = await phone.sendStill('IMG_1_of_the_app.JPG', still, movieId);
    expect(await phone.movieOf(stillId)).toBe(movieId);
    expect(await phone.assetCount()).toBe(1);
    // What the other protocol then sends as its still is the same file.
    const again = await phone.native.upload({ ...native, resourceType: 'photo', bytes: still });
    expect([again.status, again.headers['roost-receipt']]).toEqual([200, stillId]);
    expect(await phone.assetCount()).toBe(1);
  },
);
