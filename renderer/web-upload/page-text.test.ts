import { expect, it } from 'vitest';

import { byteCountText, countText } from './page-text.ts';
import { languageFor, WORDS } from './page-words.ts';
import { refusalWords } from './refusal-words.ts';

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

it('takes the first language that there is, and English without any', () => {
  expect([['de-AT', 'en'], ['fr', 'de'], ['fr'], []].map(languageFor)).toEqual([
    'de',
    'de',
    'en',
    'en',
  ]);
});

it('says in German what it says in English', () => {
  expect([countText(1200, 1, WORDS.de), byteCountText(3_200_000_000, 'de')]).toEqual([
    '1.200 Fotos und 1 Video',
    '3,2 GB',
  ]);
  const said = { title: 'No.', detail: 'Not now.' };
  expect(refusalWords('library/disk-full', said, 'en')).toBe(said);
  expect(refusalWords('library/disk-full', said, 'de').title).toContain('nicht genug Platz');
  expect(refusalWords('upload/new-one', said, 'de').detail).toBe('Grund: upload/new-one.');
  const alike = Object.entries(WORDS.en).filter(
    ([name, words]) => words === WORDS.de[name as keyof typeof WORDS.de],
  );
  expect(alike).toEqual([]);
});
