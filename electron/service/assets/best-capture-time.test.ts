import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { captureTimeSchema, instantOf } from '../../../shared/capture-time.ts';
import { FILE_DATE_TAGS, type FileDate } from '../../../shared/media-metadata.ts';

import { bestCaptureTime } from './best-capture-time.ts';

const ARRIVED = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 24 * 60 * 60 * 1000;
const zurich = (): number => 60;
const SANTA_MONICA = { gpsLatitude: 34.0083, gpsLongitude: -118.4979 };

describe('bestCaptureTime', () => {
  it('prefers what the camera wrote to what a program noted, and both to the device', () => {
    const dates: FileDate[] = [
      { tag: 'xmp:dateCreated', local: '2018-01-01T10:00:00' },
      { tag: 'quickTime:creationDate', local: '2017-01-01T10:00:00', offsetMinutes: 0 },
      { tag: 'exif:createDate', local: '2016-01-01T10:00:00' },
    ];
    const told = { createdAt: Date.UTC(2015, 0) };
    const sources = dates.map((_, index) => {
      const some = dates.slice(0, index + 1);
      return bestCaptureTime({ dates: some }, {}, told, ARRIVED, zurich).source;
    });
    expect(sources).toEqual(['xmp', 'quicktime', 'exif']);
    expect(bestCaptureTime({}, {}, told, ARRIVED, zurich).source).toBe('device-created');
  });

  it('takes the offset that stands beside another date of the same wall clock', () => {
    const dates: FileDate[] = [
      { tag: 'exif:dateTimeOriginal', local: '2005-08-03T18:59:18' },
      { tag: 'xmp:dateTimeOriginal', local: '2005-08-03T18:59:18', offsetMinutes: -240 },
    ];
    expect(bestCaptureTime({ dates }, {}, {}, ARRIVED, zurich)).toEqual({
      local: '2005-08-03T18:59:18',
      offsetMinutes: -240,
      source: 'exif',
      offsetSource: 'file',
    });
  });

  it('dates both halves of a Live Photo to the same evening', () => {
    const still = bestCaptureTime(
      { dates: [{ tag: 'exif:dateTimeOriginal', local: '2019-12-29T19:01:15' }], ...SANTA_MONICA },
      {},
      {},
      ARRIVED,
      zurich,
    );
    const movie = bestCaptureTime(
      {
        dates: [{ tag: 'movie:createDate', at: Date.UTC(2019, 11, 30, 3, 1, 17) }],
        ...SANTA_MONICA,
      },
      {},
      {},
      ARRIVED,
      zurich,
    );
    expect(still).toMatchObject({ local: '2019-12-29T19:01:15', offsetMinutes: -480 });
    expect(movie).toMatchObject({ local: '2019-12-29T19:01:17', offsetMinutes: -480 });
  });

  it('goes by the header where there is no metadata', () => {
    const header = {
      capturedAt: { local: '2019-12-29T19:01:15', source: 'exif' },
      location: { latitude: 34.0083, longitude: -118.4979 },
    } as const;
    expect(bestCaptureTime(undefined, header, {}, ARRIVED, zurich)).toEqual({
      local: '2019-12-29T19:01:15',
      offsetMinutes: -480,
      source: 'exif',
      offsetSource: 'place',
    });
  });

  const local = fc.oneof(
    fc.constantFrom(
      '0000-00-00T00:00:00',
      '1904-01-01T00:00:00',
      '1903-12-31T16:00:00',
      '1970-01-01T00:00:00',
      '1970-01-01T01:00:00',
      '1969-12-31T16:00:00',
      '1970-01-01T05:30:00',
      '1980-01-01T00:00:00',
      '2031-01-01T00:00:00',
      '2019-02-30T12:00:00',
    ),
  );
  const tag = fc.constantFrom(...FILE_DATE_TAGS);

  it('never takes a default, an impossible date or the future for a capture time', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ tag, local }), { maxLength: 6 }), (dates) => {
        const time = bestCaptureTime({ dates }, {}, {}, ARRIVED, zurich);
        expect(time.source).toBe('arrival');
      }),
    );
  });

  it('gives a time a receipt can hold, whatever the file and the device say', () => {
    const offset = fc.integer({ min: -900, max: 900 });
    const instant = fc.integer({ min: -8.64e15, max: 8.64e15 });
    const clock = fc
      .integer({ min: Date.UTC(1800, 0), max: Date.UTC(2040, 0) })
      .map((at) => new Date(at).toISOString().slice(0, 19));
    const date = fc.oneof(
      fc.record({ tag, local: clock, offsetMinutes: offset }),
      fc.record({ tag, local: clock }),
      fc.record({ tag, at: instant }),
    );
    fc.assert(
      fc.property(
        fc.array(date, { maxLength: 5 }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        instant,
        (dates, gpsLatitude, gpsLongitude, createdAt) => {
          const metadata = { dates, gpsLatitude, gpsLongitude };
          const time = bestCaptureTime(metadata, {}, { createdAt }, ARRIVED, zurich);
          expect(captureTimeSchema.parse(time)).toEqual(time);
          expect(instantOf(time)).toBeLessThan(ARRIVED + 2 * DAY_MS);
          expect(time.offsetSource === undefined).toBe(time.offsetMinutes === undefined);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
