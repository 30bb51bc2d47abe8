import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DEFAULT_FOLDER_TEMPLATE, folderTemplate } from '../../../shared/folder-template.ts';
import { stemKey } from '../library/folder-names.ts';

import { originalPlace, type PlaceRequest } from './original-place.ts';

const first: PlaceRequest = {
  template: folderTemplate(DEFAULT_FOLDER_TEMPLATE),
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

  it('takes the stem of the others, whatever its device calls it', () => {
    const siblings = [sibling('IMG_4711.HEIC')];
    expect(nameBeside(siblings, 'full-size-photo', 'FullSizeRender.heic')).toBe(
      'IMG_4711 (edited).heic',
    );
    expect(nameBeside(siblings, 'adjustment-data', 'Adjustments.plist')).toBe('IMG_4711.plist');
    expect(nameBeside(siblings, 'alternate-photo', 'RAW_1.DNG')).toBe('IMG_4711.DNG');
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

it('gives its stem to an edit that came first and had none of its own', () => {
  const siblings = [sibling('FullSizeRender.heic', 'FullSizeRender.heic', 'full-size-photo')];
  const undated = { ...first.captureTime, source: 'device-created' as const };
  expect(originalPlace({ ...first, captureTime: undated, siblings }).name).toBe('IMG_4711.HEIC');
});

describe('a template', () => {
  const placed = (template: string, change: Partial<PlaceRequest> = {}): string => {
    const { folder, name } = originalPlace({
      ...first,
      template: folderTemplate(template),
      camera: 'Apple iPhone 17 Pro',
      ...change,
    });
    return `${folder}/${name}`;
  };

  it('names folders and file by device, capture time, camera and name', () => {
    expect(placed('Photos/{camera}/{year}-{month}-{day} {hour}h/{year}_{name}')).toBe(
      'Photos/Apple iPhone 17 Pro/2026-11-03 10h/2026_IMG_4711.HEIC',
    );
  });

  it('marks an edited file behind the whole stem', () => {
    expect(placed('{device}/{name} of {year}', { fileName: 'IMG_1 (edited).HEIC' })).toBe(
      'My iPhone/IMG_1 of 2026 (edited).HEIC',
    );
  });

  it('has a word for a camera that is not known, and never an empty part', () => {
    expect(placed('{camera}/{name}', { camera: undefined })).toBe('Unknown camera/IMG_4711.HEIC');
    expect(placed('{camera}/{name}', { camera: ' ' })).toBe('unnamed/IMG_4711.HEIC');
  });

  it('never puts a file into Roost’s own folder or under the name of a list of hashes', () => {
    expect(placed('{camera}/{name}', { camera: '.roost' })).toBe('roost/IMG_4711.HEIC');
    expect(placed('{camera}/{name}', { camera: 'sha256sums' })).toBe('_sha256sums/IMG_4711.HEIC');
    expect(placed('{device}/{name}', { fileName: 'Sha256Sums' })).toBe('My iPhone/_Sha256Sums');
    const siblings = [sibling('SHA256SUMS.HEIC')];
    expect(nameBeside(siblings, 'photo', 'IMG_1')).toBe('_SHA256SUMS');
  });

  it('keeps a file of one asset with the others wherever they are', () => {
    const siblings = [sibling('IMG_4711.HEIC')];
    expect(placed('{camera}/{name}', { siblings, fileName: 'IMG_4711.MOV' })).toBe(
      `${FOLDER}/IMG_4711.MOV`,
    );
  });
});

it('gives all files of an asset one stem, however long and odd their names are', () => {
  const anyName = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(anyName, anyName, fc.boolean(), (told, other, isEdited) => {
      const before = originalPlace({ ...first, fileName: `${told}.HEIC` });
      const resourceType = isEdited ? 'full-size-photo' : 'paired-video';
      const siblings = [
        { path: `${before.folder}/${before.name}`, resourceType: 'photo', told: {} },
      ];
      for (const fileName of [`${told}.MOV`, `${other}.MOV`, `${other} (edited).MOV`, other]) {
        const { folder, name } = originalPlace({ ...first, resourceType, fileName, siblings });
        expect(folder).toBe(before.folder);
        // A name may not be that of a list of hashes.
        if (!before.name.startsWith('_')) expect(stemKey(name)).toBe(stemKey(before.name));
      }
    }),
  );
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
