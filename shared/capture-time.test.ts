import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  captureTimeSchema,
  instantOf,
  isPlausibleInstant,
  isPlausibleLocal,
  localClock,
  parseRfc3339,
} from './capture-time.ts';

/** Whole seconds of the years that photos come from. */
const anySecond = fc
  .integer({ min: Date.UTC(1826, 0, 1) / 1000, max: Date.UTC(2200, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);
const anyOffset = fc.integer({ min: -14 * 60, max: 14 * 60 });

function zoneText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

it('finds the instant and the offset again that a wall clock was written with', () => {
  fc.assert(
    fc.property(anySecond, anyOffset, (at, offsetMinutes) => {
      const local = localClock(at, offsetMinutes);
      expect(captureTimeSchema.shape.local.safeParse(local).success).toBe(true);
      expect(instantOf({ local, offsetMinutes })).toBe(at);
      expect(parseRfc3339(`${local}${zoneText(offsetMinutes)}`)).toEqual({ at, offsetMinutes });
    }),
  );
});

it('keeps a wall clock as it is, also in the hour that summer time skips', () => {
  const local = '2026-03-29T02:30:00';
  expect(localClock(instantOf({ local }), 0)).toBe(local);
  expect(localClock(instantOf({ local, offsetMinutes: 60 }), 60)).toBe(local);
});

it.each([
  ['2019-08-04T12:34:56Z', { at: Date.UTC(2019, 7, 4, 12, 34, 56) }],
  ['2019-08-04t12:34:56z', { at: Date.UTC(2019, 7, 4, 12, 34, 56) }],
  [' 2019-08-04 12:34:56.789 ', { at: Date.UTC(2019, 7, 4, 12, 34, 56, 789) }],
  ['2019-08-04T12:34:56.57912Z', { at: Date.UTC(2019, 7, 4, 12, 34, 56, 579) }],
  ['2019-08-04T12:34:56.5Z', { at: Date.UTC(2019, 7, 4, 12, 34, 56, 500) }],
  ['2016-12-31T23:59:60Z', { at: Date.UTC(2016, 11, 31, 23, 59, 59) }],
  ['2019-08-04T12:34:56+00:00', { at: Date.UTC(2019, 7, 4, 12, 34, 56), offsetMinutes: 0 }],
  ['2019-08-04T12:34:56+0545', { at: Date.UTC(2019, 7, 4, 6, 49, 56), offsetMinutes: 345 }],
])('reads %j', (text, expected) => {
  expect(parseRfc3339(text)).toEqual(expected);
});

it.each([
  '',
  'yesterday',
  '2019-02-29T00:00:00Z',
  '2019-13-01T00:00:00Z',
  '2019-08-04T24:00:00Z',
  '2019-08-04T12:60:00Z',
  '2019-08-04T12:00:61Z',
  '2019-08-04T12:00:00+16:00',
  '2019-08-04T12:00:00+01:60',
  '0019-08-04T12:00:00Z',
  '2019-08-04',
  '12019-08-04T12:00:00Z',
])('takes %j for no time', (text) => {
  expect(parseRfc3339(text)).toBeUndefined();
});

it('never fails, whatever a device tells', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String)), (text) => {
      const told = parseRfc3339(text);
      if (told) expect(Number.isSafeInteger(told.at)).toBe(true);
      isPlausibleLocal(text);
    }),
  );
});

it.each([
  '1970-01-01T00:00:00',
  '1980-01-01T00:00:00',
  '1904-01-01T00:00:00',
  '1825-12-31T23:59:59',
  '0000-00-00T00:00:00',
  '2019-02-30T10:00:00',
  '2019-08-04T10:00:00Z',
])('does not believe the default or impossible clock %j', (local) => {
  expect(isPlausibleLocal(local)).toBe(false);
});

it('believes old photographs and ordinary ones', () => {
  expect(isPlausibleLocal('1839-09-02T10:00:00')).toBe(true);
  expect(isPlausibleLocal('2019-08-04T12:34:56')).toBe(true);
});

it('does not believe the instants that containers write when they know nothing', () => {
  expect(
    [0, Date.UTC(1904, 0, 1), Date.UTC(1980, 0, 1), Number.NaN, 9e15, -9e15].map(
      isPlausibleInstant,
    ),
  ).toEqual([false, false, false, false, false, false]);
  expect(isPlausibleInstant(Date.UTC(2019, 7, 4))).toBe(true);
});
