import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  numberedName,
  safeFileName,
  safeFolderName,
  splitExtension,
  suffixedName,
} from './safe-name.ts';

/** Text of any UTF-16 code units, lone surrogates and control characters included, and of things that bite. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
      fc.constantFrom(
        '.',
        '..',
        ' ',
        '/',
        '\\',
        'CON',
        'nul',
        'com¹',
        'lpt9',
        '~1',
        ':',
        'a',
        'é',
        'e\u0301',
      ),
      fc.constantFrom(
        '\u202e',
        '\u200b',
        '\ufeff',
        '\u00a0',
        '👨‍👩‍👧',
        '.jpg',
        '.tar',
        'x'.repeat(90),
        '字'.repeat(40),
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what must not be there
const UNSAFE = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

function expectSafe(name: string): void {
  expect(name).not.toBe('');
  expect(name).not.toMatch(UNSAFE);
  expect(name.isWellFormed()).toBe(true);
  expect(name).not.toMatch(RESERVED);
  expect(name).toBe(name.normalize('NFC'));
  expect(name).not.toMatch(/^[.\s]|[.\s]$/u);
}

describe.each([
  ['file', safeFileName],
  ['folder', safeFolderName],
])('a safe %s name', (_, safe) => {
  it('is one part that Windows, macOS and Linux take, for any text', () => {
    fc.assert(
      fc.property(anyText, (told) => {
        const name = safe(told);
        expectSafe(name);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays as it is when made safe again', () => {
    fc.assert(
      fc.property(anyText, (told) => {
        const name = safe(told);
        expect(safe(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays safe and below 255 bytes with any number or ending added', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), anyText, (told, attempt, other) => {
        const name = numberedName(safe(told), attempt);
        const { extension } = splitExtension(safe(other));
        const edited = suffixedName(splitExtension(name).stem, ' (edited)', extension);
        for (const made of [name, edited, numberedName(edited, attempt)]) {
          expectSafe(made);
          expect(Buffer.byteLength(made)).toBeLessThanOrEqual(255);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

it.each([
  ['IMG_4711.HEIC', 'IMG_4711.HEIC'],
  ['../../x', 'x'],
  ['../..', 'unnamed'],
  ['..\\..\\windows\\x.dll', 'x.dll'],
  ['/etc/passwd', 'passwd'],
  ['a/b', 'b'],
  ['a/', 'a'],
  ['C:\\IMG.JPG', 'IMG.JPG'],
  ['IMG.JPG:hidden', 'IMG.JPG_hidden'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['Aux .tar.gz', '_Aux .tar.gz'],
  ['COM¹.jpg', '_COM¹.jpg'],
  [`con${' '.repeat(300)}x`, '_con'],
  ['CONSOLE.jpg', 'CONSOLE.jpg'],
  ['.hidden', 'hidden'],
  ['.', 'unnamed'],
  ['..', 'unnamed'],
  ['', 'unnamed'],
  ['   ', 'unnamed'],
  ['name. ', 'name'],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  ['a\u0000b.jpg', 'a_b.jpg'],
  ['cafe\u0301.jpg', 'café.jpg'],
  ['שלום.jpg', 'שלום.jpg'],
  ['👨‍👩‍👧 am See.HEIC', '👨‍👩‍👧 am See.HEIC'],
  ['\ud800.jpg', '_.jpg'],
  ['IMG_20240101~2.jpg', 'IMG_20240101~2.jpg'],
])('a file called %j is stored as %j', (told, expected) => {
  expect(safeFileName(told)).toBe(expected);
});

it('cuts 4,000 characters to what a file system takes and keeps the extension', () => {
  expect(safeFileName(`${'x'.repeat(4000)}.HEIC`)).toBe(`${'x'.repeat(195)}.HEIC`);
  expect(safeFileName(`${'字'.repeat(1200)}.jpg`)).toBe(`${'字'.repeat(65)}.jpg`);
});

it('keeps the separators of a device name out of its folder without dropping the rest', () => {
  expect(safeFolderName('Anna/Ben')).toBe('Anna_Ben');
  expect(safeFolderName('.roost')).toBe('roost');
});

it("gives no folder the short name by which Windows knows Roost's own", () => {
  expect(safeFolderName('ROOST~1')).toBe('ROOST_1');
});

it('numbers a name before its extension', () => {
  expect(numberedName('IMG_1.HEIC', 1)).toBe('IMG_1.HEIC');
  expect(numberedName('IMG_1.HEIC', 2)).toBe('IMG_1 (2).HEIC');
  expect(numberedName('IMG_1', 3)).toBe('IMG_1 (3)');
});
