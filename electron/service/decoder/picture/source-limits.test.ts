import type { Metadata } from 'sharp';
import { describe, expect, it } from 'vitest';

import { checkSourceSize } from './source-limits.ts';

function metadata(format: string, megapixels: number, more: Partial<Metadata> = {}): Metadata {
  const side = Math.round(Math.sqrt(megapixels * 1e6));
  const size = { width: side, height: side, channels: 3, depth: 'uchar' };
  return { ...size, format, ...more } as Metadata;
}

describe('checkSourceSize', () => {
  it.each([
    ['a 200-megapixel photo of a phone', metadata('jpeg', 200)],
    ['a panorama', metadata('jpeg', 1, { width: 60_000, height: 4_000 })],
    ['a progressive JPEG of a camera', metadata('jpeg', 61, { isProgressive: true })],
    ['an AVIF of a phone', metadata('heif', 40)],
    ['a WebP of the largest size there is but for a tenth', metadata('webp', 130)],
  ])('takes %s', (_, told) => {
    expect(() => checkSourceSize(told)).not.toThrow();
  });

  it.each([
    ['a JPEG of 400 megapixels', metadata('jpeg', 400)],
    ['a progressive JPEG of 100 megapixels', metadata('jpeg', 100, { isProgressive: true })],
    [
      'an interlaced PNG of 100 megapixels',
      metadata('png', 100, { isProgressive: true, depth: 'ushort' }),
    ],
    ['an AVIF of 50 megapixels', metadata('heif', 50)],
    ['an AVIF of ten bits and 30 megapixels', metadata('heif', 30, { depth: 'ushort' })],
    ['a TIFF of 100 megapixels in floating point', metadata('tiff', 100, { depth: 'float' })],
  ])('refuses %s', (_, told) => {
    expect(() => checkSourceSize(told)).toThrow(expect.objectContaining({ reason: 'too-large' }));
  });
});
