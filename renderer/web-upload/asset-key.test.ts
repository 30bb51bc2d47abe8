import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assetKeyOf, modifiedAtOf, nameFiles, resourceTypeOf, wellFormed } from './asset-key.ts';

const AT = Date.UTC(2026, 10, 21, 12, 0, 0, 345);

function picked(name: string, type = '') {
  return { name, size: 12, lastModified: AT, type };
}

describe('the key of a picked file', () => {
  it('is made of name, size and time', () => {
    expect(assetKeyOf(picked('IMG_1.HEIC'))).toBe(`web:IMG_1.HEIC:12:${AT}`);
  });

  it('fits the protocol and can be percent-encoded, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), fc.nat(), (name, size) => {
        const key = assetKeyOf({ ...picked(name), size });
        expect(key.length).toBeLessThanOrEqual(1024);
        expect(() => encodeURIComponent(key)).not.toThrow();
      }),
    );
  });

  it('can be percent-encoded when a long name is cut inside an emoji', () => {
    const key = assetKeyOf(picked(`📷${'a'.repeat(299)}`));
    expect(() => encodeURIComponent(key)).not.toThrow();
  });
});

describe('files of one pick', () => {
  it('that look alike get keys of their own, and are known to look alike', () => {
    const files = ['IMG_1.JPG', 'IMG_2.JPG', 'IMG_1.JPG', 'IMG_1.JPG'].map((name) => picked(name));
    const key = assetKeyOf(picked('IMG_1.JPG'));
    expect(nameFiles(files).map(({ assetKey, isAlike }) => [assetKey, isAlike])).toEqual([
      [key, true],
      [assetKeyOf(picked('IMG_2.JPG')), false],
      [`${key}#2`, true],
      [`${key}#3`, true],
    ]);
  });

  it('never share a key', () => {
    const file = fc.record({
      name: fc.constantFrom('a', 'b', 'a#2'),
      size: fc.nat(1),
      lastModified: fc.nat(1),
      type: fc.constant(''),
    });
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const keys = nameFiles(files).map(({ assetKey }) => assetKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

it('puts a replacement for half a surrogate pair', () => {
  expect(wellFormed('a\uD83Db📷')).toBe('a\uFFFDb📷');
});

it('tells times in whole seconds', () => {
  expect(new Date(modifiedAtOf(picked('a'))).toISOString()).toBe('2026-11-21T12:00:00.000Z');
});

it.each([
  ['IMG_1.MOV', 'video/quicktime', 'video'],
  ['IMG_1.HEIC', 'image/heic', 'photo'],
  ['clip.MOV', '', 'video'],
  ['raw.DNG', '', 'photo'],
])('takes %s of type "%s" for a %s', (name, type, resourceType) => {
  expect(resourceTypeOf(picked(name, type))).toBe(resourceType);
});
