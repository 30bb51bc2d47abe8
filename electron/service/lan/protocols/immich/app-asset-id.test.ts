import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { base64Sha1, isAloneInItsName, parseAppAssetId, parseSha1 } from './app-asset-id.ts';

const LOCAL_ID = '9F983DBA-EC35-42B8-8773-B597CF782EDD/L0/001';

describe("a phone's own name of an asset", () => {
  it.each([
    ['primary', 'photo'],
    ['heic', 'photo'],
    ['png', 'photo'],
    ['jpeg', 'photo'],
    ['raw', 'alternate-photo'],
    ['video', 'video'],
  ])('is read with the kind %s', (kind, resourceType) => {
    expect(parseAppAssetId(`${LOCAL_ID}-${kind}-IMG_1.X`, 'IMG_1.X')).toEqual({
      assetKey: LOCAL_ID,
      resourceType,
    });
  });

  it.each([
    ['heic-IMG_0001.HEIC', 'photo'],
    ['jpeg-IMG_0001.jpg', 'full-size-photo'],
    ['primary-DSC01234.heic', 'full-size-photo'],
    ['video-IMG_0001.mov', 'full-size-video'],
    ['video-FullSizeRender.mov', 'full-size-video'],
    ['video-FullSizeRender.MOV', 'full-size-video'],
    ['raw-IMG_0001.dng', 'alternate-photo'],
    ['jpeg-holiday.jpg', 'photo'],
    ['jpeg-20260501_143000.jpg', 'photo'],
    ['jpeg-IMG_20260501_143000.jpg', 'photo'],
    ['jpeg-IMG-20260501-WA0001.jpg', 'photo'],
    ['png-My FullSizeRender.png', 'photo'],
  ])('says where the file is a rendering, as far as its name tells: %s', (rest, resourceType) => {
    expect(parseAppAssetId(`${LOCAL_ID}-${rest}`, undefined)?.resourceType).toBe(resourceType);
  });

  it('is the same whatever the file is called, also like a kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        // A name with a dot may be that of a rendering.
        fc.pre(!name.includes('\n') && !name.includes('.'));
        for (const fileName of [name, `x-raw-${name}`]) {
          const parsed = parseAppAssetId(`${LOCAL_ID}-heic-${fileName}`, fileName);
          expect(parsed).toEqual({ assetKey: LOCAL_ID, resourceType: 'photo' });
        }
      }),
    );
  });

  it.each([
    'IMG_1.JPG-12345',
    '',
    'heic',
    `${LOCAL_ID}-IMG_1.HEIC`,
    `../../etc-heic-IMG_1.HEIC`,
    `${LOCAL_ID}-heic-another.HEIC`,
  ])('is none of %s', (text) => {
    expect(parseAppAssetId(text, 'IMG_1.HEIC')).toBeUndefined();
  });
});

it('is alone in its name where a rendering cannot be called so', () => {
  const names = ['IMG_1.HEIC', 'a.b.JPG', 'x.Jpg', 'IMG_1.heic', 'IMG_1', 'IMG.JPG.png', undefined];
  expect(names.map(isAloneInItsName)).toEqual([true, true, true, false, false, false, false]);
});

describe('a SHA-1', () => {
  it('is read as hex of any case and as base64, and written as base64', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const digest = createHash('sha1').update(bytes).digest();
        const hex = digest.toString('hex');
        expect(parseSha1(hex)).toBe(hex);
        expect(parseSha1(hex.toUpperCase())).toBe(hex);
        expect(parseSha1(digest.toString('base64'))).toBe(hex);
        expect(base64Sha1(hex)).toBe(digest.toString('base64'));
      }),
    );
  });

  it('is nothing else', () => {
    fc.assert(
      fc.property(fc.anything(), (odd) => {
        const sha1 = parseSha1(odd);
        if (sha1 !== undefined) expect(sha1).toMatch(/^[0-9a-f]{40}$/);
      }),
    );
    expect(['', 'x'.repeat(28), 'a'.repeat(41), 7, undefined].map(parseSha1)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});
