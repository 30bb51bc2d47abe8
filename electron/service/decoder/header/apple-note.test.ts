import { describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { sampleTiff } from '../sample-media.ts';
import { readAppleNote } from './apple-note.ts';
import { readExifBlock } from './exif-facts.ts';
import { readJpegHeader } from './jpeg-segments.ts';

const CONTENT_ID = 'C3754624-A05F-474D-9F16-E9C47B5F892D';
const BURST_ID = '0DF1AEB5-1BB5-4B6C-A6C5-9D5E2F2E3C11';

/** As iPhones write it: big-endian, with offsets that count from the note's first byte. */
function appleNote(texts: Readonly<Record<number, string>>): Buffer {
  const entries = Object.entries(texts);
  const head = Buffer.from('Apple iOS\0\0\x01MM', 'latin1');
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16BE(entries.length, 0);
  const values: Buffer[] = [];
  let valueAt = head.byteLength + directory.byteLength;
  for (const [index, [tag, text]] of entries.entries()) {
    const value = Buffer.from(`${text}\0`, 'latin1');
    directory.writeUInt16BE(Number(tag), 2 + index * 12);
    directory.writeUInt16BE(2, 4 + index * 12);
    directory.writeUInt32BE(value.byteLength, 6 + index * 12);
    directory.writeUInt32BE(valueAt, 10 + index * 12);
    values.push(value);
    valueAt += value.byteLength;
  }
  return Buffer.concat([head, directory, ...values]);
}

describe('readAppleNote', () => {
  it('reads what ties a still to its movie and to its burst, in upper case', () => {
    const note = appleNote({ 0x000b: BURST_ID.toLowerCase(), 0x0011: CONTENT_ID });
    expect(readAppleNote(note)).toEqual({ contentId: CONTENT_ID, burstId: BURST_ID });
  });

  it('leaves out what is no identifier', () => {
    expect(readAppleNote(appleNote({ 0x0011: 'IMG_0001' }))).toEqual({});
  });

  it('takes no other maker for Apple', () => {
    const note = appleNote({ 0x0011: CONTENT_ID });
    note.write('Nikon', 0, 'latin1');
    expect(readAppleNote(note)).toEqual({});
  });

  it('survives a note cut at any byte', () => {
    const whole = appleNote({ 0x0011: CONTENT_ID });
    const closingZeroAt = whole.byteLength - 1;
    for (let length = 0; length < closingZeroAt; length += 1) {
      expect(readAppleNote(whole.subarray(0, length)).contentId).toBeUndefined();
    }
  });
});

it('reads maker and model of an EXIF block in one', () => {
  const block = sampleTiff({
    tags: [
      [0x010f, 'Canon'],
      [0x0110, 'Canon EOS 350D DIGITAL'],
    ],
  });
  expect(readExifBlock(block)).toEqual({ orientation: 1, camera: 'Canon EOS 350D DIGITAL' });
});

it("reads Google's burst from the XMP of a JPEG", () => {
  const segment = (text: string): Buffer => {
    const body = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`, 'latin1');
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(body.byteLength + 2, 2);
    return Buffer.concat([head, body]);
  };
  const burstOf = (xmp: string): string | undefined =>
    readJpegHeader(bufferSource(Buffer.concat([Buffer.from([0xff, 0xd8]), segment(xmp)]))).burstId;
  expect(burstOf('<rdf:Description GCamera:BurstID="7fa8c1f4" GCamera:BurstPrimary="1"/>')).toBe(
    '7fa8c1f4',
  );
  expect(burstOf('<GCamera:BurstID>7fa8c1f4</GCamera:BurstID>')).toBe('7fa8c1f4');
  expect(burstOf('<rdf:Description GCamera:MotionPhoto="1"/>')).toBeUndefined();
});
