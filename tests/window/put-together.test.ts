import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { eventually, openWindow } from './support/open-window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

it(
  'shows a photo and its edit as one while they arrive, splits them on demand, and puts them together again',
  { timeout: 120_000 },
  async () => {
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const { token } = await roost.pair('My iPhone');
    const phone = new FakePhone(roost.lanUrl, token);
    const send = async (fileName: string, blue: number): Promise<void> => {
      const colour = { r: 90, g: 140, b: blue };
      const bytes = await sampleJpeg({ takenAt: '2023:03:23 10:19:29', colour });
      const { status } = await phone.upload({ assetKey: `DCIM/${fileName}`, bytes, fileName });
      expect(status).toBe(201);
    };
    await send('IMG_1853.JPG', 190);
    const { page, close } = await openWindow(browser, roost.windowUrl);
    const tiles = page.locator('.tile');
    await eventually(() => tiles.count()).toBe(1);
    await send('IMG_E1853.JPG', 60);
    // The same one tile becomes the edited photo.
    await page.getByRole('link', { name: /\(edited\).*edited/ }).waitFor();
    expect(await tiles.count()).toBe(1);

    await page.getByRole('link', { name: /\(edited\)/ }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.locator('.picture__layer--shown').first().waitFor();
    await page.keyboard.press('i');
    const parts = dialog.getByRole('region', { name: 'Put together by Roost' });
    await parts.getByText('Same name in the same folder.').first().waitFor();
    await parts.getByRole('button', { name: /^Split off/ }).press('Enter');
    await page.getByText('stands on its own now').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => tiles.count()).toBe(2);

    await page.keyboard.press('Control+z');
    await page.getByText('Put together again').waitFor();
    await eventually(() => tiles.count()).toBe(1);
    phone.close();
    await close();
  },
);
