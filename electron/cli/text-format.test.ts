import { describe, expect, it } from 'vitest';

import { countOf, formatByteCount, printable, shorten } from './text-format.ts';

describe('formatByteCount', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 KB'],
    [99_400, '99.4 KB'],
    [99_999, '100 KB'],
    [999_999, '1.0 MB'],
    [2_345_678_901, '2.3 GB'],
  ])('writes %i as %s', (byteCount, text) => {
    expect(formatByteCount(byteCount)).toBe(text);
  });
});

describe('countOf', () => {
  it('knows one and many', () => {
    expect([countOf(1, 'file'), countOf(0, 'file')]).toEqual(['1 file', '0 files']);
  });
});

describe('printable', () => {
  it('keeps letters of every script and takes what moves the cursor or turns text around', () => {
    expect(printable('Zürich 写真 🏔\u001b[2J\r\u202egpj')).toBe('Zürich 写真 🏔?[2J??gpj');
  });
});

describe('shorten', () => {
  it('keeps both ends', () => {
    expect(shorten('abcdefghij', 5)).toBe('ab…ij');
    expect(shorten('abc', 5)).toBe('abc');
    expect(shorten('abcdef', 1)).toBe('…');
  });
});
