import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseByteCount } from './byte-count-input.ts';
import { formatByteCount } from './format.ts';

describe('a size as a person writes it', () => {
  it('is read with and without blanks, in any case, with point or comma', () => {
    expect(['512 MB', '1.5gb', '2,5 GB', '1 GiB', '0 bytes', '3'].map(parseByteCount)).toEqual([
      512e6,
      1.5e9,
      2.5e9,
      1024 ** 3,
      0,
      3e9,
    ]);
  });

  it('is refused where it says nothing', () => {
    for (const text of ['', 'much', '-1 GB', '1 parsec', '1.2.3 GB', 'GB', '1 constructor']) {
      expect(parseByteCount(text)).toBeUndefined();
    }
  });

  it('reads what the window itself writes, as exactly as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900e12 }), (byteCount) => {
        const read = parseByteCount(formatByteCount(byteCount));
        expect(Math.abs(read! - byteCount)).toBeLessThanOrEqual(byteCount * 0.06);
      }),
    );
  });
});
