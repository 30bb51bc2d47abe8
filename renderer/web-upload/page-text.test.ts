import { expect, it } from 'vitest';

import { byteCountText, countText } from './page-text.ts';

it.each([
  [1, 0, '1 photo'],
  [12, 0, '12 photos'],
  [0, 1, '1 video'],
  [1200, 2, '1,200 photos and 2 videos'],
])('counts %i and %i', (photos, videos, text) => {
  expect(countText(photos, videos)).toBe(text);
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [9_960_000, '10.0 MB'],
  [45_000_000, '45 MB'],
  [3_200_000_000, '3.2 GB'],
])('writes %i bytes', (byteCount, text) => {
  expect(byteCountText(byteCount)).toBe(text);
});
