import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { pairAnswerSchema } from '../../shared/native-protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWindow, overflowOf, seriousViolations } from './support/open-window.ts';

const REAL_HEIC = join(import.meta.dirname, '../../../shared/media/heic/heic-iphone.heic');
const hasRealHeic = existsSync(REAL_HEIC);
if (!hasRealHeic) {
  process.stdout.write(
    'No real iPhone HEIC beside the project: a made JPEG takes its place here.\n',
  );
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

it('pairs a phone by its code, shows its photo without reload, opens it upright, and finds its job', async () => {
  await using temp = await tempFolder();
  const folders = {
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  };
  await using roost = await RoostProcess.start(folders);
  const { page } = await openWindow(browser, roost.windowUrl);

  // A fresh Roost leads to the welcome page by itself.
  await page.waitForURL('**/welcome');
  expect(await seriousViolations(page)).toEqual([]);
  const marker = await page.evaluate(
    () => ((globalThis as { marker?: number }).marker = Math.random()),
  );
  const shown = await page.locator('.pairing__code').innerText();
  const stranger = new FakePhone(roost.lanUrl);
  const answer = await stranger.json('POST', '/v1/pair', {
    code: shown.replace(/\D/g, ''),
    device: { name: 'My iPhone', model: 'iPhone17,1', platform: 'iOS 26.1', app: 'Test' },
  });
  expect(answer.status).toBe(201);
  const { token } = pairAnswerSchema.parse(JSON.parse(answer.body));
  await page.getByRole('main').getByText('My iPhone is paired').waitFor();
  await page.getByText('It shows up here by itself').waitFor();
  const bytes = hasRealHeic
    ? await readFile(REAL_HEIC)
    : await sampleJpeg({ width: 4032, height: 3024, takenAt: '2019:08:21 10:57:23' });
  const phone = new FakePhone(roost.lanUrl, token);
  const stored = await phone.upload({ assetKey: 'X/L0/001', bytes, fileName: 'IMG_4711.HEIC' });
  expect(stored.status).toBe(201);
  expect(stored.headers).toMatchObject({ 'roost-result': 'stored' });
  const onDisk = await readFile(
    join(folders.libraryFolder, 'My iPhone/2019/2019-08/IMG_4711.HEIC'),
  );
  expect(sha256Of(onDisk)).toBe(sha256Of(bytes));

  await page.locator('p', { hasText: 'IMG_4711.HEIC is safe' }).waitFor();
  await page.getByRole('img', { name: 'The photo IMG_4711.HEIC' }).waitFor();
  await page.getByRole('link', { name: 'Go to the timeline' }).press('Enter');
  const tile = page.locator('[data-asset-id] img');
  await tile.waitFor();
  await expect
    .poll(() => tile.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(await page.evaluate(() => (globalThis as { marker?: number }).marker)).toBe(marker);
  await page.getByRole('heading', { name: /August 2019/ }).waitFor();
  // At first the small picture that the phone put into the file; the full tile follows by itself.
  await expect
    .poll(() => tile.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]), {
      timeout: 30_000,
    })
    .toEqual([640, 480]);
  if (!hasRealHeic) await expectLightAboveDark(page, await tile.getAttribute('src'));

  await page.locator('[data-asset-id]').first().click();
  await page.waitForURL('**/photo/*');
  const picture = page.locator('.picture img[src*="/screen"]');
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 20_000 })
    .toBeGreaterThan(1000);
  await page.keyboard.press('i');
  await page.getByText(sha256Of(bytes)).first().waitFor();
  await page.keyboard.press('Escape');

  await page.goto(new URL('/jobs', roost.windowUrl).href);
  await page.getByText('IMG_4711.HEIC').first().waitFor();
  expect((await phone.upload({ assetKey: 'X/L0/001', bytes })).status).toBe(200);
  phone.close();
  stranger.close();
  await page.context().close();
});

async function expectLightAboveDark(page: Page, src: string | null): Promise<void> {
  const response = await page.request.get(new URL(src ?? '', page.url()).href);
  const { data, info } = await sharp(await response.body())
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data[info.width * 10 + 10]).toBeGreaterThan(data[data.length - 10] ?? 255);
}

/** Pages of which no other test with the real service looks for what keeps people out. */
const PAGES = [
  '/',
  '/jobs?state=failed',
  '/devices',
  '/settings',
  '/welcome',
  '/previews',
  '/trash',
];

it(
  'keeps nobody out of any page, in both themes, in a wide and a narrow window, from the left and from the right',
  { timeout: 180_000 },
  async () => {
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const { token } = await roost.pair('My iPhone');
    const phone = new FakePhone(roost.lanUrl, token);
    for (const assetKey of ['a', 'b']) {
      const bytes = await sampleJpeg({ takenAt: `2024:0${assetKey === 'a' ? 5 : 4}:01 10:00:00` });
      await phone.upload({ assetKey, bytes, fileName: `${assetKey}.jpg` });
    }
    const noPicture = { assetKey: 'd', bytes: Buffer.from('no picture'), fileName: 'd.jpg' };
    await phone.upload(noPicture);
    const wrong = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
    const bytes = Buffer.from('c');
    const failed = { assetKey: 'c', bytes, fileName: 'c.jpg', headers: wrong };
    expect((await phone.upload(failed)).status).toBe(422);
    phone.close();

    const { page, errors } = await openWindow(browser, roost.windowUrl);
    const found: string[] = [];
    const look = async (what: string): Promise<void> => {
      found.push(...(await seriousViolations(page)).map((each) => `${what}: ${each}`));
    };
    const visit = async (path: string): Promise<void> => {
      await page.goto(new URL(path, roost.windowUrl).href);
      await page.locator('h1').first().waitFor({ state: 'attached' });
    };
    for (const path of [...PAGES, '/nothing/here']) {
      await visit(path);
      await look(path);
      await page.setViewportSize({ width: 390, height: 844 });
      for (const direction of ['ltr', 'rtl']) {
        await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
        const overflow = await overflowOf(page);
        if (overflow > 0) found.push(`${path}: ${overflow} px wider than the window, ${direction}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }

    await visit('/');
    await page.getByRole('link', { name: 'a.jpg' }).press('Enter');
    await page.locator('.picture__layer--shown').first().waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByText('SHA-256').first().waitFor();
    await look('viewer with details');

    await visit('/devices');
    for (const name of ['Pair a device', 'Rename My iPhone', 'Revoke My iPhone']) {
      await page.getByRole('button', { name }).press('Enter');
      await page.locator('[role="dialog"], [role="alertdialog"], .field input').first().waitFor();
      await look(name);
      await page.keyboard.press('Escape');
    }
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  },
);
