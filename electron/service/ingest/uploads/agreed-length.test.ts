import fc from 'fast-check';
import { expect, it } from 'vitest';

import { agreedLength } from './agreed-length.ts';

const count = fc.integer({ min: 0, max: 50 });
const maybe = fc.option(count, { nil: undefined });
const claim = fc.record({
  offset: count,
  contentLength: maybe,
  uploadLength: maybe,
  endsFile: fc.boolean(),
});

it('agrees on a length exactly where all that was said fits together', () => {
  fc.assert(
    fc.property(maybe, claim, (known, said) => {
      const end = said.contentLength === undefined ? undefined : said.offset + said.contentLength;
      const told = [known, said.uploadLength, said.endsFile ? end : undefined].filter(
        (each) => each !== undefined,
      );
      const fits = new Set(told).size <= 1 && (told[0] ?? Infinity) >= (end ?? said.offset);
      if (fits) expect(agreedLength(known, said)).toBe(told[0]);
      else {
        expect(() => agreedLength(known, said)).toThrow(
          expect.objectContaining({ code: 'upload/inconsistent-length' }),
        );
      }
    }),
  );
});

it('says in words which two indications differ', () => {
  const said = { offset: 0, contentLength: 5, uploadLength: 6, endsFile: true };
  expect(() => agreedLength(undefined, said)).toThrow(
    'The file has 6 bytes by one indication and 5 by another.',
  );
  expect(() => agreedLength(4, { offset: 3, contentLength: 2, endsFile: false })).toThrow(
    'The file has 4 bytes; this request would end at byte 5.',
  );
});
