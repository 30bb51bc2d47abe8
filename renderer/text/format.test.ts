import { describe, expect, it } from 'vitest';

import {
  formatByteCount,
  formatDuration,
  formatLocalDate,
  formatLocalTime,
  formatMonth,
  formatOffset,
  formatPlural,
  formatRelativeTime,
  formatTimeSpan,
  localeOf,
} from './format.ts';

describe('format', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [2_600_220, '2.6 MB'],
    [999_999, '1 MB'],
    [812e9, '812 GB'],
  ])('shows %d bytes as %s', (byteCount, words) => {
    expect(formatByteCount(byteCount)).toBe(words);
  });

  it.each([
    [7_000, '0:07'],
    [59_600, '1:00'],
    [750_000, '12:30'],
    [3_723_000, '1:02:03'],
  ])('shows a video of %d ms as %s', (durationMs, words) => {
    expect(formatDuration(durationMs)).toBe(words);
  });

  it.each([
    [340, '340 ms'],
    [2_140, '2.1 s'],
    [185_000, '3 min 5 s'],
    [7_260_000, '2 h 1 min'],
  ])('shows a span of %d ms as %s', (spanMs, words) => {
    expect(formatTimeSpan(spanMs)).toBe(words);
  });

  it('shows a wall clock as it stood at the place, whatever the zone of this computer', () => {
    const local = '2019-08-15T23:59:41';
    // What the runtime's own language makes of it, so that the test holds on every computer.
    expect([
      new Date(`${formatLocalDate(local)} UTC`).toISOString(),
      new Date(`1 January 2019 ${formatLocalTime(local)} UTC`).toISOString(),
      formatMonth('2019-08'),
    ]).toEqual(['2019-08-15T00:00:00.000Z', '2019-01-01T23:59:00.000Z', 'August 2019']);
  });

  it.each([
    [['en-US', 'en'], 'en-US', 'de-DE'],
    [['de-CH', 'en-IE', 'en-GB'], 'en-IE', 'de-CH'],
    [['de'], 'en-GB', 'de-DE'],
    [['en'], 'en-GB', 'de-DE'],
    [['en-', 'de-'], 'en-GB', 'de-DE'],
    [['en-notalanguageatall'], 'en-GB', 'de-DE'],
    [[], 'en-GB', 'de-DE'],
  ])('writes dates for a browser that asks for %j as in %s or %s', (languages, english, german) => {
    expect([localeOf(languages, 'en'), localeOf(languages, 'de')]).toEqual([english, german]);
  });

  it('shows text that is no date as it is', () => {
    expect([formatLocalDate('long ago'), formatMonth('0000-99')]).toEqual(['long ago', '0000-99']);
  });

  it('counts one and many', () => {
    expect([0, 1, 1200].map((count) => formatPlural(count, 'photo', 'photos'))).toEqual([
      '0 photos',
      '1 photo',
      '1,200 photos',
    ]);
  });

  it('says how long ago in the largest unit that fits', () => {
    const now = Date.UTC(2026, 10, 21, 12);
    const ago = [5_000, 61_000, 3 * 3_600_000, 26 * 3_600_000, 15 * 86_400_000, 800 * 86_400_000];
    expect(ago.map((spanMs) => formatRelativeTime(now - spanMs, now))).toEqual([
      'just now',
      '1 minute ago',
      '3 hours ago',
      'yesterday',
      '2 weeks ago',
      '2 years ago',
    ]);
  });

  it('writes offsets from UTC with hours and, where there are any, minutes', () => {
    expect([120, 0, -210].map(formatOffset)).toEqual(['UTC+2', 'UTC+0', 'UTC\u22123:30']);
  });
});
