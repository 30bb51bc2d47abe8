import { describe, expect, it } from 'vitest';

import { isOpenableOriginal } from './openable-original.ts';

describe('isOpenableOriginal', () => {
  it.each([
    ['My iPhone/2019/IMG_1.MOV', 'video/quicktime'],
    ['a/IMG_1.heic', 'image/heic'],
    ['a/IMG_1 (edited).JPG', 'image/jpeg'],
    ['a/IMG_1.DNG', 'image/x-adobe-dng'],
  ])('lets %s of type %s be opened', (path, mediaType) => {
    expect(isOpenableOriginal(path, mediaType)).toBe(true);
  });

  it.each([
    ['a program', 'a/holiday.exe', undefined],
    ['a picture under the name of a program', 'a/holiday.exe', 'image/jpeg'],
    ['a shortcut', 'a/holiday.mov.lnk', 'video/quicktime'],
    ['a starter of a Linux desktop', 'a/holiday.desktop', 'image/jpeg'],
    ['a page under the name of a picture', 'a/holiday.jpg', undefined],
    ['a drawing that may hold a script', 'a/holiday.svg', 'image/svg+xml'],
    ['a name without an ending', 'a/jpg', 'image/jpeg'],
  ])('refuses %s', (_what, path, mediaType) => {
    expect(isOpenableOriginal(path, mediaType)).toBe(false);
  });
});
