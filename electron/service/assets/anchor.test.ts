import { expect, it } from 'vitest';

import { receipt } from '../../../tests/support/core-lab.ts';
import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { Receipt } from '../../../shared/receipt.ts';

import { anchorGrade, anchorOf, siblingsFor } from './anchor.ts';

function file(
  resourceType: string,
  fileName: string | undefined,
  source: CaptureTime['source'],
  seen?: Receipt['seen'],
): Receipt {
  return receipt({
    resourceType,
    told: fileName === undefined ? {} : { fileName },
    captureTime: { local: '2019-12-29T19:01:15', source },
    ...(seen && { seen }),
  });
}

const photo = file('photo', 'IMG_1.HEIC', 'exif');
const half = file('paired-video', 'IMG_1.MOV', 'movie-header');
const recipe = file('adjustment-data', 'Adjustments.plist', 'arrival');
const rendered = file('full-size-photo', 'FullSizeRender.jpg', 'exif');

it('is an anchor when it knows a name and a day for its asset', () => {
  expect(anchorGrade(photo)).toBe('anchor');
  expect(anchorGrade(file('photo', 'Screenshot.png', 'device-created'))).toBe('anchor');
  expect(anchorGrade(file('alternate-photo', 'IMG_1.DNG', 'exif'))).toBe('anchor');
  expect(anchorGrade(file('paired-video', 'IMG_1.MOV', 'quicktime'))).toBe('anchor');
  expect(anchorGrade(file('video', 'IMG_2.MOV', 'movie-header'))).toBe('anchor');
});

it('only leans where its day may be another’s', () => {
  expect(anchorGrade(half)).toBe('leaning');
  expect(anchorGrade(file('photo', 'IMG_1.HEIC', 'arrival'))).toBe('leaning');
  const seen = { mediaType: 'video/quicktime', contentId: 'C' };
  expect(anchorGrade(file('video', 'IMG_1.MOV', 'device-created', seen))).toBe('leaning');
});

it('is homeless as an edit, a recipe, or without a name of its own', () => {
  for (const each of [recipe, rendered, file('photo', undefined, 'exif')]) {
    expect(anchorGrade(each)).toBe('homeless');
  }
});

it('goes beside the anchor, else beside what leans, else beside whatever is there', () => {
  expect(siblingsFor(recipe, [half, photo])).toEqual([photo]);
  expect(siblingsFor(recipe, [rendered, half])).toEqual([half]);
  expect(siblingsFor(recipe, [rendered])).toEqual([rendered]);
  expect(siblingsFor(half, [recipe, rendered])).toEqual([]);
  expect(siblingsFor(half, [photo])).toEqual([photo]);
});

it('goes where its own name and day say as the first anchor, whatever is there', () => {
  expect(siblingsFor(photo, [recipe, half, rendered])).toEqual([]);
  expect(anchorOf([recipe, half, rendered])).toBeUndefined();
});
