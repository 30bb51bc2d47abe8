import { expect, it } from 'vitest';

import { extensionOf } from './media-extension.ts';

it('knows the extension of what phones send, whatever parameters stand behind', () => {
  expect(extensionOf('image/heic')).toBe('.HEIC');
  expect(extensionOf('Video/QuickTime; codecs="hvc1"')).toBe('.MOV');
});

it('gives none for a type that says nothing', () => {
  expect(['application/octet-stream', '', 'toString', undefined].map(extensionOf)).toEqual([
    '',
    '',
    '',
    '',
  ]);
});
