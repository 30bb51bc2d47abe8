import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { isoBox } from '../sample-media.ts';
import { isoBoxes } from './iso-boxes.ts';

describe('isoBoxes', () => {
  it('gives boxes in order, with 64-bit sizes and a last box that reaches to the end', () => {
    const large = Buffer.alloc(20);
    large.writeUInt32BE(1, 0);
    large.write('wide', 4, 'latin1');
    large.writeBigUInt64BE(20n, 8);
    const open = Buffer.alloc(30);
    open.write('mdat', 4, 'latin1');
    const bytes = Buffer.concat([isoBox('ftyp', Buffer.alloc(4)), large, open]);
    expect([...isoBoxes(bufferSource(bytes))]).toEqual([
      { type: 'ftyp', bodyStart: 8, end: 12 },
      { type: 'wide', bodyStart: 28, end: 32 },
      { type: 'mdat', bodyStart: 40, end: 62 },
    ]);
  });

  it('cuts a box at the end of its parent and stops at a size that cannot be', () => {
    const tooLong = isoBox('free', Buffer.alloc(8));
    tooLong.writeUInt32BE(0xffffffff, 0);
    expect([...isoBoxes(bufferSource(tooLong))]).toEqual([
      { type: 'free', bodyStart: 8, end: 16, isCut: true },
    ]);
    const tooShort = isoBox('free', Buffer.alloc(8));
    tooShort.writeUInt32BE(7, 0);
    expect([...isoBoxes(bufferSource(tooShort))]).toEqual([]);
  });

  it('always ends, inside its bounds and moving forward', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        let last = 0;
        for (const { bodyStart, end } of isoBoxes(bufferSource(bytes))) {
          expect(bodyStart).toBeGreaterThanOrEqual(last + 8);
          expect(end).toBeGreaterThanOrEqual(bodyStart);
          expect(end).toBeLessThanOrEqual(bytes.byteLength);
          last = end;
        }
      }),
    );
  });

  it('gives up on a file that is nothing but box headers', () => {
    const many = Buffer.concat(Array.from({ length: 10_000 }, () => isoBox('free')));
    expect([...isoBoxes(bufferSource(many))].length).toBeLessThan(5000);
  });
});
