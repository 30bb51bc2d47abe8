import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { captureTimeSchema, instantOf } from '../../../shared/capture-time.ts';

import { chooseCaptureTime, computerOffset } from './choose-capture-time.ts';

const ARRIVED = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 24 * 60 * 60 * 1000;
const zurich = (): number => 60;

const exif = { local: '2019-08-04T12:34:56', offsetMinutes: 120, source: 'exif' } as const;
const created = { createdAt: Date.UTC(2020, 0, 1, 10), createdOffsetMinutes: -300 };
const movie = { utcCreatedAt: Date.UTC(2021, 0, 1, 10) };
const modified = { modifiedAt: Date.UTC(2022, 0, 1, 10) };

describe('the order of the sources', () => {
  it('believes the file first', () => {
    const header = { capturedAt: exif, ...movie };
    expect(chooseCaptureTime(header, { ...created, ...modified }, ARRIVED, zurich)).toEqual({
      ...exif,
      offsetSource: 'file',
    });
  });

  it('then the device, at the place it told', () => {
    expect(chooseCaptureTime(movie, { ...created, ...modified }, ARRIVED, zurich)).toEqual({
      local: '2020-01-01T05:00:00',
      offsetMinutes: -300,
      source: 'device-created',
      offsetSource: 'device',
    });
  });

  it('then the instant of a movie header, read in the time zone of this computer', () => {
    expect(chooseCaptureTime(movie, modified, ARRIVED, zurich)).toEqual({
      local: '2021-01-01T11:00:00',
      offsetMinutes: 60,
      source: 'movie-header',
      offsetSource: 'computer',
    });
  });

  it('then the last modification, then the arrival', () => {
    expect(chooseCaptureTime({}, modified, ARRIVED, zurich).source).toBe('device-modified');
    expect(chooseCaptureTime({}, {}, ARRIVED, zurich)).toEqual({
      local: '2026-11-21T13:00:00',
      offsetMinutes: 60,
      source: 'arrival',
      offsetSource: 'computer',
    });
  });
});

it('goes on to the next source when the file has a default or impossible clock', () => {
  for (const local of ['1970-01-01T00:00:00', '2019-02-30T00:00:00', '2031-01-01T00:00:00']) {
    const header = { capturedAt: { local, source: 'exif' } as const };
    expect(chooseCaptureTime(header, created, ARRIVED, zurich).source).toBe('device-created');
  }
});

describe('where it was taken', () => {
  const losAngeles = { latitude: 34.0083, longitude: -118.4979 };
  const wallClock = { local: '2019-12-29T19:01:15', source: 'exif' } as const;

  it('gives the offset of a wall clock that has none', () => {
    const header = { capturedAt: wallClock, location: losAngeles };
    expect(chooseCaptureTime(header, {}, ARRIVED, zurich)).toEqual({
      ...wallClock,
      offsetMinutes: -480,
      offsetSource: 'place',
    });
  });

  it('does not overrule the offset that stands in the file', () => {
    const header = { capturedAt: { ...wallClock, offsetMinutes: 60 }, location: losAngeles };
    expect(chooseCaptureTime(header, {}, ARRIVED, zurich)).toMatchObject({
      offsetMinutes: 60,
      offsetSource: 'file',
    });
  });

  it('turns the UTC of a movie header into the wall clock of the place', () => {
    const header = { utcCreatedAt: Date.UTC(2019, 11, 30, 3, 1, 17), location: losAngeles };
    expect(chooseCaptureTime(header, {}, ARRIVED, zurich)).toEqual({
      local: '2019-12-29T19:01:17',
      offsetMinutes: -480,
      source: 'movie-header',
      offsetSource: 'place',
    });
  });

  it('is taken from the device when the file does not say it', () => {
    const told = { location: losAngeles, createdAt: Date.UTC(2019, 11, 30, 3, 1, 15) };
    expect(chooseCaptureTime({}, told, ARRIVED, zurich)).toEqual({
      local: '2019-12-29T19:01:15',
      offsetMinutes: -480,
      source: 'device-created',
      offsetSource: 'place',
    });
    expect(chooseCaptureTime({ capturedAt: wallClock }, told, ARRIVED, zurich)).toMatchObject({
      source: 'exif',
      offsetMinutes: -480,
      offsetSource: 'place',
    });
  });
});

describe('a wall clock beside the instant the device knows', () => {
  const wallClock = { local: '2019-08-04T12:34:56', source: 'exif' } as const;

  it('has the offset between the two when they are the same moment', () => {
    const told = { createdAt: Date.UTC(2019, 7, 4, 7, 4, 55) };
    expect(chooseCaptureTime({ capturedAt: wallClock }, told, ARRIVED, zurich)).toEqual({
      ...wallClock,
      offsetMinutes: 330,
      offsetSource: 'device',
    });
  });

  it('has none when they are two moments', () => {
    for (const createdAt of [Date.UTC(2019, 7, 4, 7, 1), Date.UTC(2019, 7, 1, 10, 34, 56)]) {
      expect(chooseCaptureTime({ capturedAt: wallClock }, { createdAt }, ARRIVED, zurich)).toEqual(
        wallClock,
      );
    }
  });
});

it('takes a clock that runs ahead by a time zone, not by days', () => {
  const ahead = (byMs: number): string =>
    chooseCaptureTime({}, { createdAt: ARRIVED + byMs }, ARRIVED, zurich).source;
  expect(ahead(DAY_MS)).toBe('device-created');
  expect(ahead(3 * DAY_MS)).toBe('arrival');
});

it('sees the defaults of containers through any time zone', () => {
  for (const utcCreatedAt of [0, Date.UTC(1904, 0, 1), Date.UTC(1980, 0, 1)]) {
    for (const offset of [-600, -1, 0, 60, 840]) {
      expect(chooseCaptureTime({ utcCreatedAt }, {}, ARRIVED, () => offset).source).toBe('arrival');
    }
  }
});

it('gives a time that a receipt can hold, whatever was told', () => {
  const anyNumber = fc.oneof(
    fc.maxSafeInteger(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 8.64e15, -8.64e15),
  );
  const offset = fc.integer({ min: -900, max: 900 });
  fc.assert(
    fc.property(
      anyNumber,
      anyNumber,
      anyNumber,
      offset,
      (createdAt, utcCreatedAt, modifiedAt, o) => {
        const told = { createdAt, createdOffsetMinutes: o, modifiedAt };
        const time = chooseCaptureTime({ utcCreatedAt }, told, ARRIVED, () => o);
        expect(captureTimeSchema.safeParse(time).success).toBe(true);
        expect(instantOf(time)).toBeLessThan(ARRIVED + 2 * DAY_MS);
      },
    ),
  );
});

it("reads this computer's own offset in minutes east of UTC", () => {
  expect(computerOffset(ARRIVED)).toBe(-new Date(ARRIVED).getTimezoneOffset());
});
