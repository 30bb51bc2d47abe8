import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import {
  SAMPLE_TIFF_DATA_AT,
  sampleMovie,
  sampleTiff,
} from '../../electron/service/decoder/sample-media.ts';
import { heicOf, sampleMovieOf } from './sample-codecs.ts';

const WIDTH = 192;
const HEIGHT = 128;

/**
 * Small intact files of every kind that phones and cameras make, 0.5 to 30 KiB each, by name. Those of HEVC and H.264
 * are missing where there is no FFmpeg.
 * @param folder for files that are made on the way
 */
export async function mediaSeeds(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const jpeg = await photo().withIccProfile('p3').withExif(EXIF).jpeg({ quality: 70 }).toBuffer();
  const seeds = new Map<string, Buffer>([
    ['jpeg', jpeg],
    ['progressive-jpeg', await photo().jpeg({ progressive: true, quality: 60 }).toBuffer()],
    ['png', await photo().png({ palette: true, colours: 32 }).toBuffer()],
    ['interlaced-png', await photo(64, 48).png({ progressive: true }).toBuffer()],
    ['deep-png', await photo(48, 32).toColourspace('rgb16').png().toBuffer()],
    ['webp', await photo().webp({ quality: 60 }).toBuffer()],
    ['lossless-webp', await photo(64, 48).webp({ lossless: true }).toBuffer()],
    ['animated-webp', await animation().webp({ quality: 40 }).toBuffer()],
    ['animated-gif', await animation().gif({ colours: 8 }).toBuffer()],
    ['avif', await photo().avif({ quality: 40, effort: 0 }).toBuffer()],
    ['lzw-tiff', await photo(64, 48).tiff({ compression: 'lzw' }).toBuffer()],
    ['tiled-tiff', await photo(64, 48).tiff({ compression: 'deflate', tile: true }).toBuffer()],
    ['raw', rawOf(jpeg)],
    ['movie-header', sampleMovie({ creationDate: '2020-01-01T12:00:00+0200' })],
  ]);
  const hevc = await sampleMovieOf('libx265', join(folder, 'hevc.mov'));
  const h264 = await sampleMovieOf('libx264', join(folder, 'h264.mov'));
  if (h264) seeds.set('h264-movie', h264);
  if (hevc) {
    seeds.set('hevc-movie', hevc);
    seeds.set('heic', heicOf(hevc, 'single'));
    seeds.set('heic-grid', heicOf(hevc, 'grid'));
  }
  return seeds;
}

const EXIF = {
  IFD0: { Make: 'Apple', Model: 'iPhone 11', Orientation: '6' },
  IFD2: { DateTimeOriginal: '2020:01:01 12:00:00' },
};

/** Some detail, the same each time. */
function photo(width = WIDTH, height = HEIGHT): Sharp {
  return sharp(pixels(width, height), { raw: { width, height, channels: 3 } });
}

function animation(): Sharp {
  const [width, height] = [48, 32];
  return sharp(pixels(width, height * 3), {
    raw: { width, height: height * 3, channels: 3, pageHeight: height },
  });
}

function pixels(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(width * height * 3);
  for (let at = 0; at < bytes.byteLength; at += 1) {
    bytes[at] = ((at % (width * 3)) + Math.floor(at / width) * (1 + (at % 3))) & 0xff;
  }
  return bytes;
}

/** A camera's RAW file in outline: directories with a JPEG that shows the picture. */
function rawOf(jpeg: Buffer): Buffer {
  const preview = [
    [0x0103, [6]],
    [0x0201, [SAMPLE_TIFF_DATA_AT]],
    [0x0202, [jpeg.byteLength]],
  ] as const;
  return sampleTiff(
    {
      tags: [[0x010f, 'Canon'], [0x0112, [6]], [0xc612, [1, 4, 0, 0]], ...preview],
      children: { 0x8769: { tags: [[0x9003, '2020:01:01 12:00:00']] } },
    },
    jpeg,
  );
}
