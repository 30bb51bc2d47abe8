import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { originalPlace, type PlaceRequest } from './original-place.ts';

const first: PlaceRequest = {
  deviceFolder: 'My iPhone',
  resourceType: 'photo',
  fileName: 'IMG_4711.HEIC',
  captureTime: { local: '2026-11-03T10:00:00', source: 'exif' },
  extension: '.HEIC',
  siblings: [],
};

const FOLDER = 'My iPhone/2019/2019-08';

function sibling(
  name: string,
  told = name,
  resourceType = 'photo',
): PlaceRequest['siblings'][number] {
  return { path: `${FOLDER}/${name}`, resourceType, told: { fileName: told } };
}

function nameBeside(
  siblings: PlaceRequest['siblings'],
  resourceType: string,
  fileName: string,
): string {
  const { folder, name } = originalPlace({ ...first, resourceType, fileName, siblings });
  expect(folder).toBe(FOLDER);
  return name;
}

it('goes into the month of its capture time, under its own name', () => {
  expect(originalPlace(first)).toEqual({
    folder: 'My iPhone/2026/2026-11',
    name: 'IMG_4711.HEIC',
  });
});

it('is called after its type when the device told no name', () => {
  expect(originalPlace({ ...first, fileName: undefined }).name).toBe('photo.HEIC');
  expect(originalPlace({ ...first, fileName: undefined, extension: '' }).name).toBe('photo');
});

describe('a further file of an asset', () => {
  it('stays beside the others, whatever its own time', () => {
    expect(nameBeside([sibling('IMG_4711.HEIC')], 'paired-video', 'IMG_4711.MOV')).toBe(
      'IMG_4711.MOV',
    );
  });

  it('takes the stem of the others where iOS names it alike for every asset', () => {
    const siblings = [sibling('IMG_4711.HEIC')];
    expect(nameBeside(siblings, 'full-size-photo', 'FullSizeRender.heic')).toBe(
      'IMG_4711 (edited).heic',
    );
    expect(nameBeside(siblings, 'adjustment-data', 'Adjustments.plist')).toBe('IMG_4711.plist');
    expect(nameBeside(siblings, 'alternate-photo', 'RAW_1.DNG')).toBe('RAW_1.DNG');
  });

  it('follows a picture whose name was taken, so that a movie is not beside the wrong one', () => {
    const siblings = [sibling('IMG_4711 (2).HEIC', 'IMG_4711.HEIC')];
    expect(nameBeside(siblings, 'paired-video', 'IMG_4711.MOV')).toBe('IMG_4711 (2).MOV');
  });

  it('asks for the told name again when it is a new version of a file', () => {
    const siblings = [sibling('IMG_4711.HEIC')];
    expect(nameBeside(siblings, 'photo', 'IMG_4711.HEIC')).toBe('IMG_4711.HEIC');
  });

  it('goes by the original rather than by an edit that came before it', () => {
    const siblings = [
      sibling('FullSizeRender.heic', 'FullSizeRender.heic', 'full-size-photo'),
      sibling('IMG_4711.HEIC'),
    ];
    expect(nameBeside(siblings, 'full-size-video', 'FullSizeRender.mov')).toBe(
      'IMG_4711 (edited).mov',
    );
  });
});

it('never leaves the library, whatever names are told', () => {
  const anyName = fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined });
  fc.assert(
    fc.property(
      anyName,
      anyName,
      fc.constantFrom('photo', 'full-size-photo', 'x'),
      (a, b, type) => {
        const before = originalPlace({ ...first, fileName: a });
        const siblings = [
          { path: `${before.folder}/${before.name}`, resourceType: 'photo', told: {} },
        ];
        for (const place of [
          before,
          originalPlace({ ...first, resourceType: type, fileName: b, siblings }),
        ]) {
          expect(place.folder).toBe('My iPhone/2026/2026-11');
          expect(place.name).not.toMatch(/[/\\]|^\.|^$/);
          expect(Buffer.byteLength(place.name)).toBeLessThanOrEqual(200);
        }
      },
    ),
  );
});
