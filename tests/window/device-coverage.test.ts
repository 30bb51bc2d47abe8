import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';
import { eventually, openWindow, seriousViolations } from './support/open-window.ts';

/** One service for all of this file: each test goes on where the one before ended. */
let browser: Browser;
let temp: Awaited<ReturnType<typeof tempFolder>>;
let roost: RoostProcess;
let phone: FakePhone;
let page: Page;
let deviceId: string;

/** The address of a device's items. */
const LIST = /\/api\/devices\/[^/]+\/coverage/;

const files = Array.from({ length: 5 }, (_, at) => ({
  assetKey: `asset-${at}`,
  fileName: `IMG_${at}.HEIC`,
  bytes: randomBytes(2_000 + at),
}));

beforeAll(async () => {
  temp = await tempFolder();
  [browser, roost] = await Promise.all([
    launchBrowser(),
    RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    }),
  ]);
  const paired = await roost.pair('My iPhone');
  phone = new FakePhone(roost.lanUrl, paired.token);
  await phone.upload(files[0]!);
  const { devices } = await new WindowCaller(roost.windowUrl).call('devices.list', {});
  deviceId = devices[0]!.deviceId;
  page = (await openWindow(browser, roost.windowUrl)).page;
});
afterAll(async () => {
  phone.close();
  await browser.close();
  await roost[Symbol.asyncDispose]();
  await temp[Symbol.asyncDispose]();
});

async function sendInventory(inventoryId: string, has = files): Promise<void> {
  const assets = has.map(({ assetKey, fileName, bytes }) => ({
    assetKey,
    createdAt: Date.UTC(2026, 4, 1),
    resources: [
      { resourceType: 'photo', byteCount: bytes.byteLength, sha256: sha256Of(bytes), fileName },
    ],
  }));
  const sent = { inventoryId, page: 0, isLast: true, assets };
  expect((await phone.json('PUT', '/v1/inventory', sent)).status).toBe(200);
}

it('says of a device without an inventory what it sent, and what cannot be known', async () => {
  await page.goto(new URL('/devices', roost.windowUrl).href);
  await page.getByRole('link', { name: 'What is here of My iPhone' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'My iPhone' }).waitFor();
  await page.getByText('My iPhone has not told Roost what it has.').waitFor();
  await page.getByText('1 file, 2 kB').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});

it('shows by itself what is owed once the device told what it has, and finds it by name', async () => {
  await sendInventory('first');
  await page.getByText('1 of 5 items of My iPhone are here.').waitFor();
  await page
    .getByRole('img', { name: /Here, not yet re-read 1 item, Still owed 4 items/ })
    .waitFor();
  const list = page.getByRole('list', { name: 'Items' });
  await eventually(() => list.getByRole('listitem').count()).toBe(4);
  // Each answer is held back: the list stays as it is until one is there.
  let askedCount = 0;
  const answers = Promise.withResolvers<undefined>();
  await page.route(LIST, async (route) => {
    askedCount += 1;
    await answers.promise;
    await route.continue();
  });
  await page.getByLabel('Find by name').focus();
  await page.keyboard.type('img_3');
  await eventually(() => askedCount).toBeGreaterThan(0);
  expect(await list.getByRole('listitem').count()).toBe(4);
  answers.resolve(undefined);
  await eventually(() => list.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringContaining('IMG_3.HEIC'),
  ]);
  await list.getByText('Not here: Photo.').waitFor();
  await page.unroute(LIST);
  await page.getByLabel('Find by name').fill('no such');
  await page.getByText('No name with that in it.').waitFor();
});

it('shows what was given up with the reason', async () => {
  const wrong = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
  await phone.upload({ ...files[4]!, headers: wrong });
  const nav = page.getByRole('navigation', { name: 'Which items' });
  await nav.getByRole('link', { name: /Given up/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The bytes that arrived do not match the checksum that was sent.').waitFor();
  expect(new URL(page.url()).search).toBe('?show=given-up');
});

it('calls all of it here and verified only once every file was re-read, and gives the list', async () => {
  for (const file of files) await phone.upload(file);
  await page.getByText('5 of 5 items of My iPhone are here.').waitFor();
  const window = new WindowCaller(roost.windowUrl);
  await window.call('scrub.start', {});
  await page.getByText('All 5 items of My iPhone are here and verified.').waitFor();

  const nav = page.getByRole('navigation', { name: 'Which items' });
  await nav.getByRole('link', { name: /^Verified/ }).click();
  await page.getByText('It is one copy, on this computer').waitFor();
  await eventually(() =>
    page.getByRole('list', { name: 'Items' }).getByRole('listitem').count(),
  ).toBe(5);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save the list (CSV)' }).click();
  const path = await (await downloading).path();
  const lines = (await readFile(path, 'utf8')).trim().split('\r\n').sort();
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^"IMG_0\.HEIC","","2026-05-01T00:00:00\.000Z","1","2000",/);

  await page.getByRole('button', { name: /Re-read within/ }).click();
  await page.getByRole('option', { name: '7 days' }).click();
  await page.getByText('found whole within 7 days').waitFor();
  expect((await window.call('settings.get', {})).settings.verifiedWithinDays).toBe(7);
  expect(await seriousViolations(page)).toEqual([]);
});

it('keeps here what was deleted on the phone, and says of the rest that all of it is safe', async () => {
  await sendInventory('second', files.slice(0, 4));
  await page.getByText('All 4 items of My iPhone are here and verified.').waitFor();
  await page.getByText(/Last heard .*\d\d:\d\d\./).waitFor();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  const card = page.getByRole('article').filter({ hasText: 'My iPhone' });
  await card.getByText(/^5 files/).waitFor();
  await card.getByText('All 4 items here and verified').waitFor();
  await page.getByRole('link', { name: 'Timeline', exact: true }).press('Enter');
  await eventually(() => page.locator('[data-asset-id]').count()).toBe(5);
  await page.goto(new URL(`/devices/${deviceId}`, roost.windowUrl).href);
  await page.getByRole('link', { name: /^Still owed/ }).click();
  await page.getByText('Nothing here').waitFor();
});

it('keeps for each device after how many quiet days to tell, by keyboard', async () => {
  const select = page.getByRole('button', { name: /Tell me when nothing is heard for/ });
  await select.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: '3 days' }).waitFor();
  await page.keyboard.type('3 d');
  await page.keyboard.press('Enter');
  const window = new WindowCaller(roost.windowUrl);
  await eventually(
    async () => (await window.call('settings.get', {})).settings.quietAfterDaysOf,
  ).toEqual({ [deviceId]: 3 });
  await select.getByText('3 days').waitFor();

  // For all the others it is said in the settings.
  await page.goto(new URL('/settings', roost.windowUrl).href);
  const forAll = page.getByRole('button', {
    name: /Tell me when nothing is heard of a device for/,
  });
  await forAll.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Never', exact: true }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await forAll.getByText('Never').waitFor();
  await eventually(async () => (await window.call('settings.get', {})).settings).toMatchObject({
    quietAfterDays: 0,
    quietAfterDaysOf: { [deviceId]: 3 },
  });
});

it('makes a login for a device that came otherwise: it stays the one it is', async () => {
  await page.goto(new URL(`/devices/${deviceId}`, roost.windowUrl).href);
  await page.getByRole('button', { name: 'Make a login' }).focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Make a login for My iPhone?' });
  await question.getByText('goes into the same folder, “My iPhone”').waitFor();
  await question.getByRole('button', { name: 'Make a login' }).click();
  const told = page.getByRole('dialog', { name: 'Login' });
  await told.getByText('My iPhone can log in now', { exact: true }).waitFor();
  expect(await told.getByText('API key').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New password' }).waitFor();
  const { devices } = await new WindowCaller(roost.windowUrl).call('devices.list', {});
  expect(devices).toMatchObject([{ deviceId, login: { loginName: 'my-iphone@roost.home.arpa' } }]);
});

it('fits a phone, keeps nobody out in the dark, and says where there is no such device', async () => {
  const path = `/devices/${deviceId}`;
  const small = await openWindow(browser, roost.windowUrl, {
    theme: 'dark',
    width: 390,
    height: 844,
  });
  const answer = Promise.withResolvers<undefined>();
  await small.page.route('**/api/devices', async (route) => {
    await answer.promise;
    await route.continue();
  });
  await small.page.goto(new URL(path, roost.windowUrl).href);
  await small.page.getByRole('heading', { level: 1, name: 'Device', exact: true }).waitFor();
  answer.resolve(undefined);
  await small.page.getByRole('heading', { level: 1, name: 'My iPhone' }).waitFor();
  await small.page.getByText('All 4 items of My iPhone are here and verified.').waitFor();
  const overflow = () =>
    small.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(await seriousViolations(small.page)).toEqual([]);
  expect(small.errors).toEqual([]);
  await small.page.goto(
    new URL('/devices/00000000-0000-4000-8000-000000000000', roost.windowUrl).href,
  );
  await small.page.getByText('There is no such device').waitFor();
  await small.close();
});
