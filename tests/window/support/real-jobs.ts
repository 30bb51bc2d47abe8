import { createHash } from 'node:crypto';

import { FakePhone } from '../../support/fake-phone.ts';
import { ResumingPhone, uploadUrl } from '../../support/resuming-phone.ts';
import type { RoostProcess } from '../../support/roost-process.ts';

/** Bytes that are always the same for one name, and for no other. */
function bytesOf(name: string, byteCount = 4_000): Buffer {
  const seed = createHash('sha256').update(name).digest();
  return Buffer.alloc(byteCount, seed);
}

export interface SampleDevices {
  readonly iphone: { readonly deviceId: string; readonly token: string };
  readonly pixel: { readonly deviceId: string; readonly token: string };
}

/**
 * What a service sees of two phones on one day: many photos that come well, one that is broken, one that breaks off,
 * a movie that goes on where it stopped, one that the other phone sent already, and one with a name that a spreadsheet
 * would calculate.
 */
export async function sendSampleJobs(roost: RoostProcess): Promise<SampleDevices> {
  const iphone = await roost.pair('Annas iPhone');
  const pixel = await roost.pair('Old Pixel');
  const phone = new FakePhone(roost.lanUrl, iphone.token);
  for (let number = 1; number <= 9; number += 1) {
    const fileName = `IMG_000${number}.HEIC`;
    await phone.upload({ assetKey: `P${number}`, bytes: bytesOf(fileName), fileName });
  }
  const wrongDigest = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
  const broken = { assetKey: 'B1', bytes: bytesOf('broken'), fileName: 'Broken.JPG' };
  await phone.upload({ ...broken, headers: wrongDigest });
  await phone
    .upload({
      assetKey: 'B2',
      bytes: bytesOf('cut', 500_000),
      fileName: 'Cut off.JPG',
      breakAfterByteCount: 100_000,
    })
    .catch(() => undefined);

  const movie = bytesOf('movie', 900_000);
  const resuming = new ResumingPhone(roost.lanUrl, iphone.token, 6);
  const creation = resuming.beginCreation({
    assetKey: 'M1',
    resourceType: 'video',
    fileName: 'Beach.MOV',
    isComplete: true,
    contentLength: movie.byteLength,
  });
  const { headers } = await creation.hears(104, 'location');
  await creation.send(movie.subarray(0, 300_000));
  creation.drop();
  await resuming.finish(uploadUrl({ status: 104, headers }), movie);
  phone.close();

  const other = new FakePhone(roost.lanUrl, pixel.token);
  await other.upload({
    assetKey: 'D1',
    bytes: bytesOf('IMG_0003.HEIC'),
    fileName: 'IMG_0003.HEIC',
  });
  await other.upload({ assetKey: 'F1', bytes: bytesOf('formula'), fileName: '=1+1.JPG' });
  other.close();
  return { iphone, pixel };
}

/** Sends the broken photo of the sample again, as it should have been. */
export async function sendBrokenAgain(roost: RoostProcess, token: string): Promise<void> {
  const phone = new FakePhone(roost.lanUrl, token);
  await phone.upload({ assetKey: 'B1', bytes: bytesOf('broken'), fileName: 'Broken.JPG' });
  phone.close();
}
