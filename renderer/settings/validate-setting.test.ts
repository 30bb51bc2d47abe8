import { describe, expect, it } from 'vitest';

import {
  validateFolder,
  validateName,
  validatePort,
  validateReserved,
  type Validated,
} from './validate-setting.ts';

const accepts = (validated: Validated<unknown>) => 'value' in validated;

describe('what can be typed into the settings', () => {
  it('a name is trimmed, and is there, and is at most 63 characters', () => {
    expect(validateName('  Study ')).toEqual({ value: 'Study' });
    expect([' ', 'x'.repeat(64)].some((text) => accepts(validateName(text)))).toBe(false);
  });

  it('a library folder is a full path on any kind of computer', () => {
    const full = ['/home/anna/Roost', 'D:\\Roost', 'd:/Roost', '\\\\nas\\photos'];
    expect(full.every((text) => accepts(validateFolder(text)))).toBe(true);
    const not = ['Roost', './Roost', '~/Roost', '', 'C:Roost'];
    expect(not.some((text) => accepts(validateFolder(text)))).toBe(false);
  });

  it('a port is a whole number there can be', () => {
    expect(validatePort(' 7678 ')).toEqual({ value: 7678 });
    const wrong = ['0', '65536', '-1', '80.5', 'http', ''];
    expect(wrong.some((text) => accepts(validatePort(text)))).toBe(false);
  });

  it('the space kept free is a size of at most a terabyte', () => {
    expect(validateReserved('2 GB')).toEqual({ value: 2e9 });
    expect(['3 TB', 'plenty'].some((text) => accepts(validateReserved(text)))).toBe(false);
  });
});
