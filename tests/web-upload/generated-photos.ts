import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** Writes a file that says of itself that it is a QuickTime film. */
export async function writeFilm(folder: string, name: string): Promise<string> {
  const header = Buffer.from('000000147174797020202020000000007174202000000008776964', 'hex');
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([header, randomBytes(200_000)]));
  return path;
}
