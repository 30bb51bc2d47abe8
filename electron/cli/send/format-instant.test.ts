import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatInstant } from './format-instant.ts';

describe('formatInstant', () => {
  it('writes wall clock and offset', () => {
    const instant = Date.UTC(2024, 0, 1, 12, 30, 15, 7);
    expect(formatInstant(instant, 345)).toBe('2024-01-01T18:15:15.007+05:45');
    expect(formatInstant(instant, -210)).toBe('2024-01-01T09:00:15.007-03:30');
  });

  it('means the same instant whatever the offset', () => {
    const instants = fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 });
    fc.assert(
      fc.property(instants, fc.integer({ min: -840, max: 840 }), (instant, offset) => {
        expect(Date.parse(formatInstant(instant, offset) ?? '')).toBe(instant);
      }),
    );
  });

  it('writes nothing for years that have no four digits', () => {
    expect(formatInstant(8.64e15)).toBeUndefined();
    expect(formatInstant(-8.64e15)).toBeUndefined();
    expect(formatInstant(Number.NaN)).toBeUndefined();
  });
});
