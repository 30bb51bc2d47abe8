import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseResourceType } from '../../../shared/resource-type.ts';
import { assetKeyOf, mapFolder } from './resource-mapping.ts';

/** `file -> main file as type`, one line each. */
function mapped(...names: string[]): string[] {
  return mapFolder(names).map(
    ({ fileName, mainFileName, resourceType }) => `${fileName} -> ${mainFileName} ${resourceType}`,
  );
}

describe('mapFolder', () => {
  it('pairs the movie of a Live Photo with its photo', () => {
    expect(mapped('IMG_1.HEIC', 'IMG_1.MOV')).toEqual([
      'IMG_1.HEIC -> IMG_1.HEIC photo',
      'IMG_1.MOV -> IMG_1.HEIC paired-video',
    ]);
  });

  it('takes a movie without a photo as a video', () => {
    expect(mapped('IMG_1.MOV')).toEqual(['IMG_1.MOV -> IMG_1.MOV video']);
  });

  it('takes RAW beside a photo as its alternate, and RAW alone as the photo', () => {
    expect(mapped('IMG_1.DNG', 'IMG_1.JPG', 'IMG_2.CR3')).toEqual([
      'IMG_1.DNG -> IMG_1.JPG alternate-photo',
      'IMG_1.JPG -> IMG_1.JPG photo',
      'IMG_2.CR3 -> IMG_2.CR3 photo',
    ]);
  });

  it('ties edit recipe and edited still to their photo', () => {
    expect(mapped('IMG_1853.AAE', 'IMG_1853.HEIC', 'IMG_E1853.heic')).toEqual([
      'IMG_1853.AAE -> IMG_1853.HEIC adjustment-data',
      'IMG_1853.HEIC -> IMG_1853.HEIC photo',
      'IMG_E1853.heic -> IMG_1853.HEIC full-size-photo',
    ]);
  });

  it('ties the edited halves of a Live Photo to its photo', () => {
    expect(mapped('IMG_1853.HEIC', 'IMG_1853.MOV', 'IMG_E1853.JPG', 'IMG_E1853.MOV')).toEqual([
      'IMG_1853.HEIC -> IMG_1853.HEIC photo',
      'IMG_1853.MOV -> IMG_1853.HEIC paired-video',
      'IMG_E1853.JPG -> IMG_1853.HEIC full-size-photo',
      'IMG_E1853.MOV -> IMG_1853.HEIC full-size-paired-video',
    ]);
  });

  it('ties an edited video to its video', () => {
    expect(mapped('IMG_1853.MOV', 'IMG_E1853.MOV')).toEqual([
      'IMG_1853.MOV -> IMG_1853.MOV video',
      'IMG_E1853.MOV -> IMG_1853.MOV full-size-video',
    ]);
  });

  it('takes an edited still without its original as a photo', () => {
    expect(mapped('IMG_E1853.JPG')).toEqual(['IMG_E1853.JPG -> IMG_E1853.JPG photo']);
  });

  it('keeps two stills with one stem apart', () => {
    expect(mapped('a.jpg', 'a.png', 'a.mov')).toEqual([
      'a.jpg -> a.jpg photo',
      'a.png -> a.png photo',
      'a.mov -> a.jpg paired-video',
    ]);
  });

  it('sends what is neither picture nor movie as a file of its own', () => {
    expect(mapped('a.jpg', 'a.txt', 'memo.m4a', 'README')).toEqual([
      'a.jpg -> a.jpg photo',
      'a.txt -> a.txt file',
      'memo.m4a -> memo.m4a audio',
      'README -> README file',
    ]);
  });

  const fileName = fc
    .tuple(
      fc.constantFrom('IMG_1853', 'IMG_E1853', 'IMG_1853.JPG', 'a', 'IMG_EE1853'),
      fc.constantFrom('.HEIC', '.heic', '.jpg', '.MOV', '.mp4', '.DNG', '.nef', '.AAE', '.txt', ''),
    )
    .map(([stem, extension]) => stem + extension);
  const folder = fc.uniqueArray(fileName, { maxLength: 30 });

  it('never gives two files the same asset and resource type', () => {
    fc.assert(
      fc.property(folder, (names) => {
        const identities = mapFolder(names).map(
          ({ mainFileName, resourceType }) => `${mainFileName}/${resourceType}`,
        );
        expect(new Set(identities).size).toBe(names.length);
      }),
    );
  });

  it('names every asset after a file that is its own main file, with a type the service knows how to read', () => {
    fc.assert(
      fc.property(folder, (names) => {
        const files = mapFolder(names);
        const own = new Set(
          files.filter((file) => file.fileName === file.mainFileName).map((file) => file.fileName),
        );
        for (const { mainFileName, resourceType } of files) {
          expect(own.has(mainFileName)).toBe(true);
          expect(parseResourceType(resourceType)).toBe(resourceType);
        }
      }),
    );
  });

  it('does not depend on the order of the names', () => {
    fc.assert(
      fc.property(folder, (names) => {
        expect(mapped(...names).sort()).toEqual(mapped(...[...names].reverse()).sort());
      }),
    );
  });
});

describe('assetKeyOf', () => {
  it('is the path, with the same separators on every platform', () => {
    expect(assetKeyOf('C:\\Users\\ann\\Pictures', 'a.jpg')).toBe('C:/Users/ann/Pictures/a.jpg');
    expect(assetKeyOf('/', 'a.jpg')).toBe('/a.jpg');
  });

  it('stays within the limit of the protocol for the longest paths, and different paths stay different', () => {
    const folder = `/${'ü'.repeat(3000)}`;
    const keys = [assetKeyOf(folder, 'a.jpg'), assetKeyOf(folder, 'b.jpg')];
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(1024);
    expect(keys[0]).not.toBe(keys[1]);
  });
});
