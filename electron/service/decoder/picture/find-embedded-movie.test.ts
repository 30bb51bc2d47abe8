import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { isoBox } from '../sample-media.ts';
import { findEmbeddedMovie } from './find-embedded-movie.ts';
import { makePreview } from './make-preview.ts';
import { plain, writeMovie } from './sample-movies.ts';

let folder = '';
let movie: Buffer;
let still: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-motion-'));
  const frame = plain(160, 96, [30, 30, 220]);
  const shape = { width: 160, height: 96, container: 'mp4', frameCount: 10 } as const;
  movie = await writeMovie(join(folder, 'movie.mp4'), { ...shape, paint: () => frame });
  const red = { create: { width: 320, height: 192, channels: 3, background: 'red' } } as const;
  still = await sharp(red).jpeg().toBuffer();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The same JPEG with XMP in it. */
function withXmp(xmp: string): Buffer {
  const body = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${xmp}</x:xmpmeta>`, 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.byteLength + 2, 2);
  return Buffer.concat([still.subarray(0, 2), head, body, still.subarray(2)]);
}

/** Samsung's trailer with these blocks. */
function samsungTrailer(blocks: readonly { name: string; bytes: Buffer }[]): Buffer {
  const written = blocks.map(({ name, bytes }) => {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(0x0a30, 2);
    head.writeUInt32LE(name.length, 4);
    return Buffer.concat([head, Buffer.from(name), bytes]);
  });
  const list = Buffer.alloc(12 + blocks.length * 12);
  list.write('SEFH', 0);
  list.writeUInt32LE(107, 4);
  list.writeUInt32LE(blocks.length, 8);
  let backwards = written.reduce((sum, block) => sum + block.byteLength, 0);
  for (const [index, block] of written.entries()) {
    list.writeUInt16LE(0x0a30, 12 + index * 12 + 2);
    list.writeUInt32LE(backwards, 12 + index * 12 + 4);
    list.writeUInt32LE(block.byteLength, 12 + index * 12 + 8);
    backwards -= block.byteLength;
  }
  const end = Buffer.alloc(8);
  end.writeUInt32LE(list.byteLength, 0);
  end.write('SEFT', 4);
  return Buffer.concat([...written, list, end]);
}

const found = (file: Buffer): Buffer | undefined => {
  const place = findEmbeddedMovie(bufferSource(file));
  return place && file.subarray(place.start, place.end);
};

const ITEM = (semantic: string, length: number): string =>
  `<rdf:li><Container:Item Item:Mime="x" Item:Semantic="${semantic}" Item:Length="${length}" Item:Padding="0"/></rdf:li>`;

describe('findEmbeddedMovie', () => {
  it.each([
    [
      'the old tag',
      () => Buffer.concat([withXmp(`<a GCamera:MicroVideoOffset="${movie.byteLength}"/>`), movie]),
    ],
    [
      'a list of items',
      () =>
        Buffer.concat([withXmp(ITEM('Primary', 0) + ITEM('MotionPhoto', movie.byteLength)), movie]),
    ],
    ['no tag at all', () => Buffer.concat([still, movie])],
    ['a tag that lies', () => Buffer.concat([withXmp('<a GCamera:MicroVideoOffset="7"/>'), movie])],
  ] as const)('finds the movie of a JPEG told by %s', (_, file) => {
    expect(found(file())?.equals(movie)).toBe(true);
  });

  it('finds the movie between other items', () => {
    const map = Buffer.alloc(3000, 7);
    const xmp =
      ITEM('Primary', 0) + ITEM('MotionPhoto', movie.byteLength) + ITEM('GainMap', map.byteLength);
    expect(found(Buffer.concat([withXmp(xmp), movie, map]))?.equals(movie)).toBe(true);
  });

  it('finds the movie in a Samsung trailer, and ends it where the trailer does', () => {
    const trailer = samsungTrailer([
      { name: 'Image_UTC_Data', bytes: Buffer.from('1700000000000') },
      { name: 'MotionPhoto_Data', bytes: movie },
    ]);
    expect(found(Buffer.concat([still, trailer]))?.equals(movie)).toBe(true);
  });

  it('finds the movie in the box of a HEIC', () => {
    const heic = isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1heic'));
    const file = Buffer.concat([heic, isoBox('meta', Buffer.alloc(40)), isoBox('mpvd', movie)]);
    expect(found(file)?.equals(movie)).toBe(true);
  });

  it('finds none in a plain photo, nor in one with a second still behind it', () => {
    expect(found(still)).toBeUndefined();
    const second = Buffer.concat([
      isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1')),
      isoBox('mdat', Buffer.alloc(900)),
    ]);
    expect(found(Buffer.concat([still, second]))).toBeUndefined();
  });

  it('stands whatever the bytes are', () => {
    const start = fc.constantFrom('\xff\xd8\xff\xe1', '\0\0\0\x14ftypheic', '');
    const middle = fc.uint8Array({ maxLength: 200 });
    const words = fc.constantFrom(
      'MicroVideoOffset="99999999999"',
      'ftypisom',
      '\0\0\0\x08SEFT',
      'SEFH\0\0\0\0\xff\xff\xff\xff\x54\0\0\0SEFT',
      '<Container:Item Item:Semantic="MotionPhoto" Item:Length="-5"/>',
    );
    fc.assert(
      fc.property(start, middle, words, middle, words, (a, b, c, d, e) => {
        const file = Buffer.concat([
          Buffer.from(a, 'latin1'),
          b,
          Buffer.from(c, 'latin1'),
          d,
          Buffer.from(e, 'latin1'),
        ]);
        const place = findEmbeddedMovie(bufferSource(file));
        expect(place === undefined || (place.start > 0 && place.end <= file.byteLength)).toBe(true);
      }),
    );
  });
});

describe('the clip of a motion photo', () => {
  it('shows the movie, while the tile shows the photo', async () => {
    const path = join(folder, 'motion.jpg');
    const trailer = samsungTrailer([{ name: 'MotionPhoto_Data', bytes: movie }]);
    await writeFile(path, Buffer.concat([still, trailer]));
    expect(await makePreview(path, 'tile')).toMatchObject({ width: 320, height: 192 });
    expect(await makePreview(path, 'clip')).toMatchObject({
      width: 160,
      height: 96,
      format: 'webm',
    });
  });
});
