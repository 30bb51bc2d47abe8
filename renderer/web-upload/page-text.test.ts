import { expect, it } from 'vitest';

import { byteCountText, countText, paceText } from './page-text.ts';
import { languageFor, WORDS } from './page-words.ts';
import { refusalWords } from './refusal-words.ts';

it.each([
  [1, 0, '1 photo'],
  [12, 0, '12 photos'],
  [0, 1, '1 video'],
  [1200, 2, '1,200 photos and 2 videos'],
])('counts %i and %i', (photos, videos, text) => {
  expect(countText(photos, videos).replaceAll('\u00a0', ' ')).toBe(text);
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

it.each([
  [undefined, 1e6, ''],
  [1_700_000, 50e6, '1.7 MB/s · under a minute left'],
  [1_000_000, 60e6, '1.0 MB/s · about 1 min left'],
  [1_000_000, 61e6, '1.0 MB/s · about 2 min left'],
  [1_000_000, 3_540e6, '1.0 MB/s · about 59 min left'],
  [1_000_000, 3_541e6, '1.0 MB/s · about 1 h left'],
  [1_000_000, 3_660e6, '1.0 MB/s · about 1 h 15 min left'],
  [500, 7_200_000, '500 bytes/s · about 4 h left'],
])('says of %s bytes a second and %i to go how long it takes', (rate, rest, text) => {
  expect(paceText(rate, rest, 'en')).toBe(text);
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
    '1.200\u00a0Fotos und 1\u00a0Video',
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

it('tells all that the key in this browser is good for', () => {
  expect(WORDS.en.keepsWhat).toMatch(/send .*view, download and mark .*delete nothing/);
  expect(WORDS.de.keepsWhat).toMatch(/senden .*ansehen, herunterladen und .*markieren.*löschen/);
});
