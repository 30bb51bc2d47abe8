import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PhoneAnswer } from '../support/fake-phone.ts';
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
    deviceId,
    send: ({ kind, ...file }: YaiiuFile): Promise<PhoneAnswer> =>
      phone.uploadInBackground({
        ...file,
        deviceAssetId: `${LOCAL_ID}-${kind}-${file.fileName}`,
      }),
    [Symbol.dispose]: () => phone.close(),
  };
}

function idOf(answer: PhoneAnswer): string {
  return (JSON.parse(answer.body) as { id: string }).id;
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
