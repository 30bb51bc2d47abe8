import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { sampleTiff } from '../sample-media.ts';
import { TIFF_TAG, TiffReader } from './tiff-directory.ts';

function directoriesOf(bytes: Buffer): number {
  return [...(TiffReader.open(bufferSource(bytes))?.directories() ?? [])].length;
}

describe('TiffReader', () => {
  it('reads numbers and texts, short ones in place and long ones elsewhere', () => {
    const bytes = sampleTiff({
      tags: [
        [0x0100, [4032]],
        [0x010f, 'A'],
        [0x0110, 'A camera'],
        [0x0111, [1, 2, 3]],
      ],
    });
    const reader = TiffReader.open(bufferSource(bytes))!;
    const directory = reader.directory(reader.firstOffset)!;
    expect(directory.number(0x0100)).toBe(4032);
    expect(directory.text(0x010f)).toBe('A');
    expect(directory.text(0x0110)).toBe('A camera');
    expect(directory.numbers(0x0111)).toEqual([1, 2, 3]);
    expect(directory.number(0x0112)).toBeUndefined();
    expect(directory.number(0x0110)).toBeUndefined();
    expect(directory.text(0x0100)).toBeUndefined();
  });

  it('walks sub-directories', () => {
    const bytes = sampleTiff({
      tags: [[0x0100, [1]]],
      children: { [TIFF_TAG.subDirectories]: { tags: [[0x0100, [2]]] } },
    });
    expect(directoriesOf(bytes)).toBe(2);
  });

  it('ends when directories point back at each other', () => {
    const bytes = sampleTiff({ tags: [[0x0100, [1]]] });
    const firstOffset = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(firstOffset, firstOffset + 2 + 12);
    expect(directoriesOf(bytes)).toBe(1);
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (tail, isLittle) => {
        const mark = isLittle ? 'II*\0\x08\0\0\0' : 'MM\0*\0\0\0\x08';
        const count = directoriesOf(Buffer.concat([Buffer.from(mark, 'latin1'), tail]));
        expect(count).toBeLessThanOrEqual(32);
      }),
    );
  });
});
