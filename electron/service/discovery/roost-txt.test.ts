import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRoostTxt, writeRoostTxt } from './roost-txt.ts';

const ID = '0b8f7a50-6c1e-4a5e-9a57-1f1f9f6f2f10';
const strings = (...entries: string[]) => entries.map((entry) => Buffer.from(entry));

describe('parseRoostTxt', () => {
  it('reads back what is written', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), (id, tls) => {
        expect(parseRoostTxt(writeRoostTxt({ id, path: '/v1', tls }))).toEqual({
          protocolVersion: 1,
          id,
          path: '/v1',
          tls,
        });
      }),
    );
  });

  it('ignores unknown keys, the case of keys, and a key’s second value', () => {
    expect(parseRoostTxt(strings('V=3', `id=${ID}`, 'v=9', 'colour=blue', '=x', 'flag'))).toEqual({
      protocolVersion: 3,
      id: ID,
      path: '/v1',
      tls: false,
    });
  });

  it.each([
    ['no id', ['v=1']],
    ['no version', [`id=${ID}`]],
    ['an id that is none', ['v=1', 'id=../../x']],
    ['a version that is none', ['v=1e9', `id=${ID}`]],
    ['a path to another host', ['v=1', `id=${ID}`, 'path=@evil.example/']],
    ['a path with a line break', ['v=1', `id=${ID}`, 'path=/v1\r\nX: y']],
    ['an odd tls', ['v=1', `id=${ID}`, 'tls=yes']],
  ])('refuses %s', (_what, entries) => {
    expect(parseRoostTxt(strings(...entries))).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 255 })), (bytes) => {
        parseRoostTxt(bytes);
      }),
    );
  });
});
