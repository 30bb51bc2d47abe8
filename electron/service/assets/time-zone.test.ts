import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { localClock } from '../../../shared/capture-time.ts';

import { offsetOfWallClock, zoneAt, zoneOffset } from './time-zone.ts';

const ZONES = [
  'Europe/Zurich',
  'America/Los_Angeles',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'America/Sao_Paulo',
];

describe('zoneAt', () => {
  it.each([
    [47.3769, 8.5417, 'Europe/Zurich'],
    [34.0083, -118.4979, 'America/Los_Angeles'],
    [27.7172, 85.324, 'Asia/Kathmandu'],
    [-33.8688, 151.2093, 'Australia/Sydney'],
  ])('knows the zone of %d, %d', (latitude, longitude, zone) => {
    expect(zoneAt({ latitude, longitude })).toBe(zone);
  });

  it('gives a zone that has an offset for every place on earth, and none for others', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (latitude, longitude) => {
          fc.pre(latitude !== 0 || longitude !== 0);
          const zone = zoneAt({ latitude, longitude });
          expect(Math.abs(zoneOffset(zone!, Date.UTC(2024, 5, 1))!)).toBeLessThanOrEqual(14 * 60);
        },
      ),
      { numRuns: 1000 },
    );
    expect(zoneAt({ latitude: 0, longitude: 0 })).toBeUndefined();
    expect(zoneAt({ latitude: 91, longitude: 0 })).toBeUndefined();
    expect(zoneAt({ latitude: Number.NaN, longitude: 0 })).toBeUndefined();
  });
});

describe('offsetOfWallClock', () => {
  it('knows summer and winter', () => {
    expect(offsetOfWallClock('Europe/Zurich', '2024-07-01T12:00:00')).toBe(120);
    expect(offsetOfWallClock('Europe/Zurich', '2024-01-01T12:00:00')).toBe(60);
    expect(offsetOfWallClock('America/St_Johns', '2024-07-01T12:00:00')).toBe(-150);
  });

  it('takes a clock in the skipped hour for one that was not set yet', () => {
    expect(offsetOfWallClock('Europe/Zurich', '2024-03-31T01:59:59')).toBe(60);
    expect(offsetOfWallClock('Europe/Zurich', '2024-03-31T02:30:00')).toBe(60);
    expect(offsetOfWallClock('Europe/Zurich', '2024-03-31T03:00:00')).toBe(120);
  });

  it('takes the first of two equal hours, unless something says it was the second', () => {
    const local = '2024-10-27T02:30:00';
    expect(offsetOfWallClock('Europe/Zurich', local)).toBe(120);
    expect(offsetOfWallClock('Europe/Zurich', local, Date.UTC(2024, 9, 27, 0, 30))).toBe(120);
    expect(offsetOfWallClock('Europe/Zurich', local, Date.UTC(2024, 9, 27, 1, 30, 2))).toBe(60);
  });

  it('finds the offset of every instant again from its wall clock and the instant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) }),
        (zone, at) => {
          const second = at - (at % 1000);
          const offset = zoneOffset(zone, second)!;
          expect(offsetOfWallClock(zone, localClock(second, offset), second)).toBe(offset);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('does so for each half hour around all changes of a zone', () => {
    for (const zone of ['Europe/Zurich', 'Australia/Lord_Howe', 'America/St_Johns']) {
      for (const start of [Date.UTC(2024, 2, 1), Date.UTC(2024, 3, 5), Date.UTC(2024, 9, 25)]) {
        for (let at = start; at < start + 12 * 24 * 3_600_000; at += 1_800_000) {
          const offset = zoneOffset(zone, at)!;
          expect(offsetOfWallClock(zone, localClock(at, offset), at)).toBe(offset);
        }
      }
    }
  });

  it('has none in a zone that does not exist', () => {
    expect(offsetOfWallClock('Europe/Nowhere', '2024-07-01T12:00:00')).toBeUndefined();
  });
});
