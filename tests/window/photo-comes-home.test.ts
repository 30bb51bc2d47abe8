import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { pairAnswerSchema } from '../../shared/native-protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';

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

async function openWindow(roost: RoostProcess, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(roost.windowUrl);
  return page;
}

it('pairs a phone by its code, shows its photo without reload, opens it upright, and finds its job', async () => {
  await using temp = await tempFolder();
  const folders = {
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  };
  await using roost = await RoostProcess.start(folders);
  const page = await openWindow(roost, 'light');

  // A fresh Roost leads to the welcome page by itself.
  await page.waitForURL('**/welcome');
  await page.goto(new URL('/devices', roost.windowUrl).href);
  await page.getByRole('button', { name: 'Pair a device' }).first().click();
  const shown = await page.locator('.pairing__code').innerText();
  const stranger = new FakePhone(roost.lanUrl);
  const answer = await stranger.json('POST', '/v1/pair', {
    code: shown.replace(/\D/g, ''),
    device: { name: 'My iPhone', model: 'iPhone17,1', platform: 'iOS 26.1', app: 'Test' },
  });
  expect(answer.status).toBe(201);
  const { token } = pairAnswerSchema.parse(JSON.parse(answer.body));
  await page.getByText('My iPhone').first().waitFor();

  await page.goto(new URL('/', roost.windowUrl).href);
  await page.locator('#content').waitFor();
  const marker = await page.evaluate(
    () => ((globalThis as { marker?: number }).marker = Math.random()),
  );
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

it(
  'has no serious accessibility violation on any page, light or dark',
  { timeout: 180_000 },
  async () => {
    await using temp = await tempFolder();
    const folders = {
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    };
    await using roost = await RoostProcess.start(folders);
    const { token } = await roost.pair('My iPhone');
    const phone = new FakePhone(roost.lanUrl, token);
    for (const [assetKey, takenAt] of [
      ['a', '2024:05:01 10:00:00'],
      ['b', '2024:04:01 10:00:00'],
    ] as const) {
      await phone.upload({
        assetKey,
        bytes: await sampleJpeg({ takenAt }),
        fileName: `${assetKey}.jpg`,
      });
    }
    const wrong = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
    const failed = await phone.upload({
      assetKey: 'c',
      bytes: Buffer.from('c'),
      fileName: 'c.jpg',
      headers: wrong,
    });
    expect(failed.status).toBe(422);
    phone.close();

    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openWindow(roost, colorScheme);
      const visit = async (path: string): Promise<void> => {
        await page.goto(new URL(path, roost.windowUrl).href);
        await page.locator('#content').waitFor({ state: 'attached' });
      };
      await visit('/');
      await page.locator('[data-asset-id] img').first().waitFor();
      const photo = await page.locator('[data-asset-id]').first().getAttribute('href');
      for (const path of [
        '/',
        photo ?? '',
        '/jobs',
        '/jobs?state=failed',
        '/devices',
        '/settings',
        '/welcome',
      ]) {
        await visit(path);
        await page.waitForTimeout(300);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical') {
            found.push(`${colorScheme} ${path}: ${id} ${nodes[0]?.html.slice(0, 200) ?? ''}`);
          }
        }
      }
      await page.context().close();
    }
    expect(found).toEqual([]);
  },
);
