import type { Metadata } from 'sharp';

import { MediaError } from '../media-error.ts';

/** Above this, even a decoder that takes a few lines at a time would need too long. */
export const MAX_SOURCE_PIXELS = 300_000_000;

/** Of decoders that hold the picture as a whole: red, green, blue of this many pixels are about 450 MB. */
export const MAX_WHOLE_PIXELS = 150_000_000;

const MAX_WHOLE_BYTE_COUNT = 512 * 1024 * 1024;

/** The decoder's planes, their copies, red, green, blue: 81 megapixels took 1.5 GB, so this allows 41. */
const AVIF_BYTES_PER_PIXEL = 13;

const BYTES_OF_DEPTH: Record<string, number> = {
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  complex: 8,
  double: 8,
};

/**
 * Refuses a picture that would need too much memory, from what its header says and before any of it is decoded.
 * @throws MediaError `too-large`
 */
export function checkSourceSize(metadata: Metadata): void {
  const { width, height } = metadata;
  const byteCount = width * height * bytesPerPixel(metadata);
  if (width * height > MAX_SOURCE_PIXELS || byteCount > MAX_WHOLE_BYTE_COUNT) {
    throw new MediaError('too-large', `${width} x ${height} as ${metadata.format}`);
  }
}

/** How much its decoder holds at once; 0 when that is a few lines only. */
function bytesPerPixel(metadata: Metadata): number {
  const { format, channels, isProgressive } = metadata;
  const depth = BYTES_OF_DEPTH[metadata.depth] ?? 1;
  switch (format) {
    case 'jpeg':
      // All coefficients come before the first line, as 16-bit numbers.
      return isProgressive ? channels * 2 : 0;
    case 'png':
      return isProgressive ? channels * depth : 0;
    case 'heif':
      return AVIF_BYTES_PER_PIXEL * depth;
    case 'tiff':
      // A file may have all its lines in one strip.
      return channels * depth;
    default:
      return 4;
  }
}
