import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { captureTimeSchema } from '../../../../shared/capture-time.ts';
import { sampleTiff } from '../sample-media.ts';
import { parseExifTime, parseQuickTimeDate, readExifBlock } from './exif-facts.ts';
import { TIFF_TAG } from './tiff-directory.ts';

describe('parseExifTime', () => {
  it('reads a wall clock, with its offset where one is told', () => {
    expect(parseExifTime('2019:12:29 19:01:15', undefined)).toEqual({
      local: '2019-12-29T19:01:15',
      source: 'exif',
    });
    expect(parseExifTime('2023:03:23 10:19:38', '-07:00')).toEqual({
      local: '2023-03-23T10:19:38',
      offsetMinutes: -420,
      source: 'exif',
    });
    expect(parseExifTime('2023:03:23 10:19:38', '+05:45')?.offsetMinutes).toBe(345);
    expect(parseExifTime('2023:03:23 10:19:38', 'Z')?.offsetMinutes).toBe(0);
  });

  it.each([
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '1904:01:01 00:00:00',
    '1970:01:01 00:00:00',
    '2023:02:30 10:00:00',
    '2023:13:01 10:00:00',
    '2023:01:01 25:00:00',
    'yesterday',
    '',
  ])('does not take %j for a capture time', (text) => {
    expect(parseExifTime(text, undefined)).toBeUndefined();
  });

  it('leaves an offset out that no place on earth has', () => {
    for (const offset of ['+25:00', '+05:99', '   :  ', 'local']) {
      expect(parseExifTime('2023:03:23 10:19:38', offset)?.offsetMinutes).toBeUndefined();
    }
  });

  it('gives a valid capture time or none for any text', () => {
    const digits = fc.stringMatching(/^\d{4}:\d{2}:\d{2} \d{2}:\d{2}:\d{2}$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), fc.string(), (text, offset) => {
        const time = parseExifTime(text, offset);
        if (time !== undefined) expect(captureTimeSchema.parse(time)).toEqual(time);
      }),
    );
  });
});

describe('parseQuickTimeDate', () => {
  it('takes the wall clock only where the date names its offset', () => {
    expect(parseQuickTimeDate('2019-12-29T19:01:14-0800')).toEqual({
      capturedAt: { local: '2019-12-29T19:01:14', offsetMinutes: -480, source: 'quicktime' },
    });
    expect(parseQuickTimeDate('2019-12-30T03:01:14Z')).toEqual({
      utcCreatedAt: Date.UTC(2019, 11, 30, 3, 1, 14),
    });
    expect(parseQuickTimeDate('2019')).toBeUndefined();
  });
});

describe('readExifBlock', () => {
  const original: [number, string] = [TIFF_TAG.dateTimeOriginal, '2020:01:02 03:04:05'];
  const digitized: [number, string] = [TIFF_TAG.dateTimeDigitized, '2021:01:02 03:04:05'];
  const block = (...tags: [number, string][]): Buffer =>
    sampleTiff({
      tags: [
        [TIFF_TAG.orientation, [6]],
        // DateTime: when the file was last changed.
        [0x0132, '2022:01:02 03:04:05'],
      ],
      children: { [TIFF_TAG.exifDirectory]: { tags } },
    });

  it('takes the time of the shot, else of its digitization, never of the last change', () => {
    expect(readExifBlock(block(original, digitized)).capturedAt?.local).toBe('2020-01-02T03:04:05');
    expect(readExifBlock(block(digitized)).capturedAt?.local).toBe('2021-01-02T03:04:05');
    expect(readExifBlock(block())).toEqual({ orientation: 6 });
  });

  it('reads the block with the mark JPEG puts before it', () => {
    const marked = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block(original)]);
    expect(readExifBlock(marked)).toEqual(readExifBlock(block(original)));
  });

  it('survives a block cut at any byte', () => {
    const whole = block(original, digitized);
    for (let length = 0; length < whole.byteLength; length += 1) {
      expect(readExifBlock(whole.subarray(0, length)).orientation).toBeOneOf([1, 6]);
    }
  });
});
