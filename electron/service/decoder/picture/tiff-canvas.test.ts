import sharp from 'sharp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { profileOfCodes } from './frame-colours.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

describe('createTiffCanvas', () => {
  it('gives back the very pixels that were drawn, for any size and number of strips', async () => {
    const size = fc.integer({ min: 1, max: 600 });
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        fc.constantFrom(3 as const, 4 as const),
        async (w, h, channels) => {
          const { file, pixels } = createTiffCanvas({
            width: w,
            height: h,
            channels,
            orientation: 1,
          });
          for (let at = 0; at < pixels.byteLength; at += 1) pixels[at] = (at * 31) % 256;
          const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
          expect([info.width, info.height, info.channels]).toEqual([w, h, channels]);
          expect(data.equals(pixels)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('carries the orientation and the colour profile', async () => {
    const iccProfile = await profileOfCodes({ primaries: 12, transfer: 13 });
    const { file } = createTiffCanvas({
      width: 5,
      height: 3,
      channels: 3,
      orientation: 6,
      iccProfile: iccProfile!,
    });
    const metadata = await sharp(file).metadata();
    expect([metadata.orientation, metadata.channels]).toEqual([6, 3]);
    expect(metadata.icc?.equals(iccProfile!)).toBe(true);
  });
});

describe('profileOfCodes', () => {
  it('knows Display P3, whose red is a stronger red than that of sRGB', async () => {
    const iccProfile = (await profileOfCodes({ primaries: 12, transfer: 13 }))!;
    const { file, pixels } = createTiffCanvas({
      width: 1,
      height: 1,
      channels: 3,
      orientation: 1,
      iccProfile,
    });
    pixels.set([200, 60, 60]);
    const [red, green, blue] = await sharp(file).toColourspace('srgb').raw().toBuffer();
    expect(red).toBeGreaterThan(210);
    expect(green).toBeLessThan(55);
    expect(blue).toBeLessThan(60);
  });

  it('leaves sRGB as it is, and HDR to the converter', async () => {
    expect(await profileOfCodes({ primaries: 1, transfer: 13 })).toBeUndefined();
    expect(await profileOfCodes({ primaries: 9, transfer: 18 })).toBeUndefined();
    expect(await profileOfCodes({ primaries: 12, transfer: 16 })).toBeUndefined();
  });
});
