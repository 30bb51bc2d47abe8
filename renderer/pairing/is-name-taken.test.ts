import { expect, it } from 'vitest';

import { isNameTaken } from './is-name-taken.ts';

it('finds another device that people read the same name of, unless it was removed from the list', () => {
  const devices = [
    { deviceId: 'phone', name: 'Ada’s iPhone' },
    { deviceId: 'old', name: 'Pixel', removedAt: 1 },
  ];
  expect(isNameTaken(devices, 'Ada’s iPhone')).toBe(true);
  expect(isNameTaken(devices, " ada's  iPhone ")).toBe(true);
  expect(isNameTaken(devices, 'Ada’s iPhone', 'phone')).toBe(false);
  expect(isNameTaken(devices, 'Ada’s iPhone 2')).toBe(false);
  expect(isNameTaken(devices, 'Pixel')).toBe(false);
  expect(isNameTaken([{ deviceId: 'x', name: '' }], '  ')).toBe(false);
});
