import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import sharp, { type Sharp } from 'sharp';

import { realMedia } from '../electron/service/decoder/sample-media.ts';
import { findProgram } from './peer-process.ts';

/** Twelve megapixels, as phones take them. */
const [WIDTH, HEIGHT] = [4032, 3024];
/** How many files may have the same picture; each reads its own copy. */
const COPIES_OF_EACH = 50;

/** Files of one kind for one scenario. */
export interface PreviewSamples {
  readonly files: readonly string[];
  /** What they are, for the table. */
  readonly what: string;
}

/** JPEGs of twelve megapixels with detail of every size and about 2 MB each. */
export async function jpegSamples(folder: string, count: number): Promise<PreviewSamples> {
  const originals: string[] = [];
  for (let index = 0; index < Math.ceil(count / COPIES_OF_EACH); index += 1) {
    const path = join(folder, `original-${index}.jpg`);
    await (await landscape(index * 3)).jpeg({ quality: 85 }).toFile(path);
    originals.push(path);
  }
  const files = await copies(originals, join(folder, 'jpeg'), count, 'jpg');
  return { files, what: `${count} JPEGs of 12 megapixels` };
}

/** HEICs as an iPhone takes them, or else as `heif-enc` makes them of a JPEG. */
export async function heicSamples(folder: string, count: number): Promise<PreviewSamples | string> {
  const real = realMedia('heic/heic-iphone.heic');
  if (existsSync(real)) {
    const files = await copies([real], join(folder, 'heic'), count, 'heic');
    return { files, what: `${count} HEICs of an iPhone, 12 megapixels` };
  }
  const heifEnc = await findProgram('heif-enc');
  if (heifEnc === undefined) return 'no HEIC to try, and no heif-enc to make one';
  const jpeg = join(folder, 'original-heic.jpg');
  await (await landscape(0)).jpeg({ quality: 92 }).toFile(jpeg);
  const made = join(folder, 'original.heic');
  await promisify(execFile)(heifEnc, ['-q', '60', '-t', '320', '-o', made, jpeg]);
  const files = await copies([made], join(folder, 'heic'), count, 'heic');
  return { files, what: `${count} HEICs made by heif-enc, 12 megapixels in one piece` };
}

/** Movies as an iPhone takes them, or else as `ffmpeg` makes them. */
export async function movieSamples(
  folder: string,
  count: number,
): Promise<PreviewSamples | string> {
  const real = realMedia('live-photo-edited/paired-video.mov');
  if (existsSync(real)) {
    const files = await copies([real], join(folder, 'movies'), count, 'mov');
    return { files, what: `${count} movies of Live Photos` };
  }
  const ffmpeg = await findProgram('ffmpeg');
  if (ffmpeg === undefined) return 'no movie to try, and no ffmpeg to make one';
  const made = join(folder, 'original.mov');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30:duration=3'];
  const coding = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', made];
  await promisify(execFile)(ffmpeg, ['-nostdin', '-v', 'error', ...picture, ...coding]);
  const files = await copies([made], join(folder, 'movies'), count, 'mov');
  return { files, what: `${count} made movies of 1920 x 1080, H.264` };
}

async function copies(
  originals: readonly string[],
  folder: string,
  count: number,
  extension: string,
): Promise<string[]> {
  await mkdir(folder);
  const files: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, `IMG_${String(index).padStart(4, '0')}.${extension}`);
    await copyFile(originals[index % originals.length] ?? '', path);
    files.push(path);
  }
  return files;
}

/** Noise of several sizes on top of each other: as hard to read as a photo, the same for the same seed. */
async function landscape(seed: number): Promise<Sharp> {
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  const coarse = await noise(seed, 128, 1);
  const middle = await noise(seed + 1, 16, 0.5);
  const fine = await noise(seed + 2, 3, 0.25);
  return sharp(coarse, { raw }).composite([
    { input: middle, raw, blend: 'overlay' },
    { input: fine, raw, blend: 'soft-light' },
  ]);
}

async function noise(seed: number, grain: number, strength: number): Promise<Buffer> {
  const [width, height] = [Math.ceil(WIDTH / grain), Math.ceil(HEIGHT / grain)];
  const bytes = Buffer.alloc(width * height * 3);
  let state = seed + 1;
  for (let at = 0; at < bytes.byteLength; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .resize(WIDTH, HEIGHT, { fit: 'fill' })
    .linear(strength, 128 * (1 - strength))
    .raw()
    .toBuffer();
}
