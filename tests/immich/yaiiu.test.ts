import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PhoneAnswer } from '../support/fake-phone.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { ImmichPhone } from './support/immich-phone.ts';

const LOCAL_ID = '9F983DBA-EC35-42B8-8773-B597CF782EDD/L0/001';

let roost: ServiceInTest;
beforeAll(async () => {
  roost = await ServiceInTest.start();
});
afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

interface YaiiuFile {
  readonly kind: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A phone of its own, whose files are all of one asset. */
async function yaiiu(name: string) {
  const { token, deviceId } = await roost.phone(name);
  const phone = new ImmichPhone(roost.lanUrl, token);
  return {
    send: ({ kind, ...file }: YaiiuFile): Promise<PhoneAnswer> =>
      phone.uploadInBackground({
        ...file,
        deviceAssetId: `${LOCAL_ID}-${kind}-${file.fileName}`,
      }),
    /** The one asset of all that was sent, with the type of each file by its name. */
    onlyAsset: async () => {
      const { jobs } = await roost.window.call('jobs.list', { deviceId });
      const [assetId, ...others] = new Set(jobs.map((job) => job.assetId));
      expect(others).toEqual([]);
      const { resources, shownReceiptId } = await roost.window.call('asset.get', {
        assetId: assetId!,
      });
      const types = resources.map(({ told, resourceType }) => [told.fileName, resourceType]);
      return { shownReceiptId, typeOf: Object.fromEntries(types) as object };
    },
    [Symbol.dispose]: () => phone.close(),
  };
}

function idOf(answer: PhoneAnswer): string {
  return (JSON.parse(answer.body) as { id: string }).id;
}

let jpegCount = 0;

/** A picture of about that width, each another one, all taken in one moment. */
function jpeg(width: number): Promise<Buffer> {
  jpegCount += 1;
  return sampleJpeg({ width: width + jpegCount, height: 60, takenAt: '2026:05:01 14:30:00' });
}

/** What stands in a device's folder. */
async function storedBytes(deviceName: string): Promise<Buffer[]> {
  const paths = (await roost.originals()).filter((path) => path.startsWith(`${deviceName}/`));
  return Promise.all(paths.map((path) => roost.read(path)));
}

describe('files of one asset that are as long and as old as each other', () => {
  // An original that had its name in small letters before it came to the phone gives it to its rendering as it is.
  it.each([
    ['jpeg', 'IMG_1.jpg', 'heic', 'IMG_1.HEIC'],
    ['heic', 'IMG_1.HEIC', 'jpeg', 'IMG_1.jpg'],
    ['jpeg', 'IMG_1.JPG', 'jpeg', 'IMG_1.JPEG'],
    ['jpeg', 'holiday.jpg', 'jpeg', 'holiday.jpg'],
    ['jpeg', 'IMG_1.jpg', 'jpeg', 'IMG_1.jpg'],
  ])('are each stored: %s %s, then %s %s', async (kind, fileName, otherKind, otherName) => {
    const device = `Alike ${kind} ${fileName} ${otherKind} ${otherName}`;
    using phone = await yaiiu(device);
    const file = { kind, fileName, contentType: 'image/jpeg', bytes: randomBytes(5000) };
    const other = { ...file, kind: otherKind, fileName: otherName, bytes: randomBytes(5000) };
    const first = await phone.send(file);
    const second = await phone.send(other);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(idOf(second)).not.toBe(idOf(first));
    const stored = await storedBytes(device);
    expect(stored).toHaveLength(2);
    expect(stored).toEqual(expect.arrayContaining([file.bytes, other.bytes]));
    // Each of them again is what it was.
    for (const [again, id] of [
      [file, idOf(first)],
      [other, idOf(second)],
    ] as const) {
      const answer = await phone.send(again);
      expect([answer.status, idOf(answer)]).toEqual([200, id]);
    }
  });
});

describe('an asset that was edited on the phone', () => {
  it.each([
    ['photo', 'IMG_0001.HEIC', 'IMG_0001.jpg', 'full-size-photo'],
    ['photo', 'IMG_0001.HEIC', 'IMG_0001.heic', 'full-size-photo'],
    ['photo', 'holiday 7.HEIC', 'FullSizeRender.heic', 'full-size-photo'],
    // YAIIU looks for the name of the original among photos alone.
    ['video', 'IMG_0002.MOV', 'FullSizeRender.mov', 'full-size-video'],
    ['video', 'IMG_0002.MOV', 'IMG_0002.mov', 'full-size-video'],
  ])(
    'is one, and shows the edit, whichever comes first: a %s %s, its edit %s',
    async (type, original, edit, editType) => {
      for (const isEditFirst of [false, true]) {
        const device = `Edited ${edit} ${isEditFirst}`;
        using phone = await yaiiu(device);
        const isPhoto = type === 'photo';
        const file = async (fileName: string, width: number): Promise<YaiiuFile> => ({
          kind: isPhoto ? 'heic' : 'video',
          fileName,
          contentType: isPhoto ? 'image/heic' : 'video/quicktime',
          bytes: isPhoto ? await jpeg(width) : randomBytes(width),
        });
        const files = [await file(original, 900), await file(edit, 400)];
        const answers: PhoneAnswer[] = [];
        for (const at of isEditFirst ? [1, 0] : [0, 1]) answers[at] = await phone.send(files[at]!);
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
        const asset = await phone.onlyAsset();
        expect(asset.shownReceiptId).toBe(idOf(answers[1]!));
        expect(asset.typeOf).toEqual({ [original]: type, [edit]: editType });
        const stored = await storedBytes(device);
        expect(stored).toHaveLength(2);
        expect(stored).toEqual(expect.arrayContaining(files.map(({ bytes }) => bytes)));
      }
    },
  );
});

it('a RAW file beside its JPEG is one photo with it, shown as the JPEG, whichever comes first', async () => {
  for (const isRawFirst of [false, true]) {
    const device = `Raw first ${isRawFirst}`;
    using phone = await yaiiu(device);
    const main: YaiiuFile = {
      kind: 'jpeg',
      fileName: 'IMG_0003.JPG',
      contentType: 'image/jpeg',
      bytes: await jpeg(300),
    };
    const raw: YaiiuFile = {
      kind: 'raw',
      fileName: 'IMG_0003.DNG',
      contentType: 'image/x-adobe-dng',
      bytes: randomBytes(500),
    };
    let shownId = '';
    for (const file of isRawFirst ? [raw, main] : [main, raw]) {
      const answer = await phone.send(file);
      expect(answer.status).toBe(201);
      if (file === main) shownId = idOf(answer);
    }
    const asset = await phone.onlyAsset();
    expect(asset.shownReceiptId).toBe(shownId);
    expect(asset.typeOf).toEqual({ 'IMG_0003.JPG': 'photo', 'IMG_0003.DNG': 'alternate-photo' });
    expect(await storedBytes(device)).toEqual(expect.arrayContaining([main.bytes, raw.bytes]));
  }
});
