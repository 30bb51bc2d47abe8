import { expect, it } from 'vitest';

import { ManualClock } from '../support/manual-clock.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const DAY_MS = 24 * 60 * 60_000;

it('tells of a device that is quiet for longer than the person wants, until it is heard', async () => {
  const clock = new ManualClock();
  await using roost = await ServiceInTest.start({ clock });
  const phone = await roost.phone('My iPhone');
  const { deviceId } = phone;
  const notices = async (): Promise<string[]> =>
    (await roost.window.call('overview.get', {})).notices
      .filter(({ code }) => code === 'device-quiet')
      .map(({ text }) => text);
  const quietFor = async (): Promise<number | undefined> =>
    (await roost.window.call('coverage.list', {})).devices[0]?.quietForDays;

  clock.advance(7 * DAY_MS - 1);
  expect([await notices(), await quietFor()]).toEqual([[], undefined]);
  clock.advance(2 * DAY_MS + 1);
  expect(await notices()).toEqual(['My iPhone has not been heard of for 9 days.']);
  expect(await quietFor()).toBe(9);

  await roost.window.call('device.setQuiet', { deviceId, days: 14 });
  expect([await notices(), await quietFor()]).toEqual([[], undefined]);
  await roost.window.call('device.setQuiet', { deviceId, days: 0 });
  clock.advance(100 * DAY_MS);
  expect(await quietFor()).toBeUndefined();
  await roost.window.call('device.setQuiet', { deviceId });
  expect(await quietFor()).toBe(109);

  expect((await phone.json('POST', '/v1/check', { resources: [] })).status).toBe(200);
  expect([await notices(), await quietFor()]).toEqual([[], undefined]);

  clock.advance(8 * DAY_MS);
  expect(await quietFor()).toBe(8);
  await roost.window.call('settings.change', { quietAfterDays: 30 });
  expect(await quietFor()).toBeUndefined();
  clock.advance(30 * DAY_MS);
  expect(await quietFor()).toBe(38);
  await roost.window.call('device.revoke', { deviceId });
  expect([await notices(), await quietFor()]).toEqual([[], undefined]);
});
