import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  afterwards,
  isSideways,
  type Orientation,
  orientationOfExif,
  orientationOfTurn,
  uprightSize,
} from './orientation.ts';

const orientation = fc.constantFrom<Orientation>(1, 2, 3, 4, 5, 6, 7, 8);

describe('orientation', () => {
  it('keeps its meaning when nothing is done before or after', () => {
    fc.assert(
      fc.property(orientation, (one) => {
        expect([afterwards(one, 1), afterwards(1, one)]).toEqual([one, one]);
      }),
    );
  });

  it('does not depend on how a row of turns is bracketed', () => {
    fc.assert(
      fc.property(orientation, orientation, orientation, (a, b, c) => {
        expect(afterwards(afterwards(a, b), c)).toBe(afterwards(a, afterwards(b, c)));
      }),
    );
  });

  it('knows quarter turns and mirrors', () => {
    expect(afterwards(6, 6)).toBe(3);
    expect(afterwards(6, 8)).toBe(1);
    expect(afterwards(2, 2)).toBe(1);
    // Mirrored left to right, then a quarter turn clockwise: EXIF's 7.
    expect(afterwards(2, 6)).toBe(7);
  });

  it('swaps width and height exactly for the sideways ones', () => {
    fc.assert(
      fc.property(orientation, (one) => {
        const expected = isSideways(one) ? { width: 3, height: 4 } : { width: 4, height: 3 };
        expect(uprightSize({ width: 4, height: 3 }, one)).toEqual(expected);
      }),
    );
  });

  it('takes odd values for upright', () => {
    expect([0, 9, -1, undefined, 6].map((value) => orientationOfExif(value))).toEqual([
      1, 1, 1, 1, 6,
    ]);
    expect(orientationOfTurn({ a: 1, b: 1, c: 1, d: 1 })).toBe(1);
  });

  it('reads a movie matrix whatever its scale', () => {
    expect(orientationOfTurn({ a: 0, b: 0x10000, c: -0x10000, d: 0 })).toBe(6);
    expect(orientationOfTurn({ a: 0, b: -5, c: 5, d: 0 })).toBe(8);
  });
});
