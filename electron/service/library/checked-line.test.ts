import fc from 'fast-check';
import { expect, it } from 'vitest';

import { checkedLine, parseCheckedLine } from './checked-line.ts';

it('reads back any object it wrote, on one line', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      fc.pre(!Object.hasOwn(value, '__proto__') && !Object.hasOwn(value, 'sum'));
      const line = checkedLine(value);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(parseCheckedLine(line.slice(0, -1))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('is plain JSON for any other reader', () => {
  expect(JSON.parse(checkedLine({ a: 1 }))).toMatchObject({ a: 1 });
});

it('sees every changed, added and lost character', () => {
  const line = checkedLine({ path: 'a/b', byteCount: 17 }).slice(0, -1);
  for (let at = 0; at < line.length; at++) {
    const other = line[at] === 'x' ? 'y' : 'x';
    expect(parseCheckedLine(line.slice(0, at) + other + line.slice(at + 1))).toBeUndefined();
    expect(parseCheckedLine(line.slice(0, at) + line.slice(at + 1))).toBeUndefined();
    expect(parseCheckedLine(line.slice(0, at) + 'x' + line.slice(at))).toBeUndefined();
  }
});

it.each(['', '{}', '[]', 'null', '{"a":1}', ',"sum":"0000000000000000"}'])(
  'does not take %j for a line of its own',
  (line) => {
    expect(parseCheckedLine(line)).toBeUndefined();
  },
);
