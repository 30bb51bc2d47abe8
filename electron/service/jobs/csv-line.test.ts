import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { csvLine } from './csv-line.ts';

/** A reader of RFC 4180, as far as one line goes. */
function readLine(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    let field = '';
    if (line[at] === '"') {
      for (at += 1; ; at += 1) {
        if (line[at] !== '"') field += line.charAt(at);
        else if (line[at + 1] === '"') {
          field += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else for (; at < line.length && line[at] !== ','; at += 1) field += line.charAt(at);
    fields.push(field);
    at += 1;
  }
  return fields;
}

describe('a line of CSV', () => {
  it('comes back as it was, but for what would be calculated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        (values) => {
          const line = csvLine(values);
          expect(line.endsWith('\r\n')).toBe(true);
          const read = readLine(line.slice(0, -2));
          expect(
            read.map((field, at) => (field === `'${values[at]}` ? values[at] : field)),
          ).toEqual(values);
        },
      ),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00A0=1', '＝1', '\n+x'])(
    'never lets a spreadsheet calculate %j',
    (name) => {
      expect(readLine(csvLine([name]).slice(0, -2))).toEqual([`'${name}`]);
    },
  );

  it('keeps numbers numbers and nothing empty', () => {
    expect(csvLine([-5, undefined, 'a,b', '"'])).toBe('-5,,"a,b",""""\r\n');
  });
});
