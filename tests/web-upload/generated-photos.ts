import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import sharp from 'sharp';

/** Writes JPEG files that are all different; noise keeps them from shrinking to nothing. */
export async function writePhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let number = 1; number <= count; number++) {
    const width = 640;
    const height = 480;
    const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
    const path = join(folder, `IMG_${String(number).padStart(4, '0')}.JPG`);
    await writeFile(path, await noise.jpeg({ quality: 60 }).toBuffer());
    paths.push(path);
  }
  return paths;
}

const FILM_HEAD = Buffer.from('000000147174797020202020000000007174202000000008776964', 'hex');
export const FILM_HEAD_BYTE_COUNT = FILM_HEAD.byteLength;

/** Writes a file that says of itself that it is a QuickTime film: its head and so many bytes more. */
export async function writeFilm(
  folder: string,
  name: string,
  byteCount = 200_000,
): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([FILM_HEAD, randomBytes(byteCount)]));
  return path;
}

/**
 * Writes two films, Alike.mov, that a page cannot tell apart by name, length, time and samples of their content: one
 * byte at 100,000 is another.
 */
export async function writeAlikeFilms(
  folder: string,
  byteCount: number,
): Promise<{ readonly begun: string; readonly chosen: string }> {
  const begun = await writeFilm(folder, 'Alike.mov', byteCount);
  const bytes = await readFile(begun);
  bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
  const chosen = join(folder, 'another', 'Alike.mov');
  await mkdir(dirname(chosen), { recursive: true });
  await writeFile(chosen, bytes);
  for (const path of [begun, chosen]) await utimes(path, 1_790_000_000, 1_790_000_000);
  return { begun, chosen };
}

/** Writes a file that says of itself that it is a HEIC photo. */
async function writeHeic(folder: string, name: string): Promise<string> {
  const header = Buffer.from('00000018667479706865696300000000686569636d696631', 'hex');
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([header, randomBytes(300_000)]));
  return path;
}

/** What a person may choose at once. */
export interface MixedFiles {
  /** In the order they are chosen in. */
  readonly paths: readonly string[];
  /** Sixteen of them, each different. */
  readonly photos: readonly string[];
  readonly film: string;
  readonly empty: string;
}

/**
 * Thirty files: sixteen photos and a copy of one, two of one name, two that look alike by name, length and time, three
 * HEIC, four short films and a long one, and one without a byte.
 */
export async function writeMixedFiles(folder: string, filmByteCount: number): Promise<MixedFiles> {
  const photos = await writePhotos(folder, 16);
  const [first = ''] = photos;
  const copy = join(folder, 'Copy of one.jpg');
  await copyFile(first, copy);
  const sameName = await writePhotos(join(folder, 'second'), 2);
  const alike = await Promise.all(
    ['one', 'two'].map(async (content) => {
      const path = join(folder, content, 'ALIKE.JPG');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `a picture, ${content}`);
      await utimes(path, 1_790_000_000, 1_790_000_000);
      return path;
    }),
  );
  const heics = await Promise.all([1, 2, 3].map((at) => writeHeic(folder, `IMG_200${at}.HEIC`)));
  const clips = await Promise.all([1, 2, 3, 4].map((at) => writeFilm(folder, `clip ${at}.mov`)));
  const film = await writeFilm(folder, 'Long film.mov', filmByteCount);
  const empty = join(folder, 'empty.jpg');
  await writeFile(empty, '');
  const paths = [...photos.slice(0, 5), empty, film, ...heics, ...photos.slice(5), ...clips];
  return { paths: [...paths, copy, ...sameName, ...alike], photos, film, empty };
}
