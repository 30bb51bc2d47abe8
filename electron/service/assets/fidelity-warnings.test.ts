import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FIDELITY_WARNINGS, isFidelityWarning } from '../../../shared/fidelity-warnings.ts';

import { fidelityWarnings } from './fidelity-warnings.ts';
import type { SeenResource } from './seen-resource.ts';

const CONTENT_ID = 'C3754624-A05F-474D-9F16-E9C47B5F892D';
const ZURICH = { latitude: 47.37, longitude: 8.54 };

const still: SeenResource = {
  resourceType: 'photo',
  fileName: 'IMG_1.HEIC',
  contentType: 'image/heic',
  location: ZURICH,
  mediaType: 'image/heic',
  contentId: CONTENT_ID,
  metadata: { gpsLatitude: 47.37, gpsLongitude: 8.54 },
};
const movie: SeenResource = {
  resourceType: 'paired-video',
  fileName: 'IMG_1.MOV',
  mediaType: 'video/quicktime',
  contentId: CONTENT_ID,
};
const edit: SeenResource = {
  resourceType: 'full-size-photo',
  fileName: 'FullSizeRender.jpg',
  mediaType: 'image/jpeg',
};
const recipe: SeenResource = {
  resourceType: 'adjustment-data',
  fileName: 'Adjustments.plist',
  mediaType: 'application/x-plist',
};
const plain: SeenResource = {
  resourceType: 'photo',
  fileName: 'IMG_2.JPG',
  mediaType: 'image/jpeg',
};

describe('fidelityWarnings', () => {
  it('has nothing to say of an asset that is all there', () => {
    expect(fidelityWarnings([still, movie, edit, recipe])).toEqual([]);
    expect(fidelityWarnings([plain])).toEqual([]);
    expect(fidelityWarnings([])).toEqual([]);
  });

  it.each<[string, SeenResource[], string[]]>([
    [
      'a place the device knows and the file does not',
      [{ ...plain, location: ZURICH, metadata: { iso: 100 } }],
      ['location-missing'],
    ],
    [
      'a place in none of its files, once one was read',
      [
        { ...plain, location: ZURICH, metadata: {} },
        { ...plain, location: ZURICH },
      ],
      ['location-missing'],
    ],
    [
      'emptied fields for the place',
      [{ ...plain, metadata: { isGpsEmptied: true } }],
      ['location-emptied'],
    ],
    ['a JPEG under a HEIC name', [{ ...plain, fileName: 'IMG_2.heic' }], ['converted-to-jpeg']],
    [
      'a JPEG that was announced as HEIC',
      [{ ...plain, contentType: 'Image/HEIC; q=1' }],
      ['converted-to-jpeg'],
    ],
    ['a JPEG under a RAW name', [{ ...plain, fileName: 'IMG_2.DNG' }], ['raw-is-jpeg']],
    ['a Live Photo without its movie', [still], ['live-photo-without-movie']],
    ['a Live Photo without its still', [movie], ['live-photo-without-still']],
    ['an edit alone', [edit], ['original-missing']],
    ['an edit with its recipe alone', [edit, recipe], ['original-missing']],
    ['a recipe without any picture', [recipe], ['edit-alone']],
    ['a file that ends too early', [{ ...plain, isCutOff: true }], ['cut-off']],
    [
      'a file that ends too early, known later',
      [{ ...plain, metadata: { isCutOff: true } }],
      ['cut-off'],
    ],
  ])('tells of %s', (_, resources, warnings) => {
    expect(fidelityWarnings(resources)).toEqual(warnings);
  });

  it.each<[string, SeenResource[]]>([
    ['a place that nobody looked for yet', [{ ...plain, location: ZURICH }]],
    [
      'a device that knows no place either',
      [{ ...plain, location: { latitude: 0, longitude: 0 }, metadata: {} }],
    ],
    [
      'the JPEG that an edit made of a HEIC photo',
      [
        { ...still, contentId: undefined },
        { ...edit, fileName: 'IMG_1.HEIC' },
      ],
    ],
    [
      'a photo with its movie inside',
      [{ ...still, metadata: { ...still.metadata, isMotionPhoto: true } }],
    ],
    [
      'the camera JPEG beside a RAW',
      [
        plain,
        {
          ...plain,
          fileName: 'IMG_2.DNG',
          resourceType: 'alternate-photo',
          mediaType: 'image/x-adobe-dng',
        },
      ],
    ],
    ['a plain movie', [{ ...movie, resourceType: 'video', contentId: undefined }]],
    [
      'an edited original that is only there as RAW',
      [
        {
          ...plain,
          resourceType: 'alternate-photo',
          mediaType: 'image/x-adobe-dng',
          fileName: 'a.DNG',
        },
        edit,
      ],
    ],
  ])('is silent about %s', (_, resources) => {
    expect(fidelityWarnings(resources)).toEqual([]);
  });

  it('is the same for any order of the files', () => {
    const all = [still, movie, edit, recipe, plain, { ...plain, isCutOff: true }];
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (some) => {
        const sorted = all.filter((one) => some.includes(one));
        expect(fidelityWarnings(some)).toEqual(fidelityWarnings(sorted));
      }),
    );
  });
});

it('has plain words for each warning, and knows no others', () => {
  for (const { label, sentence, safe, next } of Object.values(FIDELITY_WARNINGS)) {
    expect(label.length).toBeLessThan(25);
    for (const text of [sentence, safe, next]) expect(text).toMatch(/^[A-Z“].*\.$/);
  }
  expect(isFidelityWarning('cut-off')).toBe(true);
  expect(isFidelityWarning('toString')).toBe(false);
});
