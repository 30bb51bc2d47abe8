import { expect, it } from 'vitest';

import { formatCountdown, groupCode } from './pairing-text.ts';

it('groups the digits of a pairing code', () => {
  expect(groupCode('12345678')).toBe('1234 5678');
});

it('leaves a code that is not made of digits as it is', () => {
  expect(groupCode('blue-heron')).toBe('blue-heron');
});

it('counts down to zero and not below', () => {
  expect([600_000, 545_001, 1, -5_000].map(formatCountdown)).toEqual([
    '10:00',
    '9:06',
    '0:01',
    '0:00',
  ]);
});
