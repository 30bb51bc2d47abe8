import fc from 'fast-check';
import { expect, it } from 'vitest';

import { parseResourceType, RESOURCE_TYPES, viewingRank } from './resource-type.ts';

it.each(Object.entries(RESOURCE_TYPES))(
  'reads %s by its name and by its number %i',
  (name, raw) => {
    expect(parseResourceType(name)).toBe(name);
    expect(parseResourceType(name.toUpperCase())).toBe(name);
    expect(parseResourceType(String(raw))).toBe(name);
  },
);

it('keeps a type it does not know as it is', () => {
  expect(parseResourceType('spatial-photo.v2')).toBe('spatial-photo.v2');
  expect(parseResourceType('13')).toBe('13');
  expect(parseResourceType('toString')).toBe('tostring');
});

it.each(['', ' ', 'a/b', '../x', 'a b', 'é', '-photo', 'x'.repeat(65), '123456789012345678901x\n'])(
  'refuses %j, which can be no type',
  (text) => {
    expect(parseResourceType(text)).toBeUndefined();
  },
);

it('gives the same type for what it gave before', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (text) => {
      const type = parseResourceType(text);
      if (type !== undefined) expect(parseResourceType(type)).toBe(type);
    }),
  );
});

it('shows the edited picture before the original and a recipe last', () => {
  const types = ['adjustment-data', 'unheard-of', 'paired-video', 'photo', 'full-size-photo'];
  expect(types.toSorted((a, b) => viewingRank(a) - viewingRank(b))).toEqual([
    'full-size-photo',
    'photo',
    'paired-video',
    'unheard-of',
    'adjustment-data',
  ]);
});
