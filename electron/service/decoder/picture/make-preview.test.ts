import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openFileSource } from '../byte-source.ts';
import { previewResultSchema } from '../decoder-protocol.ts';
import { readHeifMeta } from '../header/heif-items.ts';
import { TIFF_TAG } from '../header/tiff-directory.ts';
import { HAS_REAL_MEDIA, realMedia, SAMPLE_TIFF_DATA_AT, sampleTiff } from '../sample-media.ts';
import { decodeHeifStill } from './decode-heif-still.ts';
import { decodeHevcStill } from './decode-hevc-still.ts';
import { loadFfmpeg } from './ffmpeg.ts';
import { planHevc } from './heif-plan.ts';
import { shrinkFor } from './heif-preview.ts';
import { makePreview } from './make-preview.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-preview-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function kept(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Upper half red, lower half blue, with a green upper left corner. */
function flag(width = 800, height = 600): Sharp {
  const part = (w: number, h: number, background: string) => ({
    create: { width: w, height: h, channels: 3 as const, background },
  });
  return sharp(part(width, height, '#e01010')).composite([
    { input: part(width, height / 2, '#1010e0'), left: 0, top: height / 2 },
    { input: part(width / 4, height / 4, '#10c010'), left: 0, top: 0 },
  ]);
}

/** The strongest colour at a place given in parts of width and height. */
async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
  const rgb = [...data.subarray(at, at + 3)];
  return ['red', 'green', 'blue'][rgb.indexOf(Math.max(...rgb))]!;
}

async function corners(bytes: Uint8Array): Promise<string[]> {
  const places = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ] as const;
  return Promise.all(places.map(([x, y]) => colourAt(bytes, x, y)));
}

describe('makePreview', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)(
    'makes a tile of a %s with size, thumbhash and colours',
    async (format) => {
      const path = await kept('picture', await flag().toFormat(format).toBuffer());
      const tile = previewResultSchema.parse(await makePreview(path, 'tile'));
      expect(tile).toMatchObject({
        ok: true,
        width: 640,
        height: 480,
        sourceWidth: 800,
        sourceHeight: 600,
        decodedBy: 'sharp',
      });
      if (!tile.ok) return;
      expect(await corners(tile.bytes)).toEqual(['green', 'red', 'blue', 'blue']);
      const ratio = thumbHashToApproximateAspectRatio(Buffer.from(tile.thumbhash!, 'base64'));
      expect(ratio).toBeCloseTo(4 / 3, 0);
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'turns a JPEG of orientation %i upright',
    async (orientation) => {
      // Turned as its viewers would have to undo it: sharp's own upright version is the judge.
      const stored = await flag(80, 60)
        .jpeg({ quality: 95 })
        .withMetadata({ orientation })
        .toBuffer();
      const judge = await sharp(stored).autoOrient().png().toBuffer({ resolveWithObject: true });
      const screen = await makePreview(await kept('turned.jpg', stored), 'screen');
      expect([screen.width, screen.height]).toEqual([judge.info.width, judge.info.height]);
      expect([screen.sourceWidth, screen.sourceHeight]).toEqual([screen.width, screen.height]);
      expect(await corners(screen.bytes)).toEqual(await corners(judge.data));
    },
  );

  it('turns clockwise for EXIF 6', async () => {
    const stored = await flag().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const tile = await makePreview(await kept('turned.jpg', stored), 'tile');
    expect(await corners(tile.bytes)).toEqual(['blue', 'green', 'blue', 'red']);
  });

  it('never enlarges', async () => {
    const path = await kept('small.png', await flag(40, 20).png().toBuffer());
    expect(await makePreview(path, 'screen')).toMatchObject({ width: 40, height: 20 });
  });

  it('keeps transparency', async () => {
    const clear = { r: 0, g: 255, b: 0, alpha: 0.5 };
    const picture = sharp({ create: { width: 50, height: 50, channels: 4, background: clear } });
    const tile = await makePreview(await kept('clear.png', await picture.png().toBuffer()), 'tile');
    const pixels = await sharp(tile.bytes).raw().toBuffer();
    expect(pixels[3]).toBeCloseTo(128, -1);
  });

  it('converts Display P3 to sRGB and leaves the profile out', async () => {
    const red = { create: { width: 64, height: 64, channels: 3, background: '#d03030' } } as const;
    const p3 = await sharp(red).withIccProfile('p3').png().toBuffer();
    const [stored] = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    // In P3 the same red has a smaller number; without conversion the tile would be paler.
    expect(stored).toBeLessThan(0xc8);
    const tile = await makePreview(await kept('p3.png', p3), 'tile');
    expect((await sharp(tile.bytes).metadata()).hasProfile).toBe(false);
    const [shown] = await sharp(tile.bytes).raw().toBuffer();
    expect(shown).toBeGreaterThan(0xcc);
  });

  it('calls half a JPEG damaged and shows no half picture', async () => {
    const noise = sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });
    const whole = await noise.jpeg().toBuffer();
    const path = await kept('half.jpg', whole.subarray(0, whole.byteLength / 2));
    await expect(makePreview(path, 'tile')).rejects.toMatchObject({ reason: 'damaged' });
  });

  it('shows a JPEG whose metadata has a wrong length', async () => {
    const jpeg = await flag().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const exifAt = jpeg.indexOf(Buffer.from([0xff, 0xe1]));
    // What follows: a second segment that claims to end in the middle of a table.
    const broken = Buffer.concat([
      jpeg.subarray(0, exifAt + 2 + jpeg.readUInt16BE(exifAt + 2)),
      Buffer.from([0xff, 0xe2, 0x00, 0x60]),
      Buffer.alloc(200, 0x41),
      jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xdb]))),
    ]);
    const tile = await makePreview(await kept('broken.jpg', broken), 'tile');
    expect(await corners(tile.bytes)).toEqual(['blue', 'green', 'blue', 'red']);
  });

  it('takes the embedded JPEG of a RAW file and turns it as the file says', async () => {
    const jpeg = await flag().jpeg().toBuffer();
    const raw = (data: Buffer): Buffer =>
      sampleTiff(
        {
          tags: [
            [TIFF_TAG.orientation, [6]],
            [TIFF_TAG.dngVersion, [1]],
          ],
          children: {
            [TIFF_TAG.subDirectories]: {
              tags: [
                [TIFF_TAG.compression, [7]],
                [TIFF_TAG.photometric, [6]],
                [TIFF_TAG.stripOffsets, [SAMPLE_TIFF_DATA_AT]],
                [TIFF_TAG.stripByteCounts, [data.byteLength]],
              ],
            },
          },
        },
        data,
      );
    const tile = await makePreview(await kept('raw.dng', raw(jpeg)), 'tile');
    expect([tile.width, tile.height]).toEqual([480, 640]);
    expect(await corners(tile.bytes)).toEqual(['blue', 'green', 'blue', 'red']);
    await expect(
      makePreview(await kept('empty.dng', raw(Buffer.alloc(64))), 'tile'),
    ).rejects.toMatchObject({ reason: 'no-embedded-preview' });
  });

  it.each([
    ['recipe.AAE', '<?xml version="1.0"?><!DOCTYPE plist>', 'not-an-image'],
    // Such files could make an image library read other files or the network.
    [
      'drawing.jpg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'not-an-image',
    ],
    ['list.mov', '#EXTM3U\nfile:///etc/hostname\n', 'not-an-image'],
    ['clip.mkv', '\x1aE\xdf\xa3', 'damaged'],
    ['cut.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'unsupported-format'],
    ['cut.mov', '\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'damaged'],
    ['cut.jpg', '\xff\xd8\xff\xe0', 'damaged'],
    ['empty.jpg', '', 'not-an-image'],
  ] as const)('says why %s has no preview', async (name, text, reason) => {
    const path = await kept(name, Buffer.from(text, 'latin1'));
    await expect(makePreview(path, 'tile')).rejects.toMatchObject({ name: 'MediaError', reason });
  });
});

describe('shrinkFor', () => {
  it('keeps whole pixels and at least twice the size of the preview', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    const tile = fc.constantFrom(64, 256, 512, 1024, 500);
    fc.assert(
      fc.property(
        side,
        side,
        tile,
        fc.constantFrom('tile', 'screen'),
        (width, height, edge, kind) => {
          const shrink = shrinkFor({ width, height, tileWidth: edge, tileHeight: edge }, kind);
          expect([width % shrink, height % shrink, edge % shrink]).toEqual([0, 0, 0]);
          const needed = kind === 'tile' ? 1280 : 5120;
          if (shrink > 1) expect(Math.max(width, height) / shrink).toBeGreaterThanOrEqual(needed);
        },
      ),
    );
  });

  it('halves a 12-megapixel HEIC for its tile and not for the screen', () => {
    const plan = { width: 4032, height: 3024, tileWidth: 512, tileHeight: 512 };
    expect([shrinkFor(plan, 'tile'), shrinkFor(plan, 'screen')]).toEqual([2, 1]);
  });
});

describe.skipIf(!HAS_REAL_MEDIA)('makePreview on real files (needs ../shared/media)', () => {
  it.each([
    ['heic/heic-iphone.heic', 640, 480, 'ffmpeg'],
    ['heic-edited/IMG_1853.HEIC', 480, 640, 'ffmpeg'],
    ['heic-edited/IMG_E1853.heic', 480, 640, 'ffmpeg'],
    ['live-photo-edited/photo.jpeg', 480, 640, 'sharp'],
    ['live-photo-edited/paired-video.mov', 480, 640, 'ffmpeg'],
    ['live-photo-edited/full-size-paired-video.mov', 480, 640, 'ffmpeg'],
    ['movie/IMG_0016.MOV', 640, 360, 'ffmpeg'],
    ['odd/screenshot-really-a-png.jpeg', 640, 513, 'sharp'],
    ['odd/badimage.jpeg', 640, 427, 'sharp'],
    ['raw/colorchart-uncompressed.dng', 640, 427, 'libraw'],
  ] as const)('makes a tile of %s', async (name, width, height, decodedBy) => {
    expect(await makePreview(realMedia(name), 'tile')).toMatchObject({ width, height, decodedBy });
  });

  it.each([
    ['raw/canon-350d-stub.dng', 'no-embedded-preview'],
    ['heic-edited/IMG_1853.AAE', 'not-an-image'],
    ['live-photo-edited/adjustment-data.plist', 'not-an-image'],
  ] as const)('says why %s has none', async (name, reason) => {
    await expect(makePreview(realMedia(name), 'tile')).rejects.toMatchObject({ reason });
  });

  it.each([1, 2])('decodes a HEIC at 1/%i of its size as libheif does', async (shrink) => {
    using source = openFileSource(realMedia('heic-edited/IMG_1853.HEIC'), 1e9);
    const meta = readHeifMeta(source);
    const plan = planHevc(source, meta)!;
    const pixels = async (tiff: Buffer): Promise<Buffer> =>
      sharp(tiff, { autoOrient: true }).resize(450, 600).removeAlpha().raw().toBuffer();
    const ours = await pixels(await decodeHevcStill((await loadFfmpeg())!, source, plan, shrink));
    const theirs = await pixels(await decodeHeifStill(source, plan.colours));
    const differences = ours.map((value, index) => Math.abs(value - theirs[index]!));
    expect(differences.reduce((sum, one) => sum + one, 0) / ours.byteLength).toBeLessThan(1.5);
  });

  it('calls a HEIC that ends too early damaged', async () => {
    const whole = await readFile(realMedia('heic/heic-iphone.heic'));
    const path = await kept('cut.heic', whole.subarray(0, 1_500_000));
    await expect(makePreview(path, 'tile')).rejects.toMatchObject({ reason: 'damaged' });
  });
});
