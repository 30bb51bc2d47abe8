import { expect, it } from 'vitest';

import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import { calmWords, deviceShareWords, deviceStateWords, forecastWords } from './home-text.ts';

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
  const device = {
    deviceId: 'd',
    name: 'Phone',
    sendingCount: 0,
    isQuiet: false,
    sendsByItself: true,
  };
  expect([
    deviceStateWords({ ...device, sendingCount: 2, lastSeenAt: 0 }, 60_000),
    deviceStateWords({ ...device, lastSeenAt: 0 }, 3 * 60_000),
    deviceStateWords(device, 0),
  ]).toEqual(['Sending 2 files now', 'Last heard 3 minutes ago', 'Not heard yet']);
});

it('tells how much of a device is here, of what it has where it said so', () => {
  const none = { assetCount: 0, byteCount: 0, unsizedCount: 0 };
  const coverage: DeviceCoverage = {
    deviceId: 'd',
    quietAfterDays: 7,
    hasOwnQuietDays: false,
    verifiedWithinDays: 30,
  };
  const inventory = {
    committedAt: 0,
    assetCount: 1_204,
    byteCount: 0,
    groups: {
      'given-up': none,
      damaged: none,
      trashed: none,
      owed: { ...none, assetCount: 4 },
      here: { ...none, assetCount: 200 },
      verified: { ...none, assetCount: 1_000 },
      counting: none,
    },
    isComplete: false,
  };
  const sent = { resourceCount: 2, byteCount: 5_000_000 };
  expect([
    deviceShareWords({ ...coverage, inventory }, sent),
    deviceShareWords(coverage, sent),
    deviceShareWords(undefined, { resourceCount: 0, byteCount: 0 }),
  ]).toEqual(['1,200 of 1,204 items here', '2 files, 5 MB here', undefined]);
});

it('says that photos come by themselves only where something sends by itself', () => {
  const app = { sendsByItself: true };
  const page = { sendsByItself: false };
  expect(calmWords([page, app]).next).toContain('by themselves');
  expect(calmWords([page]).next).toContain('once they are picked');
  expect(calmWords([]).title).toBe('No device is paired yet');
});
