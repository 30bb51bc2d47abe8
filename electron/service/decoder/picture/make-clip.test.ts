import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HAS_REAL_MEDIA, realMedia } from '../sample-media.ts';
import { decodeVideoPoster } from './decode-video-poster.ts';
import { loadFfmpeg } from './ffmpeg.ts';
import { makeClip } from './make-clip.ts';
import { makePreview } from './make-preview.ts';
import { openMovie } from './open-movie.ts';
import { readFrames } from './read-frames.ts';
import { plain, writeMovie, type MadeMovie } from './sample-movies.ts';

const ffmpeg = (await loadFfmpeg())!;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-clip-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Left half red, right half blue, with a green upper left corner. */
function halves(width: number, height: number): Buffer {
  const pixels = plain(width, height, [220, 20, 20]);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x >= width / 2) pixels.set([20, 20, 220], (y * width + x) * 3);
      else if (x < width / 4 && y < height / 4) pixels.set([20, 200, 20], (y * width + x) * 3);
    }
  }
  return pixels;
}

const SCENE = halves(640, 360);

async function written(movie: Partial<MadeMovie> = {}, name = 'movie'): Promise<string> {
  const path = join(folder, name);
  const size = { width: 640, height: 360 };
  await writeMovie(path, { ...size, paint: () => SCENE, ...movie });
  return path;
}

/** The strongest colour in each corner of a picture: upper left, upper right, lower left, lower right. */
async function corners(picture: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(picture, { autoOrient: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [
    [0.08, 0.08],
    [0.92, 0.08],
    [0.08, 0.92],
    [0.92, 0.92],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    const rgb = [...data.subarray(at, at + 3)];
    return ['red', 'green', 'blue'][rgb.indexOf(Math.max(...rgb))]!;
  });
}

/** What a player would see of a clip: frames with their times, and the first one as a picture. */
async function played(clip: Uint8Array) {
  const path = join(folder, 'played.webm');
  await writeFile(path, clip);
  const location = { path, container: 'matroska' } as const;
  const times: number[] = [];
  await using movie = await openMovie(ffmpeg, location);
  for await (const frame of readFrames(ffmpeg, movie)) times.push(Number(frame.pts));
  return {
    times,
    streamCount: movie.format.nbStreams,
    poster: await decodeVideoPoster(ffmpeg, location),
  };
}

describe('makeClip', () => {
  it('takes the first three seconds at 24 frames a second, without sound', async () => {
    const path = await written({ frameCount: 130, framesPerSecond: 30 });
    const clip = await makePreview(path, 'clip');
    expect(clip).toMatchObject({ width: 480, height: 270, format: 'webm' });
    const { times, streamCount, poster } = await played(clip.bytes);
    expect(times).toHaveLength(72);
    expect(times[71]).toBe(Math.round((71 * 1000) / 24));
    expect(streamCount).toBe(1);
    expect(await corners(poster)).toEqual(['green', 'blue', 'red', 'blue']);
    expect(clip.bytes.byteLength).toBeLessThan(100_000);
  });

  it.each([
    [2, 480, 270, ['blue', 'green', 'blue', 'red']],
    [3, 480, 270, ['blue', 'red', 'blue', 'green']],
    [6, 270, 480, ['red', 'green', 'blue', 'blue']],
    [8, 270, 480, ['blue', 'blue', 'green', 'red']],
  ] as const)(
    'turns poster and clip of orientation %i upright',
    async (orientation, w, h, seen) => {
      const path = await written({ orientation, frameCount: 6 });
      const clip = await makePreview(path, 'clip');
      expect([clip.width, clip.height]).toEqual([w, h]);
      expect(await corners((await played(clip.bytes)).poster)).toEqual(seen);
      expect(await corners((await makePreview(path, 'screen')).bytes)).toEqual(seen);
    },
  );

  it.each([
    ['h264', 'mp4'],
    ['hevc', 'mov'],
    ['h264', '3gp'],
    ['h264', 'matroska'],
    ['vp9', 'webm'],
    ['mpeg4', 'avi'],
  ] as const)('shows %s in %s', async (codec, container) => {
    const path = await written({ codec, container, frameCount: 8 });
    const tile = await makePreview(path, 'tile');
    expect(tile).toMatchObject({ width: 640, height: 360, decodedBy: 'ffmpeg' });
    expect(await corners(tile.bytes)).toEqual(['green', 'blue', 'red', 'blue']);
    const clip = await makePreview(path, 'clip');
    expect(await corners((await played(clip.bytes)).poster)).toEqual([
      'green',
      'blue',
      'red',
      'blue',
    ]);
  });

  it('never enlarges', async () => {
    const path = await written({ width: 176, height: 144, paint: () => halves(176, 144) });
    expect(await makePreview(path, 'clip')).toMatchObject({ width: 176, height: 144 });
  });

  it('leaves frames of slow motion out and keeps its time', async () => {
    const small = plain(160, 96, [200, 100, 50]);
    const path = await written({
      ...{ width: 160, height: 96, paint: () => small },
      ...{ frameCount: 240, framesPerSecond: 240 },
    });
    const { times } = await played((await makePreview(path, 'clip')).bytes);
    expect(times.length).toBeGreaterThanOrEqual(23);
    expect(times.length).toBeLessThanOrEqual(25);
  });

  it.each(['hlg', 'pq'] as const)(
    'brings %s to SDR: colours stay, and white is nearly white',
    async (hdr) => {
      const greys = [
        [255, 255, 255],
        [128, 128, 128],
        [0, 0, 0],
        [200, 40, 40],
      ] as const;
      const paint = (): Buffer => Buffer.concat(greys.flatMap((colour) => plain(320, 60, colour)));
      const path = await written({
        width: 320,
        height: 240,
        hdr,
        codec: 'hevc',
        paint,
        frameCount: 3,
      });
      const clip = await makePreview(path, 'clip');
      for (const picture of [
        (await makePreview(path, 'tile')).bytes,
        (await played(clip.bytes)).poster,
      ]) {
        const { data } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
        const rowAt = (row: number): number[] => [
          ...data.subarray((row * 320 + 160) * 3).subarray(0, 3),
        ];
        const [white, grey, black, red] = [30, 90, 150, 210].map(rowAt);
        for (const value of white!) expect(value).toBeGreaterThan(210);
        for (const value of grey!) expect(Math.abs(value - 128)).toBeLessThan(12);
        for (const value of black!) expect(value).toBeLessThan(8);
        expect(red![0]).toBeGreaterThan(170);
        expect(Math.max(red![1]!, red![2]!)).toBeLessThan(70);
      }
    },
  );

  it('says that there is no moving picture in a photo or a text', async () => {
    const photo = join(folder, 'photo.jpg');
    await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } }).toFile(
      photo,
    );
    const text = join(folder, 'text');
    await writeFile(text, '<?xml version="1.0"?>');
    for (const path of [photo, text]) {
      await expect(makePreview(path, 'clip')).rejects.toMatchObject({ reason: 'no-movie' });
    }
  });

  it('makes a clip of what there is of a movie that ends too early', async () => {
    const noise = Buffer.from(Array.from({ length: 160 * 96 * 3 }, (_, at) => (at * 7919) % 251));
    const paint = (index: number): Buffer =>
      Buffer.concat([noise.subarray(index * 30), noise.subarray(0, index * 30)]);
    const size = { width: 160, height: 96 };
    const path = await written({ ...size, paint, frameCount: 60, container: 'matroska' });
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.byteLength * 0.6));
    const { times } = await played((await makePreview(path, 'clip')).bytes);
    expect(times.length).toBeGreaterThan(10);
  });
});

describe.skipIf(!HAS_REAL_MEDIA)('makeClip on real files (needs ../shared/media)', () => {
  it.each([
    ['live-photo-edited/paired-video.mov', 360, 480],
    ['live-photo-edited/full-size-paired-video.mov', 360, 480],
    ['movie/IMG_0016.MOV', 480, 270],
  ] as const)('makes a clip of %s', async (name, width, height) => {
    const clip = await makeClip(ffmpeg, { path: realMedia(name), container: 'mov' });
    expect(clip).toMatchObject({ width, height });
    expect(clip.bytes.byteLength).toBeLessThan(600_000);
  });
});
