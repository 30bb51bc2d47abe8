import { randomBytes } from 'node:crypto';

import sharp from 'sharp';

import { FakePhone } from '../../tests/support/fake-phone.ts';

/** Sends photos that were taken now, so many a second, until it is stopped; gives how many a second it came to. */
export function arrivals(
  lanUrl: string,
  token: string,
  perSecond: number,
): { readonly stop: () => Promise<number> } {
  const phone = new FakePhone(lanUrl, token);
  const startedAt = performance.now();
  let isStopped = false;
  let count = 0;
  const sending = Array.from({ length: 4 }, async (_each, lane) => {
    const picture = await sharp({
      create: { width: 320, height: 240, channels: 3, background: '#556677' },
    })
      .jpeg()
      .toBuffer();
    for (let number = lane; !isStopped; number += 4) {
      const due = startedAt + (number * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      // What stands behind the end of a JPEG makes it another file and no other picture.
      const bytes = Buffer.concat([picture, randomBytes(32)]);
      const { status } = await phone.upload({
        assetKey: `arrival-${number}`,
        bytes,
        fileName: `NEW_${number}.JPG`,
      });
      if (status !== 201) throw new Error(`an upload was answered with ${status}`);
      count += 1;
    }
  });
  return {
    stop: async () => {
      isStopped = true;
      await Promise.all(sending);
      phone.close();
      return count / ((performance.now() - startedAt) / 1000);
    },
  };
}
