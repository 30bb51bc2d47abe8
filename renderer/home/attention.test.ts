import { expect, it } from 'vitest';

import { attentionOf } from './attention.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const CALM: Parameters<typeof attentionOf>[1] = {
  library: {
    folder: '/photos',
    state: 'ready',
    freeByteCount: 1e12,
    assetCount: 2,
    resourceCount: 2,
    byteCount: 2e6,
  },
  scrub: {
    activity: { kind: 'done' },
    everyDays: 30,
    sinceAt: 0,
    originalCount: 2,
    originalByteCount: 2e6,
    readCount: 2,
    readByteCount: 2e6,
    unreadCount: 0,
    damagedCount: 0,
    missingCount: 0,
    replacedCount: 0,
    findingsRevision: 0,
  },
  previews: { waitingCount: 0, failedCount: 0 },
  discovery: { kind: 'advertising', name: 'Study', host: 'study.local', addresses: [] },
  notices: [],
};

const HOME = {
  storage: {
    libraryByteCount: 2e6,
    forecast: { kind: 'unknown' as const, dayCount: 0, neededDayCount: 14 },
  },
  failedJobCount: 0,
  brokenOff: { count: 0 },
};

it('leads from a quiet device to its own page, and says nothing of those that are heard', () => {
  const device = { name: 'Phone', sendingCount: 0, lastSeenAt: 0, sendsByItself: true };
  const home = {
    devices: [
      { ...device, deviceId: 'one', isQuiet: true },
      { ...device, deviceId: 'two', isQuiet: false },
    ],
    ...HOME,
  };
  expect(attentionOf(home, CALM, [], 9 * DAY_MS)).toEqual([
    {
      key: 'one',
      tone: 'warn',
      text: 'Phone was last heard last week. Look at it',
      href: '/devices/one',
    },
  ]);
});

it('leads from a locked login to its device, and says nothing of one that works', () => {
  const device = {
    folder: 'Phone',
    model: '',
    platform: '',
    app: '',
    pairedAt: 0,
    trusted: true,
    resourceCount: 0,
    byteCount: 0,
  };
  const devices = [
    { ...device, deviceId: 'one', name: 'Phone' },
    { ...device, deviceId: 'two', name: 'Pixel', login: { loginName: 'a@b', lockedAt: 1 } },
    { ...device, deviceId: 'three', name: 'Tablet', login: { loginName: 'c@d' } },
  ];
  expect(attentionOf({ ...HOME, devices: [] }, CALM, devices, 9 * DAY_MS)).toEqual([
    {
      key: 'locked two',
      tone: 'warn',
      text: 'The login of Pixel is locked after many wrong passwords. Look at it',
      href: '/devices/two',
    },
  ]);
});

it('leads from what broke off and waits to how it can be sent again', () => {
  const home = {
    ...HOME,
    devices: [],
  };
  const job = { jobId: 'job', fileName: 'IMG_9000.MOV', deviceName: 'Anna’s iPhone' };
  expect(attentionOf({ ...home, brokenOff: { count: 1, job } }, CALM, [], 0)).toMatchObject([
    {
      tone: 'warn',
      text: 'IMG_9000.MOV from Anna’s iPhone broke off and is not here. See how to send it again',
      href: '/jobs/job',
      dismissible: 'broken-off',
    },
  ]);
  expect(attentionOf({ ...home, brokenOff: { count: 3 } }, CALM, [], 0)).toMatchObject([
    { href: '/jobs?state=interrupted' },
  ]);
});
