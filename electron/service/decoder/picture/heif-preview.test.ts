import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HAS_REAL_MEDIA, realMedia } from '../sample-media.ts';
import { makePreview } from './make-preview.ts';
import {
  auxiliaryBox,
  codedPicture,
  colourBox,
  gridItems,
  pictureItem,
  sampleHeif,
  type SampleHeif,
  type SampleItem,
  sizeBox,
  turnBox,
} from './sample-heif.ts';
import { plain, writeMovie } from './sample-movies.ts';

type Rgb = readonly [number, number, number];
const RED: Rgb = [220, 30, 30];
const GREEN: Rgb = [30, 200, 30];
const BLUE: Rgb = [30, 30, 220];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-heif-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function kept(heif: SampleHeif | Buffer): Promise<string> {
  const path = join(folder, 'picture.heic');
  await writeFile(path, Buffer.isBuffer(heif) ? heif : sampleHeif(heif));
  return path;
}

/** Left half of one colour, right half of another. */
function halves(width: number, height: number, left: Rgb, right: Rgb): Buffer {
  const pixels = plain(width, height, left);
  for (let y = 0; y < height; y += 1) {
    for (let x = width / 2; x < width; x += 1) pixels.set(right, (y * width + x) * 3);
  }
  return pixels;
}

const coded = (width: number, height: number, left: Rgb, right: Rgb = left) =>
  codedPicture({ width, height, pixels: halves(width, height, left, right) });

async function colourAt(picture: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
  const rgb = [...data.subarray(at, at + 3)];
  return ['red', 'green', 'blue'][rgb.indexOf(Math.max(...rgb))]!;
}

const sides = async (picture: Uint8Array) => [
  await colourAt(picture, 0.05, 0.5),
  await colourAt(picture, 0.95, 0.5),
];

describe('heifPreview', () => {
  it.each(['yuv420p', 'yuv420p10le', 'yuv444p10le'] as const)('shows %s', async (pixelFormat) => {
    const pixels = halves(128, 96, RED, BLUE);
    const picture = await codedPicture({ width: 128, height: 96, pixels, pixelFormat });
    const tile = await makePreview(await kept({ items: [pictureItem(picture)] }), 'tile');
    expect(tile).toMatchObject({ width: 128, height: 96, decodedBy: 'ffmpeg' });
    expect(await sides(tile.bytes)).toEqual(['red', 'blue']);
  });

  it('shows 48 megapixels of 192 tiles, and cuts off what reaches beyond the edges', async () => {
    const tile = await coded(512, 512, GREEN, BLUE);
    const items = gridItems(tile, { columns: 16, rows: 12, width: 8064, height: 6048 });
    const preview = await makePreview(await kept({ items }), 'tile');
    expect(preview).toMatchObject({
      width: 640,
      height: 480,
      sourceWidth: 8064,
      sourceHeight: 6048,
    });
    // Each column begins in green; the last one shows 384 of its 512 pixels, so the picture ends in blue.
    expect(await colourAt(preview.bytes, 0.01, 0.5)).toBe('green');
    expect(await colourAt(preview.bytes, 0.97, 0.5)).toBe('green');
    expect(await colourAt(preview.bytes, 0.995, 0.5)).toBe('blue');
  });

  it('shows the primary picture of a collection', async () => {
    const [first, second] = [await coded(64, 64, RED), await coded(96, 64, GREEN)];
    const items = [pictureItem(first), pictureItem(second), pictureItem(first)];
    const tile = await makePreview(await kept({ items, primaryId: 2 }), 'tile');
    expect([tile.width, await colourAt(tile.bytes, 0.5, 0.5)]).toEqual([96, 'green']);
  });

  it('shows the cover of a burst', async () => {
    const items = [pictureItem(await coded(64, 64, BLUE))];
    const brands = ['hevc', 'msf1', 'hevc', 'mif1'];
    const tile = await makePreview(await kept({ items, brands }), 'tile');
    expect(await colourAt(tile.bytes, 0.5, 0.5)).toBe('blue');
  });

  it('shows the first picture of a burst that is nothing but a track', async () => {
    const path = join(folder, 'burst.mp4');
    const pixels = plain(64, 64, GREEN);
    const movie = await writeMovie(path, {
      ...{ width: 64, height: 64, codec: 'hevc', container: 'mp4', frameCount: 4 },
      paint: () => pixels,
    });
    movie.write('hevc\0\0\0\0msf1hevc', 8, 'latin1');
    const tile = await makePreview(await kept(movie), 'tile');
    expect(await colourAt(tile.bytes, 0.5, 0.5)).toBe('green');
  });

  it.each([
    [1, 'blue', 'red'],
    [3, 'red', 'blue'],
  ] as const)('turns by %i quarters anticlockwise', async (turns, above, below) => {
    const picture = await coded(128, 96, RED, BLUE);
    const tile = await makePreview(
      await kept({ items: [pictureItem(picture, turnBox(turns))] }),
      'tile',
    );
    expect([tile.width, tile.height]).toEqual([96, 128]);
    expect(await colourAt(tile.bytes, 0.5, 0.05)).toBe(above);
    expect(await colourAt(tile.bytes, 0.5, 0.95)).toBe(below);
  });

  it('keeps transparency', async () => {
    const half = halves(64, 64, [255, 255, 255], [0, 0, 0]);
    const alpha = await codedPicture({ width: 64, height: 64, pixels: half, pixelFormat: 'gray' });
    const items = [
      pictureItem(await coded(64, 64, RED)),
      {
        ...pictureItem(alpha, auxiliaryBox('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha')),
        references: [{ type: 'auxl', to: [1] }],
      },
    ];
    const tile = await makePreview(await kept({ items }), 'tile');
    expect(tile.decodedBy).toBe('libheif');
    const { data, info } = await sharp(tile.bytes).raw().toBuffer({ resolveWithObject: true });
    const alphaAt = (x: number): number => data[(32 * info.width + x) * info.channels + 3]!;
    expect(info.channels).toBe(4);
    expect([alphaAt(5) > 220, alphaAt(58) < 30]).toEqual([true, true]);
  });

  it('leaves a gain map out and says that there is one', async () => {
    const items = [
      pictureItem(await coded(64, 64, RED)),
      {
        ...pictureItem(
          await coded(32, 32, BLUE),
          auxiliaryBox('urn:com:apple:photo:2020:aux:hdrgainmap'),
        ),
        references: [{ type: 'auxl', to: [1] }],
      },
    ];
    const tile = await makePreview(await kept({ items }), 'tile');
    expect(tile).toMatchObject({ hasGainMap: true, width: 64, decodedBy: 'ffmpeg' });
    expect(await colourAt(tile.bytes, 0.5, 0.5)).toBe('red');
  });

  it('converts Display P3 to sRGB', async () => {
    const picture = await coded(64, 64, [200, 60, 60]);
    const plainPath = await kept({ items: [pictureItem(picture)] });
    const plainTile = await sharp((await makePreview(plainPath, 'tile')).bytes)
      .raw()
      .toBuffer();
    const p3Path = await kept({ items: [pictureItem(picture, colourBox(12, 13, 1))] });
    const p3Tile = await makePreview(p3Path, 'tile');
    const shown = await sharp(p3Tile.bytes).raw().toBuffer();
    expect(shown[0]! - plainTile[0]!).toBeGreaterThan(8);
    expect((await sharp(p3Tile.bytes).metadata()).hasProfile).toBe(false);
  });

  it('brings an HDR still to SDR, tile by tile without a seam', async () => {
    const pixels = plain(64, 64, [255, 255, 255]);
    const tile = await codedPicture({ width: 64, height: 64, pixels, hdr: 'pq' });
    const items = gridItems(
      tile,
      { columns: 2, rows: 2, width: 128, height: 128 },
      colourBox(9, 16, 9),
    );
    const preview = await makePreview(await kept({ items }), 'tile');
    const { data } = await sharp(preview.bytes)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(Math.min(...data)).toBeGreaterThan(205);
    expect(Math.max(...data) - Math.min(...data)).toBeLessThan(8);
  });

  describe('a quick tile', () => {
    const withThumbnail = async (thumbnail: { width: number; height: number; cut?: number }) => {
      const { width, height, cut = 0 } = thumbnail;
      const item = pictureItem(await coded(width, height, BLUE), turnBox(1));
      const bytes = item.bytes.subarray(0, item.bytes.byteLength - cut);
      return kept({
        items: [
          pictureItem(await coded(1280, 960, RED), turnBox(1)),
          { ...item, bytes, references: [{ type: 'thmb', to: [1] }] },
        ],
      });
    };

    it('is made of the embedded picture, with the size of the whole one', async () => {
      const path = await withThumbnail({ width: 320, height: 240 });
      const quick = await makePreview(path, 'tile', 'quick');
      const sizes = { width: 240, height: 320, sourceWidth: 960, sourceHeight: 1280 };
      expect(quick).toMatchObject({ isQuick: true, ...sizes });
      expect(await colourAt(quick.bytes, 0.5, 0.5)).toBe('blue');
      const full = await makePreview(path, 'tile');
      expect(full).toMatchObject({ width: 480, height: 640, sourceWidth: 960, sourceHeight: 1280 });
      expect(full.isQuick).toBeUndefined();
      expect(await colourAt(full.bytes, 0.5, 0.5)).toBe('red');
    });

    it.each([
      ['is too small', { width: 160, height: 120 }],
      ['has other proportions', { width: 320, height: 320 }],
      ['is broken', { width: 320, height: 240, cut: 30 }],
    ] as const)('is a full one where the embedded picture %s', async (_, thumbnail) => {
      const tile = await makePreview(await withThumbnail(thumbnail), 'tile', 'quick');
      expect(tile.isQuick).toBeUndefined();
      expect(await colourAt(tile.bytes, 0.5, 0.5)).toBe('red');
    });
  });

  it.each([
    ['damaged', 16_000],
    ['damaged', 200_000],
    ['too-large', 3_000_000],
  ] as const)('refuses as %s a grid that claims %i pixels a side', async (reason, side) => {
    const tile = await coded(64, 64, RED);
    const items = gridItems(tile, { columns: 2, rows: 2, width: side, height: side });
    const claimed = reason === 'too-large' ? claimingSize(items, side) : items;
    await expect(makePreview(await kept({ items: claimed }), 'tile')).rejects.toMatchObject({
      reason,
    });
  });
});

/** Tiles that claim to be half as large as the picture. */
function claimingSize(items: readonly SampleItem[], side: number): SampleItem[] {
  return items.map((item) => {
    if (item.type === 'grid') return item;
    return { ...item, properties: [item.properties![0]!, sizeBox(side / 2, side / 2)] };
  });
}

describe.skipIf(!HAS_REAL_MEDIA)('heifPreview on real files (needs ../shared/media)', () => {
  it.each([
    ['heic/heic-iphone.heic', 320, 240],
    ['heic-edited/IMG_1853.HEIC', 240, 320],
  ] as const)('makes a quick tile of %s', async (name, width, height) => {
    const quick = await makePreview(realMedia(name), 'tile', 'quick');
    expect(quick).toMatchObject({ width, height, isQuick: true });
    const full = await makePreview(realMedia(name), 'tile');
    expect([quick.sourceWidth, quick.sourceHeight]).toEqual([full.sourceWidth, full.sourceHeight]);
    const pixels = async (bytes: Uint8Array): Promise<Buffer> =>
      sharp(bytes).resize(24, 24, { fit: 'fill' }).removeAlpha().raw().toBuffer();
    const [small, large] = [await pixels(quick.bytes), await pixels(full.bytes)];
    const differences = small.map((value, index) => Math.abs(value - large[index]!));
    expect(differences.reduce((sum, one) => sum + one, 0) / small.byteLength).toBeLessThan(6);
  });

  it('calls a HEIC that ends too early damaged, though its embedded picture is whole', async () => {
    const whole = await readFile(realMedia('heic/heic-iphone.heic'));
    const path = await kept(whole.subarray(0, 1_500_000));
    await expect(makePreview(path, 'tile')).rejects.toMatchObject({ reason: 'damaged' });
  });
});
