import { describe, expect, it } from 'vitest';

import { parseOptions, parsePort, UsageError, type OptionSpecs } from './command.ts';

const specs = {
  data: { type: 'string', value: 'DIR', help: '' },
  'no-mdns': { type: 'boolean', help: '' },
} as const satisfies OptionSpecs;

describe('parseOptions', () => {
  it('gives flags, values and operands', () => {
    expect(parseOptions(specs, ['--data=/x', 'a.jpg', '--no-mdns', '--', '--b.jpg'])).toEqual({
      options: { data: '/x', 'no-mdns': true },
      operands: ['a.jpg', '--b.jpg'],
    });
  });

  it('gives false and undefined for what was not said', () => {
    expect(parseOptions(specs, []).options).toEqual({ data: undefined, 'no-mdns': false });
  });

  it.each([
    [['--dta', '/x'], "'--dta'"],
    [['--data'], '--data'],
    [['--no-mdns=1'], '--no-mdns'],
  ])('refuses %j and names the culprit', (args, culprit) => {
    expect(() => parseOptions(specs, args)).toThrow(UsageError);
    expect(() => parseOptions(specs, args)).toThrow(culprit);
  });
});

describe('parsePort', () => {
  it('takes 0 to 65535', () => {
    expect([parsePort('port', '0'), parsePort('port', '65535')]).toEqual([0, 65_535]);
  });

  it.each(['65536', '-1', '80.5', '0x50', '', 'http'])('refuses "%s"', (text) => {
    expect(() => parsePort('port', text)).toThrow(UsageError);
  });
});
