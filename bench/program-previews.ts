import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { findProgram, versionText } from './peer-process.ts';
import {
  inTwoLanes,
  type PreviewContender,
  TILE_LONG_EDGE,
  WEBP_EFFORT,
  WEBP_QUALITY,
} from './preview-contender.ts';

const SIZE = `${TILE_LONG_EDGE}x${TILE_LONG_EDGE}`;

type MakeAll = (files: readonly string[], outFolder: string) => Promise<void>;

/** Runs a program to its end. @throws with what it said when it fails. */
async function run(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  await promisify(execFile)(path, [...args], {
    env: { ...process.env, ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** A program that is started anew for each turn, and has nothing to get ready. */
function program(name: string, title: string, makeAll: MakeAll): PreviewContender {
  const start = () => Promise.resolve({ makeAll, [Symbol.asyncDispose]: () => Promise.resolve() });
  return { name, title, start };
}

/** Two `vipsthumbnail`, each with half of the files, or why there are none. */
export async function vipsPreviews(): Promise<PreviewContender | string> {
  const path = await findProgram('vipsthumbnail');
  if (path === undefined)
    return 'vipsthumbnail is not here (Debian: apt-get install libvips-tools)';
  const version = /libvips (\S+)/.exec(await versionText(path, '--vips-version'))?.[1] ?? '';
  return program(
    'vipsthumbnail',
    `vipsthumbnail of libvips ${version} (two side by side, each with half of the files and one thread; WebP of the same quality and effort)`,
    async (files, outFolder) => {
      const output = join(outFolder, `%s.webp[Q=${WEBP_QUALITY},effort=${WEBP_EFFORT}]`);
      const half = Math.ceil(files.length / 2);
      const halves = [files.slice(0, half), files.slice(half)].filter(({ length }) => length > 0);
      const options = ['--size', SIZE, '--output', output];
      // With more threads two of them are slower: they have two processors between them.
      const env = { VIPS_CONCURRENCY: '1' };
      await Promise.all(halves.map((some) => run(path, [...options, ...some], env)));
    },
  );
}

/** `heif-thumbnailer`, two at a time, or why there is none. */
export async function heifThumbnailerPreviews(): Promise<PreviewContender | string> {
  const path = await findProgram('heif-thumbnailer');
  if (path === undefined) {
    return 'heif-thumbnailer is not here (Debian: apt-get install heif-thumbnailer)';
  }
  return program(
    'heif-thumbnailer',
    'heif-thumbnailer (two at a time, one for each file; the embedded picture where there is one, as PNG)',
    (files, outFolder) =>
      inTwoLanes(files, (file) =>
        run(path, ['-s', String(TILE_LONG_EDGE), file, join(outFolder, `${basename(file)}.png`)]),
      ),
  );
}

/** `heif-convert`, then ImageMagick's `convert`, two at a time, or why there are none. */
export async function heifConvertPreviews(): Promise<PreviewContender | string> {
  const heifConvert = await findProgram('heif-convert');
  const convert = await findProgram('convert-im6.q16').then(
    (found) => found ?? findProgram('magick'),
  );
  if (heifConvert === undefined) {
    return 'heif-convert is not here (Debian: apt-get install libheif-examples)';
  }
  if (convert === undefined) return 'ImageMagick is not here (Debian: apt-get install imagemagick)';
  const version = /ImageMagick (\S+)/.exec(await versionText(convert, '-version'))?.[1] ?? '';
  return program(
    'heif-convert + resize',
    `heif-convert to JPEG, then ImageMagick ${version} (two files at a time; WebP of the same quality)`,
    (files, outFolder) =>
      inTwoLanes(files, async (file) => {
        const whole = join(outFolder, `${basename(file)}.jpg`);
        await run(heifConvert, ['-q', '92', file, whole]);
        const tile = join(outFolder, `${basename(file)}.webp`);
        await run(convert, [whole, '-resize', SIZE, '-quality', String(WEBP_QUALITY), tile]);
        await rm(whole);
      }),
  );
}

/** The `ffmpeg` program, two at a time, or why there is none. */
export async function ffmpegPosters(): Promise<PreviewContender | string> {
  const path = await findProgram('ffmpeg');
  if (path === undefined) return 'ffmpeg is not here (Debian: apt-get install ffmpeg)';
  const version = /ffmpeg version (\S+)/.exec(await versionText(path, '-version'))?.[1] ?? '';
  const scale = `scale=${TILE_LONG_EDGE}:${TILE_LONG_EDGE}:force_original_aspect_ratio=decrease`;
  return program(
    'ffmpeg',
    `ffmpeg ${version} (two at a time, one for each file; WebP of the same quality)`,
    (files, outFolder) =>
      inTwoLanes(files, (file) =>
        run(path, [
          ...['-nostdin', '-v', 'error', '-y', '-i', file, '-frames:v', '1', '-vf', scale],
          ...['-c:v', 'libwebp', '-quality', String(WEBP_QUALITY)],
          ...['-compression_level', String(WEBP_EFFORT), join(outFolder, `${basename(file)}.webp`)],
        ]),
      ),
  );
}
