import fc from 'fast-check';
import { expect, it } from 'vitest';

import { freeLoginName } from './login-name.ts';

it.each([
  ['Ada’s iPhone', 'adas-iphone'],
  ['  Überfahrt-Straßenbahn  ', 'uberfahrt-strassenbahn'],
  ['Søren Łukasz Æsop', 'soren-lukasz-aesop'],
  ['妈妈的手机', 'phone'],
  ['📱', 'phone'],
  ['--', 'phone'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a@b.example', 'a-b-example'],
  [`${'x'.repeat(39)} and more`, 'x'.repeat(39)],
])('calls the login of %o %s', (deviceName, expected) => {
  expect(freeLoginName(deviceName, new Set())).toBe(`${expected}@roost.home.arpa`);
});

it('gives every device a name of its own that has the form of an address', () => {
  const deviceName = fc.oneof(
    fc
      .array(fc.integer({ min: 0, max: 0x10ffff }), { minLength: 1, maxLength: 60 })
      .map((points) => String.fromCodePoint(...points)),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
    fc.constantFrom('Phone', 'phone', 'Phone 2', 'phone-2', 'PHONE-2-2', 'İ', 'ﬁ', 'a'.repeat(200)),
  );
  fc.assert(
    fc.property(fc.array(deviceName, { maxLength: 8 }), (deviceNames) => {
      const taken = new Set<string>();
      for (const name of deviceNames) taken.add(freeLoginName(name, taken));
      expect(taken.size).toBe(deviceNames.length);
      for (const name of taken) {
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*@roost\.home\.arpa$/);
        expect(name.indexOf('@')).toBeLessThanOrEqual(64);
      }
    }),
    { numRuns: 200 },
  );
});
