import { describe, expect, it } from 'vitest';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { Facets } from '../../shared/window-views.ts';
import { formatLocalDate } from '../text/format.ts';
import { spanWords } from '../text/search-text.ts';
import { filterParts } from './filter-parts.ts';
import { suggestionsFor, withText } from './suggestions.ts';

const context = { today: '2026-11-26', weekStart: 1, language: 'en' } as const;
const PHONE = 'c0ffee00-0000-4000-8000-000000000001';
const devices = [{ deviceId: PHONE, name: 'Anna’s iPhone' }];
const facets: Facets = {
  count: 10,
  favouriteCount: 2,
  kinds: [
    { value: 'photo', count: 9 },
    { value: 'live-photo', count: 4 },
    { value: 'unheard-of', count: 1 },
  ],
  deviceIds: [{ value: PHONE, count: 8 }],
  cameras: [{ value: 'Apple iPhone 11', count: 7 }],
  lenses: [{ value: 'iPhone back camera', count: 6 }],
  warnings: [{ value: 'cut-off', count: 1 }],
  years: [{ value: '2019', count: 10 }],
};

function suggested(text: string, filter: AssetFilter = {}): [string, AssetFilter][] {
  const found = suggestionsFor(text, filter, { facets, devices, context });
  return found.map(({ label, filter: next }) => [label, next]);
}

describe('suggestions', () => {
  it('names what begins with the typed words, each with the filter that it leads to', () => {
    expect(suggested('iph', { favourite: true })).toEqual([
      ['Anna’s iPhone', { favourite: true, deviceId: PHONE }],
      ['Apple iPhone 11', { favourite: true, camera: 'Apple iPhone 11' }],
      ['iPhone back camera', { favourite: true, lens: 'iPhone back camera' }],
    ]);
    expect(suggested('pho')).toEqual([
      ['Photos', { kinds: ['photo'] }],
      ['Live Photos', { kinds: ['live-photo'] }],
    ]);
    expect(suggested('hone')).toEqual([]);
    expect(suggested('')).toEqual([]);
  });

  it('adds to what is chosen, and does not name that again', () => {
    expect(suggested('live', { kinds: ['photo'], q: 'x' })).toEqual([
      ['Live Photos', { kinds: ['photo', 'live-photo'] }],
    ]);
    expect(suggested('live', { kinds: ['live-photo'] })).toEqual([]);
    expect(suggested('favo')).toEqual([['Favourites', { favourite: true }]]);
    expect(suggested('favo', { favourite: true })).toEqual([]);
    expect(suggested('iphone 11', { camera: 'Apple iPhone 11' })).toEqual([]);
  });

  it('reads a date first', () => {
    const days = { from: '2019-08-01', to: '2019-08-31' };
    expect(suggested('zurich august 2019')).toEqual([
      ['zurich, August 2019', { q: 'zurich', ...days }],
    ]);
  });
});

it('puts typed text in the place of the words, and its date in the place of the days', () => {
  const filter = { q: 'old', from: '2018-01-01', camera: 'A' };
  expect(withText(filter, 'new', context)).toEqual({ q: 'new', from: '2018-01-01', camera: 'A' });
  const days = { from: '2019-01-01', to: '2019-12-31' };
  expect(withText(filter, 'new 2019', context)).toEqual({ q: 'new', camera: 'A', ...days });
  expect(withText(filter, ' ', context)).toEqual({ from: '2018-01-01', camera: 'A' });
});

it('takes a filter apart into what a person sees of it', () => {
  const filter: AssetFilter = {
    q: 'a "b c"',
    from: '2019-08-01',
    to: '2019-08-31',
    kinds: ['video', 'hdr'],
    deviceId: PHONE,
  };
  const parts = filterParts(filter, devices);
  expect(parts.map(({ label }) => label)).toEqual([
    'a',
    'b c',
    'August 2019',
    'Videos',
    'HDR',
    'Anna’s iPhone',
  ]);
  expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
  expect(parts[1]).toMatchObject({ alone: { q: '"b c"' }, without: { ...filter, q: 'a' } });
  expect(parts[2]?.without).toEqual({ q: filter.q, kinds: filter.kinds, deviceId: PHONE });
  expect(parts[3]).toMatchObject({ alone: { kinds: ['video'] }, without: { kinds: ['hdr'] } });
  expect(filterParts({}, devices)).toEqual([]);
});

/** As the browser's region writes it. */
const DAY = formatLocalDate('2019-08-15');

it.each([
  [{ from: '2019-01-01', to: '2019-12-31' }, '2019'],
  [{ from: '2015-01-01', to: '2018-12-31' }, '2015 – 2018'],
  [{ from: '2019-08-01', to: '2019-08-31' }, 'August 2019'],
  [{ from: '2020-02-01', to: '2020-02-29' }, 'February 2020'],
  [{ from: '2019-08-01', to: '2019-10-31' }, 'August 2019 – October 2019'],
  [{ from: '2019-08-15', to: '2019-08-15' }, DAY],
  [{ from: '2019-08-15', to: '2019-08-31' }, `${DAY} – ${formatLocalDate('2019-08-31')}`],
  [{ from: '2019-08-15' }, `Since ${DAY}`],
  [{ to: '2019-08-15' }, `Until ${DAY}`],
])('says days as shortly as they can be said: %j', (span, words) => {
  expect(spanWords(span)).toBe(words);
});
