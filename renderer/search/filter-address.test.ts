import fc from 'fast-check';
import { expect, it } from 'vitest';

import { type AssetFilter, assetFilterSchema } from '../../shared/asset-filter.ts';
import { ASSET_KIND_ORDER } from '../../shared/asset-kinds.ts';
import { requestOf } from '../app/call-service.ts';
import { filterOf, isFiltered, searchOf } from './filter-address.ts';

const someFilter: fc.Arbitrary<AssetFilter> = fc.record(
  {
    q: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    from: fc.constant('2019-08-01'),
    to: fc.constant('2019-08-31'),
    deviceId: fc.uuid({ version: 4 }),
    kinds: fc.subarray([...ASSET_KIND_ORDER], { minLength: 1 }),
    camera: fc.string({ minLength: 1, maxLength: 60 }),
    lens: fc.string({ minLength: 1, maxLength: 60 }),
    favourite: fc.constant(true as const),
    warning: fc.constant('cut-off' as const),
  },
  { requiredKeys: [] },
);

it('has each filter in an address, and reads it back', () => {
  fc.assert(
    fc.property(someFilter, (filter) => {
      const search = searchOf(filter);
      expect(filterOf(new URLSearchParams(search))).toEqual(filter);
      expect(isFiltered(filter)).toBe(Object.keys(filter).length > 0);
      // The service reads the same from a call.
      const { url } = requestOf('GET', '/api/timeline/months', filter);
      const query = Object.fromEntries(new URL(url, 'http://roost').searchParams);
      expect(assetFilterSchema.parse(query)).toEqual(filter);
    }),
  );
});

it('leaves out what makes no sense, and keeps the rest', () => {
  const search = new URLSearchParams(
    '?q=a&from=yesterday&kinds=video,unheard-of&favourite=perhaps&camera=&state=failed&warning=x',
  );
  expect(filterOf(search)).toEqual({ q: 'a' });
  expect(searchOf({})).toBe('');
});
