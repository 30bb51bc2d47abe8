import { randomBytes } from 'node:crypto';

import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { isoBox, sampleMovie } from '../sample-media.ts';
import { readHeaderFrom } from './read-media-header.ts';

function isCutOff(bytes: Uint8Array): boolean {
  return readHeaderFrom(bufferSource(bytes)).isCutOff === true;
}

const samples = new Map<string, Buffer>();
beforeAll(async () => {
  const noise = sharp(randomBytes(300 * 200 * 3), {
    raw: { width: 300, height: 200, channels: 3 },
  });
  samples.set('jpeg', await noise.clone().jpeg().toBuffer());
  samples.set('progressive', await noise.clone().jpeg({ progressive: true }).toBuffer());
  samples.set('png', await noise.clone().png().toBuffer());
  samples.set('webp', await noise.clone().webp().toBuffer());
  samples.set('avif', await noise.clone().avif().toBuffer());
  samples.set('movie', sampleMovie({ mediaByteCount: 5000 }));
});

describe('isCutOff', () => {
  it.each(['jpeg', 'progressive', 'png', 'webp', 'avif', 'movie'])('a whole %s is not', (name) => {
    expect(isCutOff(samples.get(name)!)).toBe(false);
  });

  it.each(['jpeg', 'progressive', 'png', 'webp', 'avif', 'movie'])(
    'a %s that lacks its second half is',
    (name) => {
      const whole = samples.get(name)!;
      expect(isCutOff(whole.subarray(0, whole.byteLength / 2))).toBe(true);
    },
  );

  it('a photo with something behind its picture is not', () => {
    const photo = samples.get('jpeg')!;
    const movie = isoBox('ftyp', Buffer.from('mp42'), randomBytes(100_000));
    expect(isCutOff(Buffer.concat([photo, movie]))).toBe(false);
    expect(isCutOff(Buffer.concat([photo, Buffer.from('a few words of a vendor')]))).toBe(false);
  });

  it('a still with a mark of its vendor behind the last box is not', () => {
    const mark = Buffer.from('\xff\xff\xff\0SEFT', 'latin1');
    expect(isCutOff(Buffer.concat([samples.get('avif')!, mark]))).toBe(false);
  });

  it('a movie whose recording was broken off before its header was written is', () => {
    const head = isoBox('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1'));
    const openEnded = Buffer.from('\0\0\0\0mdat', 'latin1');
    expect(isCutOff(Buffer.concat([head, openEnded, randomBytes(1000)]))).toBe(true);
  });

  it('nothing is known of a file of another kind', () => {
    expect(isCutOff(Buffer.from('hello'))).toBe(false);
  });
});
