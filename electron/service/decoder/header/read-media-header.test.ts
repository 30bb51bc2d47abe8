import sharp, { type Sharp } from 'sharp';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { mediaHeaderSchema } from '../decoder-protocol.ts';
import { HAS_REAL_MEDIA, realMedia, sampleMovie, sampleTiff } from '../sample-media.ts';
import { readHeaderFrom, readMediaHeader } from './read-media-header.ts';
import { TIFF_TAG } from './tiff-directory.ts';

const EXIF = {
  IFD2: { DateTimeOriginal: '2021:06:05 04:03:02', OffsetTimeOriginal: '+02:00' },
};
const CAPTURED = { local: '2021-06-05T04:03:02', offsetMinutes: 120, source: 'exif' };

function picture(): Sharp {
  return sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
}

function headerOf(bytes: Uint8Array): ReturnType<typeof readHeaderFrom> {
  return readHeaderFrom(bufferSource(bytes));
}

describe('readHeaderFrom', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'reads upright size and capture time of a %s',
    async (format) => {
      const image = picture().withExif(EXIF).withMetadata({ orientation: 6 });
      const bytes = await image.toFormat(format).toBuffer();
      expect(headerOf(bytes)).toEqual({
        mediaType: `image/${format}`,
        kind: 'photo',
        width: 30,
        height: 40,
        capturedAt: CAPTURED,
      });
    },
  );

  it('reads capture time and size of an AVIF, which turns by its own properties only', async () => {
    const bytes = await picture().withExif(EXIF).avif().toBuffer();
    expect(headerOf(bytes)).toEqual({
      mediaType: 'image/avif',
      kind: 'photo',
      width: 40,
      height: 30,
      capturedAt: CAPTURED,
    });
  });

  it('reads the size of a GIF and of lossless and plain WebP', async () => {
    const size = { width: 40, height: 30 };
    expect(headerOf(await picture().gif().toBuffer())).toMatchObject(size);
    expect(headerOf(await picture().webp({ lossless: true }).toBuffer())).toMatchObject(size);
    expect(headerOf(await picture().webp().toBuffer())).toMatchObject(size);
  });

  it('goes by the bytes: a PNG is a PNG under any name', async () => {
    expect(headerOf(await picture().png().toBuffer()).mediaType).toBe('image/png');
  });

  it('reads size, turn and capture time of a TIFF', async () => {
    const image = picture().withMetadata({ orientation: 8 });
    expect(headerOf(await image.tiff().toBuffer())).toMatchObject({ width: 30, height: 40 });
    const bytes = sampleTiff({
      tags: [
        [TIFF_TAG.imageWidth, [40]],
        [TIFF_TAG.imageLength, [30]],
      ],
      children: {
        [TIFF_TAG.exifDirectory]: { tags: [[TIFF_TAG.dateTimeOriginal, '2021:06:05 04:03:02']] },
      },
    });
    expect(headerOf(bytes)).toMatchObject({
      mediaType: 'image/tiff',
      capturedAt: { local: '2021-06-05T04:03:02' },
    });
  });

  it('reads the sensor size of a DNG, not that of its thumbnail', () => {
    const bytes = sampleTiff({
      tags: [
        [TIFF_TAG.imageWidth, [160]],
        [TIFF_TAG.imageLength, [120]],
        [TIFF_TAG.orientation, [8]],
        [TIFF_TAG.dngVersion, [1]],
      ],
      children: {
        [TIFF_TAG.subDirectories]: {
          tags: [
            [TIFF_TAG.imageWidth, [4000]],
            [TIFF_TAG.imageLength, [3000]],
            [TIFF_TAG.photometric, [32803]],
          ],
        },
      },
    });
    expect(headerOf(bytes)).toEqual({
      mediaType: 'image/x-adobe-dng',
      kind: 'photo',
      width: 3000,
      height: 4000,
    });
  });

  it('takes the wall clock of a movie from its creation date', () => {
    const bytes = sampleMovie({
      creationDate: '2019-12-29T19:01:14-0800',
      createdSeconds: 3_660_519_677,
      turn: [0, 1, -1, 0],
    });
    expect(headerOf(bytes)).toEqual({
      mediaType: 'video/quicktime',
      kind: 'video',
      width: 1080,
      height: 1920,
      durationMs: 2500,
      capturedAt: { local: '2019-12-29T19:01:14', offsetMinutes: -480, source: 'quicktime' },
      utcCreatedAt: Date.UTC(2019, 11, 30, 3, 1, 17),
      camera: 'Apple',
    });
  });

  it('never makes a capture time of the UTC in a movie header', () => {
    const header = headerOf(sampleMovie({ createdSeconds: 3_660_519_677 }));
    expect(header.capturedAt).toBeUndefined();
    expect(header.utcCreatedAt).toBe(Date.UTC(2019, 11, 30, 3, 1, 17));
  });

  it.each([0, 2_082_844_800])('takes %i seconds since 1904 for a writer without a clock', (at) => {
    expect(headerOf(sampleMovie({ createdSeconds: at })).utcCreatedAt).toBeUndefined();
  });

  it('finds the movie box behind the media data', () => {
    expect(headerOf(sampleMovie({ mediaByteCount: 3_000_000 })).durationMs).toBe(2500);
  });

  it.each([
    [
      'an adjustment',
      '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD',
      'application/x-plist',
    ],
    ['a binary plist', 'bplist00\xd4', 'application/x-plist'],
    ['a text', 'hello', 'application/octet-stream'],
    ['nothing', '', 'application/octet-stream'],
  ])('calls %s a file', (_, text, mediaType) => {
    expect(headerOf(Buffer.from(text, 'latin1'))).toEqual({ mediaType, kind: 'file' });
  });
});

describe('readHeaderFrom on hostile files', () => {
  let samples: Buffer[] = [];
  beforeAll(async () => {
    const exif = picture().withExif(EXIF);
    samples = await Promise.all([
      exif.clone().jpeg().toBuffer(),
      exif.clone().png().toBuffer(),
      exif.clone().webp().toBuffer(),
      exif.clone().tiff().toBuffer(),
      exif.clone().avif().toBuffer(),
      exif.clone().gif().toBuffer(),
    ]);
    samples.push(sampleMovie({ creationDate: '2019-12-29T19:01:14-0800' }));
  });

  it('answers a file cut at any byte', () => {
    for (const sample of samples) {
      for (let length = 0; length <= sample.byteLength; length += 1) {
        mediaHeaderSchema.parse(headerOf(sample.subarray(0, length)));
      }
    }
  });

  it('answers a file with any bytes changed', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 255), fc.nat(255))), {
          maxLength: 12,
        }),
        (pick, changes) => {
          const bytes = Buffer.from(samples[pick % samples.length]!);
          for (const [at, value] of changes) bytes[at % bytes.byteLength] = value;
          mediaHeaderSchema.parse(headerOf(bytes));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe.skipIf(!HAS_REAL_MEDIA)('readMediaHeader on real files (needs ../shared/media)', () => {
  const portrait = { width: 3024, height: 4032 };
  it.each([
    ['heic/heic-iphone.heic', { width: 4032, height: 3024 }, '2019-08-21T10:57:23', undefined],
    ['heic-edited/IMG_1853.HEIC', portrait, '2023-03-23T10:19:38', -420],
    ['heic-edited/IMG_E1853.heic', portrait, '2023-03-23T10:19:38', -420],
    ['live-photo-edited/photo.jpeg', portrait, '2019-12-29T19:01:15', undefined],
    ['live-photo-edited/full-size-photo.jpeg', portrait, '2019-12-29T19:01:15', undefined],
    [
      'live-photo-edited/paired-video.mov',
      { width: 1080, height: 1440 },
      '2019-12-29T19:01:14',
      -480,
    ],
    ['movie/IMG_0016.MOV', { width: 1920, height: 1080 }, '2020-01-05T13:55:05', -480],
    ['jpeg/IMG_1994.JPG', { width: 4416, height: 3312 }, '2020-04-15T10:25:51', undefined],
    ['raw/canon-350d-stub.dng', { width: 3516, height: 2328 }, '2005-08-03T18:59:18', undefined],
  ] as const)('reads %s', (name, size, local, offsetMinutes) => {
    const { width, height, capturedAt } = readMediaHeader(realMedia(name));
    expect({ width, height }).toEqual(size);
    expect([capturedAt?.local, capturedAt?.offsetMinutes]).toEqual([local, offsetMinutes]);
  });

  it('ties the halves of a Live Photo together, and both to their place', () => {
    for (const name of ['photo.jpeg', 'paired-video.mov']) {
      const header = readMediaHeader(realMedia(`live-photo-edited/${name}`));
      expect(header).toMatchObject({
        contentId: 'C3754624-A05F-474D-9F16-E9C47B5F892D',
        camera: 'Apple iPhone 6s',
      });
      expect(header.location?.latitude).toBeCloseTo(34.0083, 4);
      expect(header.location?.longitude).toBeCloseTo(-118.4979, 4);
    }
    const still = readMediaHeader(realMedia('heic-edited/IMG_1853.HEIC'));
    expect(still).toMatchObject({
      contentId: 'DC121C25-1A7C-4FEC-BB42-99FB89A4719D',
      camera: 'Apple iPhone SE (2nd generation)',
    });
  });
});
