import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { TIFF_TAG } from '../header/tiff-directory.ts';
import { SAMPLE_TIFF_DATA_AT, sampleTiff } from '../sample-media.ts';
import { loadFfmpeg } from './ffmpeg.ts';
import { makePreview } from './make-preview.ts';
import { plain } from './sample-movies.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-formats-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function kept(bytes: Buffer): Promise<string> {
  const path = join(folder, 'picture');
  await writeFile(path, bytes);
  return path;
}

async function pixelAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

const near = (wanted: readonly number[], tolerance = 10) => ({
  asymmetricMatch: (seen: number[]) =>
    seen.length === wanted.length &&
    wanted.every((value, index) => Math.abs(value - seen[index]!) <= tolerance),
});

/** A JPEG XL, encoded by FFmpeg. */
async function jxl(
  width: number,
  height: number,
  pixels: Buffer,
  channels: 3 | 4,
): Promise<Buffer> {
  const ffmpeg = (await loadFfmpeg())!;
  const { constants } = ffmpeg;
  const codec = ffmpeg.Codec.findEncoderByName(constants.FF_ENCODER_LIBJXL)!;
  using encoder = new ffmpeg.CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = channels === 3 ? constants.AV_PIX_FMT_RGB24 : constants.AV_PIX_FMT_RGBA;
  encoder.timeBase = new ffmpeg.Rational(1, 1);
  expect(await encoder.open2(codec, null)).toBe(0);
  using frame = ffmpeg.Frame.fromVideoBuffer(pixels, {
    width,
    height,
    format: encoder.pixelFormat,
  });
  await encoder.sendFrame(frame);
  await encoder.sendFrame(null);
  using packet = new ffmpeg.Packet();
  packet.alloc();
  expect(await encoder.receivePacket(packet)).toBe(0);
  return Buffer.from(packet.data!);
}

/** An uncompressed BMP of 24 bits, stored from below as usual. */
function bmp(width: number, height: number, rows: readonly (readonly number[])[]): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 0);
  file.writeUInt32LE(file.byteLength, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (const [row, [red = 0, green = 0, blue = 0]] of rows.entries()) {
    for (let x = 0; x < width; x += 1) {
      file.set([blue, green, red], 54 + (height - 1 - row) * stride + x * 3);
    }
  }
  return file;
}

describe('JPEG XL and BMP', () => {
  it('shows a JPEG XL in its colours', async () => {
    const tile = await makePreview(
      await kept(await jxl(40, 30, plain(40, 30, [200, 80, 40]), 3)),
      'tile',
    );
    expect(tile).toMatchObject({ width: 40, height: 30, decodedBy: 'ffmpeg' });
    expect(await pixelAt(tile.bytes, 20, 15)).toEqual(near([200, 80, 40]));
  });

  it('keeps the transparency of a JPEG XL', async () => {
    const pixels = Buffer.alloc(40 * 30 * 4, Buffer.from([40, 90, 200, 100]));
    const tile = await makePreview(await kept(await jxl(40, 30, pixels, 4)), 'tile');
    expect((await pixelAt(tile.bytes, 20, 15))[3]).toBeCloseTo(100, -1);
  });

  it('shows a BMP the right way up', async () => {
    const rows = Array.from({ length: 20 }, (_, row) => (row < 10 ? [220, 30, 30] : [30, 30, 220]));
    const tile = await makePreview(await kept(bmp(31, 20, rows)), 'tile');
    expect(tile).toMatchObject({ width: 31, height: 20, decodedBy: 'ffmpeg' });
    expect(await pixelAt(tile.bytes, 15, 3)).toEqual(near([220, 30, 30], 25));
    expect(await pixelAt(tile.bytes, 15, 16)).toEqual(near([30, 30, 220], 25));
  });

  it('refuses a BMP that claims a billion pixels', async () => {
    const file = bmp(4, 4, [[1, 2, 3]]);
    file.writeInt32LE(40_000, 18);
    file.writeInt32LE(40_000, 22);
    const before = process.memoryUsage.rss();
    await expect(makePreview(await kept(file), 'tile')).rejects.toMatchObject({
      reason: 'damaged',
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('a JPEG with a gain map', () => {
  it('shows its first picture, and says that there is one', async () => {
    const picture = async (background: string): Promise<Buffer> =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .jpeg()
        .toBuffer();
    const [base, map] = [await picture('red'), await picture('blue')];
    const xmp = Buffer.from(
      'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta hdrgm:Version="1.0"/>',
      'latin1',
    );
    const head = Buffer.from([0xff, 0xe1, 0, xmp.byteLength + 2]);
    const file = Buffer.concat([base.subarray(0, 2), head, xmp, base.subarray(2), map]);
    const tile = await makePreview(await kept(file), 'tile');
    expect(tile).toMatchObject({ hasGainMap: true, width: 60, height: 40 });
    expect(await pixelAt(tile.bytes, 30, 20)).toEqual(near([254, 0, 0]));
    expect((await makePreview(await kept(base), 'tile')).hasGainMap).toBeUndefined();
  });
});

describe('animations', () => {
  async function animation(
    frameCount: number,
    side: number,
    format: 'gif' | 'webp',
  ): Promise<Buffer> {
    const frames = Array.from({ length: frameCount }, (_, index) =>
      plain(side, side, [(index * 67) % 256, 60, 90]),
    );
    const joined = sharp(Buffer.concat(frames), {
      raw: { width: side, height: side * frameCount, channels: 3, pageHeight: side },
    });
    return joined.toFormat(format).toBuffer();
  }

  it.each(['gif', 'webp'] as const)(
    'moves in the tile of a short %s, and stands in its screen',
    async (format) => {
      const path = await kept(await animation(5, 400, format));
      const tile = await makePreview(path, 'tile');
      expect(await sharp(tile.bytes).metadata()).toMatchObject({ pages: 5 });
      expect(tile).toMatchObject({ width: 320, height: 320, sourceWidth: 400, sourceHeight: 400 });
      expect(tile.thumbhash).toBeDefined();
      const screen = await makePreview(path, 'screen');
      expect((await sharp(screen.bytes).metadata()).pages ?? 1).toBe(1);
    },
  );

  it('is shown by its first picture when it has many frames', async () => {
    const tile = await makePreview(await kept(await animation(130, 8, 'gif')), 'tile');
    expect((await sharp(tile.bytes).metadata()).pages ?? 1).toBe(1);
  });
});

describe('limits of size', () => {
  it('refuses a picture that would need too much memory, before it is decoded', async () => {
    const wide = sharp({
      create: { width: 16_000, height: 12_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    });
    const path = await kept(await wide.png({ progressive: true, compressionLevel: 1 }).toBuffer());
    await expect(makePreview(path, 'tile')).rejects.toMatchObject({ reason: 'too-large' });
  });
});

describe('RAW files', () => {
  const raw = (data: Buffer, child: [number, number][]): Buffer =>
    sampleTiff(
      {
        tags: [[TIFF_TAG.dngVersion, [1]]],
        children: {
          [TIFF_TAG.subDirectories]: {
            tags: child.map(([tag, value]) => [tag, [value]] as const),
          },
        },
      },
      data,
    );

  it('shows a small embedded picture when there is nothing better', async () => {
    const red = { create: { width: 160, height: 120, channels: 3, background: 'red' } } as const;
    const jpeg = await sharp(red).jpeg().toBuffer();
    const file = raw(jpeg, [
      [TIFF_TAG.compression, 6],
      [TIFF_TAG.stripOffsets, SAMPLE_TIFF_DATA_AT],
      [TIFF_TAG.stripByteCounts, jpeg.byteLength],
    ]);
    const tile = await makePreview(await kept(file), 'tile');
    expect(tile).toMatchObject({ width: 160, height: 120, decodedBy: 'sharp' });
  });

  it.each([
    ['cut away', 22, 8],
    ['beyond the end of the file', 9_000_000, 1_000_000],
  ] as const)('makes no grey picture of sensor data that is %s', async (_, byteCount, offset) => {
    const file = raw(Buffer.alloc(64), [
      [TIFF_TAG.photometric, 32803],
      [TIFF_TAG.imageWidth, 3000],
      [TIFF_TAG.imageLength, 2000],
      [TIFF_TAG.compression, 7],
      [TIFF_TAG.stripOffsets, offset],
      [TIFF_TAG.stripByteCounts, byteCount],
    ]);
    await expect(makePreview(await kept(file), 'tile')).rejects.toMatchObject({
      reason: 'no-embedded-preview',
    });
  });

  it('says so when a file is no RAW but for its first bytes', async () => {
    const file = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW 0201'), Buffer.alloc(4000)]);
    await expect(makePreview(await kept(file), 'tile')).rejects.toMatchObject({
      reason: 'no-embedded-preview',
    });
  });
});
