import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { FakePhone } from '../tests/support/fake-phone.ts';

/** Each file under a key of its own, as clients do that know no assets. */
const FOLDERS = ['heic', 'heic-edited', 'jpeg', 'movie', 'odd', 'raw'];
/** PhotoKit gives all five under the key of their asset, with these types and names. */
export const LIVE_PHOTO = [
  ['photo.jpeg', 'photo', 'IMG_1234.JPG'],
  ['paired-video.mov', 'paired-video', 'IMG_1234.MOV'],
  ['full-size-photo.jpeg', 'full-size-photo', 'FullSizeRender.jpg'],
  ['full-size-paired-video.mov', 'full-size-paired-video', 'FullSizeRender.mov'],
  ['adjustment-data.plist', 'adjustment-data', 'Adjustments.plist'],
];

/** @typedef {{ lanUrl: string, token: string }} PairedDevice */

/**
 * Everything in the media folder, and then the device's inventory: what was sent and two photos that still owe.
 * @param {PairedDevice} device
 * @param {string} media
 */
export async function sendMedia({ lanUrl, token }, media) {
  const phone = new FakePhone(lanUrl, token);
  /** @type {Map<string, object[]>} */
  const assets = new Map();
  /** @type {(path: string, assetKey: string, resourceType: string, fileName: string) => Promise<void>} */
  const send = async (path, assetKey, resourceType, fileName) => {
    const bytes = await readFile(join(media, path));
    const { status, body } = await phone.upload({ assetKey, resourceType, bytes, fileName });
    if (status !== 201) throw new Error(`${path} was not stored: ${status} ${body}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const resource = { resourceType, fileName, sha256, byteCount: bytes.length };
    assets.set(assetKey, [...(assets.get(assetKey) ?? []), resource]);
  };
  for (const [file = '', type = '', fileName = ''] of LIVE_PHOTO) {
    await send(`live-photo-edited/${file}`, 'C3754624/L0/001', type, fileName);
  }
  for (const folder of FOLDERS) {
    for (const file of await readdir(join(media, folder))) {
      const type = /\.(mov|mp4)$/i.test(file) ? 'video' : 'photo';
      await send(`${folder}/${file}`, `DCIM/100APPLE/${file}`, type, file);
    }
  }
  for (const fileName of ['IMG_4720.HEIC', 'IMG_4721.HEIC']) {
    assets.set(`${fileName}/L0/001`, [{ resourceType: 'photo', fileName, byteCount: 2_400_000 }]);
  }
  const { status, body } = await phone.json('PUT', '/v1/inventory', {
    inventoryId: 'screens',
    page: 0,
    isLast: true,
    assets: [...assets].map(([assetKey, resources]) => ({ assetKey, resources })),
  });
  if (status !== 200) throw new Error(`The inventory was refused: ${status} ${body}`);
  phone.close();
}

/**
 * One upload whose digest does not match and one that pauses in the middle, for a history worth looking at.
 * @param {PairedDevice} device
 */
export async function sendBroken({ lanUrl, token }) {
  const phone = new FakePhone(lanUrl, token);
  const bytes = Buffer.alloc(3_000_000, 1);
  const digest = `sha-256=:${Buffer.alloc(32).toString('base64')}:`;
  await phone.upload({
    assetKey: 'wrong',
    bytes,
    fileName: 'IMG_4711.HEIC',
    headers: { 'repr-digest': digest },
  });
  await phone
    .upload({
      assetKey: 'cut',
      bytes,
      fileName: 'IMG_4712.MOV',
      resourceType: 'video',
      breakAfterByteCount: 2_000_000,
      headers: { 'upload-draft-interop-version': '8', 'upload-complete': '?1' },
    })
    .catch(() => undefined);
  phone.close();
}
