import { expect, it } from 'vitest';

import { cameraName } from './camera-name.ts';

it.each([
  ['Apple', 'iPhone 11', 'Apple iPhone 11'],
  ['Canon', 'Canon EOS 350D DIGITAL', 'Canon EOS 350D DIGITAL'],
  ['NIKON CORPORATION', 'NIKON D70', 'NIKON D70'],
  ['samsung', 'SM-G991B', 'samsung SM-G991B'],
  ['HTC', 'HTC-8500', 'HTC-8500'],
  ['Apple', undefined, 'Apple'],
  [undefined, 'Pixel 8', 'Pixel 8'],
  ['  Apple\n', '\tiPhone\u0007 11 ', 'Apple iPhone 11'],
])('calls the camera of %j and %j %j', (make, model, name) => {
  expect(cameraName(make, model)).toBe(name);
});

it('has no name for a camera that says nothing', () => {
  expect(cameraName(' ', '\0')).toBeUndefined();
  expect(cameraName(undefined, undefined)).toBeUndefined();
});

it('does not grow with what a file says', () => {
  expect(cameraName('m'.repeat(1000), 'x'.repeat(1000))!.length).toBeLessThanOrEqual(201);
});
