import { expect, it } from 'vitest';

import { deviceStateWords, forecastWords } from './home-text.ts';

const fullIn = (fullInDays: number) =>
  forecastWords({ kind: 'full-in', fullInDays, dayCount: 90, byteCountPerDay: 1_200_000_000 });

it('names a span that is as coarse as what is known', () => {
  expect([0, 12, 150, 1_500].map(fullIn)).toEqual([
    'There is no room left for more photos.',
    'If photos keep coming as in the last 90 days (1.2 GB a day), there is room for about 12 days more.',
    'If photos keep coming as in the last 90 days (1.2 GB a day), there is room for about 5 months more.',
    'If photos keep coming as in the last 90 days (1.2 GB a day), there is room for about 4 years more.',
  ]);
});

it('says so where too few days are known', () => {
  expect(forecastWords({ kind: 'unknown', dayCount: 3, neededDayCount: 14 })).toContain(
    'shows in 11 days',
  );
});

it('tells of a device what it does, else when it was heard', () => {
  const device = { deviceId: 'd', name: 'Phone', sendingCount: 0, isQuiet: false };
  expect([
    deviceStateWords({ ...device, sendingCount: 2, lastSeenAt: 0 }, 60_000),
    deviceStateWords({ ...device, lastSeenAt: 0 }, 3 * 60_000),
    deviceStateWords(device, 0),
  ]).toEqual(['Sending 2 files now', 'Last heard 3 minutes ago', 'Not heard yet']);
});
