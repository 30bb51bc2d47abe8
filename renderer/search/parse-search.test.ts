import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { searchTokens } from '../../shared/search-text.ts';
import { parseSearch } from './parse-search.ts';
import type { DateContext } from './read-date.ts';

/** A Thursday. */
const NOW: DateContext = { today: '2026-11-26', weekStart: 1, language: 'en' };

/** `2019-08-01..2019-08-31`, with an open end left out, and the rest behind it. */
function read(text: string, context: Partial<DateContext> = {}): string {
  const { from, to, q } = parseSearch(text, { ...NOW, ...context });
  const span = from === undefined && to === undefined ? '' : `${from ?? ''}..${to ?? ''}`;
  return [span, q].filter(Boolean).join(' | ');
}

describe('a date in what is typed', () => {
  it.each([
    ['2019', '2019-01-01..2019-12-31'],
    ['august 2019', '2019-08-01..2019-08-31'],
    ['2019 August', '2019-08-01..2019-08-31'],
    ['2019-08', '2019-08-01..2019-08-31'],
    ['08/2019', '2019-08-01..2019-08-31'],
    ['8.2019', '2019-08-01..2019-08-31'],
    ['feb 2020', '2020-02-01..2020-02-29'],
    ['15 aug 2019', '2019-08-15..2019-08-15'],
    ['15. August 2019', '2019-08-15..2019-08-15'],
    ['August 15th, 2019', '2019-08-15..2019-08-15'],
    ['15.8.2019', '2019-08-15..2019-08-15'],
    ['2019-08-15', '2019-08-15..2019-08-15'],
    ['15 aug', '2026-08-15..2026-08-15'],
    ['24 dec', '2025-12-24..2025-12-24'],
    ['29 feb', '2024-02-29..2024-02-29'],
    ['august', '2026-08-01..2026-08-31'],
    ['december', '2025-12-01..2025-12-31'],
    ['März', '2026-03-01..2026-03-31'],
    ['maerz 2020', '2020-03-01..2020-03-31'],
    ['summer 2020', '2020-06-01..2020-08-31'],
    ['Sommer 2020', '2020-06-01..2020-08-31'],
    ['in the summer of 2020', '2020-06-01..2020-08-31'],
    ['im Sommer 2020', '2020-06-01..2020-08-31'],
    ['winter 2019', '2019-12-01..2020-02-29'],
    ['Weihnachten 2019', '2019-12-24..2019-12-26'],
    ['last summer', '2026-06-01..2026-08-31'],
    ['letzten Herbst', '2025-09-01..2025-11-30'],
    ['today', '2026-11-26..2026-11-26'],
    ['yesterday', '2026-11-25..2026-11-25'],
    ['gestern', '2026-11-25..2026-11-25'],
    ['vorgestern', '2026-11-24..2026-11-24'],
    ['monday', '2026-11-23..2026-11-23'],
    ['last thursday', '2026-11-19..2026-11-19'],
    ['last weekend', '2026-11-21..2026-11-22'],
    ['this week', '2026-11-23..2026-11-29'],
    ['last week', '2026-11-16..2026-11-22'],
    ['letzte Woche', '2026-11-16..2026-11-22'],
    ['last month', '2026-10-01..2026-10-31'],
    ['letzten Monat', '2026-10-01..2026-10-31'],
    ['last year', '2025-01-01..2025-12-31'],
    ['letztes Jahr', '2025-01-01..2025-12-31'],
    ['last 7 days', '2026-11-20..2026-11-26'],
    ['die letzten 3 monate', '2026-08-27..2026-11-26 | die'],
    ['3 days ago', '2026-11-23..2026-11-23'],
    ['vor 2 Wochen', '2026-11-09..2026-11-15'],
    ['vor einem Jahr', '2025-01-01..2025-12-31'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['aug 2019 - oct 2019', '2019-08-01..2019-10-31'],
    ['aug – oct 2019', '2019-08-01..2019-10-31'],
    ['aug-oct 2019', '2019-08-01..2019-10-31'],
    ['nov to feb 2020', '2019-11-01..2020-02-29'],
    ['2015-2018', '2015-01-01..2018-12-31'],
    ['2015 bis 2018', '2015-01-01..2018-12-31'],
    ['2019-08-15..2019-09-01', '2019-08-15..2019-09-01'],
    ['2019-08-15 .. 2019-09-01', '2019-08-15..2019-09-01'],
    ['15 - 20 aug 2019', '2019-08-15..2019-08-20'],
    ['15.-20. August 2019', '2019-08-15..2019-08-20'],
    ['15 aug - 2 sep 2019', '2019-08-15..2019-09-02'],
    ['from may 2019 to july 2019', '2019-05-01..2019-07-31'],
    ['von Mai bis Juli 2019', '2019-05-01..2019-07-31'],
    ['between 2015 and 2018', '2015-01-01..2018-12-31'],
    ['zwischen 2015 und 2018', '2015-01-01..2018-12-31'],
    ['since 2019', '2019-01-01..'],
    ['seit August 2019', '2019-08-01..'],
    ['after 2019', '2020-01-01..'],
    ['before 2019', '..2018-12-31'],
    ['vor 2019', '..2018-12-31'],
    ['until august 2019', '..2019-08-31'],
    ['bis 2019', '..2019-12-31'],
  ])('a range: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['zurich august 2019', '2019-08-01..2019-08-31 | zurich'],
    ['august 2019 zurich', '2019-08-01..2019-08-31 | zurich'],
    ['4711 in 2019 iphone', '2019-01-01..2019-12-31 | 4711 iphone'],
    ['4711', '4711'],
    ['IMG_2019', 'IMG_2019'],
    ['"august 2019"', '"august 2019"'],
    ['„august 2019“ gestern', '2026-11-25..2026-11-25 | "august 2019"'],
    ['live-photo', 'live-photo'],
    ['aug', 'aug'],
    ['mar del plata', 'mar del plata'],
    ['30 feb 2019', '2019-02-01..2019-02-28 | 30'],
    ['2019 to 2018', '2019-01-01..2019-12-31 | to 2018'],
    ['in zurich', 'in zurich'],
    ['', ''],
  ])('leaves the rest as text: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('goes by the first day of the week, and by the language where a word means two things', () => {
    expect(read('last week', { weekStart: 0 })).toBe('2026-11-15..2026-11-21');
    expect(read('march')).toBe('2026-03-01..2026-03-31');
    expect(read('march', { language: 'de' })).toBe('march');
    expect(read('march 2019', { language: 'de' })).toBe('2019-03-01..2019-03-31');
  });
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const word = fc.oneof(
  fc.constantFrom(
    ...'2019 2020 15 31 0 aug august märz mai - .. to bis since vor vor last letzte week woche 3 days ago "x y" " „ “'.split(
      ' ',
    ),
    ...'summer winter yesterday in im from 2019-08-15 2019-13-01 15.8.2019 IMG_4711 zurich 29 feb'.split(
      ' ',
    ),
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const typed = fc.array(word, { maxLength: 10 }).map((words) => words.join(' '));
const today = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2150-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const context = fc.record({
  today,
  weekStart: fc.constantFrom(0, 1, 6),
  language: fc.constantFrom('en' as const, 'de' as const),
});

describe('whatever is typed', () => {
  it('gives real days in their order, and as text only what was typed, in its order', () => {
    fc.assert(
      fc.property(typed, context, (text, each) => {
        const { from, to, q } = parseSearch(text, each);
        for (const day of [from, to].filter((value) => value !== undefined)) {
          expect(day).toMatch(DAY);
          expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
        }
        if (from !== undefined && to !== undefined) expect(from <= to).toBe(true);
        const all = searchTokens(text).map((token) => token.text);
        let at = 0;
        if ((q?.length ?? 0) < 200) {
          for (const token of searchTokens(q ?? '')) {
            at = all.indexOf(token.text, at) + 1;
            expect(at).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes quotations as text and nothing else', () => {
    fc.assert(
      fc.property(typed, context, (text, each) => {
        const phrase = text
          .replaceAll(/["“„”«»]/g, '')
          .trim()
          .replace(/\s+/g, ' ');
        fc.pre(phrase !== '' && phrase.length < 150);
        expect(parseSearch(`"${phrase}"`, each)).toEqual({ q: `"${phrase}"` });
      }),
    );
  });

  it('reads each day back as it is written in English and German', () => {
    fc.assert(
      fc.property(today, context, (day, each) => {
        const date = new Date(day);
        for (const locale of ['en-GB', 'en-US', 'de-DE', 'de-AT']) {
          const text = date.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' });
          expect(parseSearch(text, each)).toEqual({ from: day, to: day });
        }
      }),
    );
  });
});
