import { randomFillSync } from 'node:crypto';

import sharp from 'sharp';

/** Twelve megapixels, as phones take them. */
const SIZE = { width: 4032, height: 3024 };

/**
 * A JPEG of exactly this length, with a capture time in its header, as a phone would send it: what a real photo
 * would have of detail, and what a moving picture would append to it, stands behind the picture as noise.
 */
export async function samplePhoto(byteCount: number): Promise<Buffer> {
  const noise = randomFillSync(Buffer.alloc((SIZE.width / 16) * (SIZE.height / 16) * 3));
  const picture = await sharp(noise, {
    raw: { width: SIZE.width / 16, height: SIZE.height / 16, channels: 3 },
  })
    .resize(SIZE)
    .withExif({ IFD2: { DateTimeOriginal: '2026:11:07 12:30:00' } })
    .jpeg({ quality: 80 })
    .toBuffer();
  if (picture.byteLength > byteCount)
    throw new Error(`the picture has ${picture.byteLength} bytes`);
  const padding = randomFillSync(Buffer.alloc(byteCount - picture.byteLength));
  return Buffer.concat([picture, padding]);
}
