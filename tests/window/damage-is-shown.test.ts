import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

it('finds a flipped bit when asked to, names the photo, and is content once the phone sent it again', async () => {
  await using temp = await tempFolder();
  const libraryFolder = join(temp.path, 'library');
  await using roost = await RoostProcess.start({
    dataFolder: join(temp.path, 'data'),
    libraryFolder,
  });
  const { token } = await roost.pair('My iPhone');
  const phone = new FakePhone(roost.lanUrl, token);
  const bytes = randomBytes(300_000);
  await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.HEIC' });
  await phone.upload({ assetKey: 'b', bytes: randomBytes(1000), fileName: 'IMG_2.HEIC' });
  const names = await readdir(libraryFolder, { recursive: true });
  const path = join(
    libraryFolder,
    names.find((name) => name.endsWith('IMG_1.HEIC'))!,
  );
  const damaged = await readFile(path);
  damaged[150_000]! ^= 1;
  await writeFile(path, damaged);

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(roost.windowUrl);
  await page.goto(new URL('/settings#checking', roost.windowUrl).href);
  const panel = page.getByRole('region', { name: 'Checking originals' });
  await panel.getByText('Nothing is checked yet').waitFor();
  await panel.getByRole('button', { name: 'Check everything now' }).click();
  const item = page
    .getByRole('region', { name: 'Damaged or missing' })
    .getByRole('listitem')
    .filter({ hasText: 'IMG_1.HEIC' });
  await item.getByText('The file has other bytes than were received.').waitFor();
  await item.getByText(path).waitFor();
  await panel.getByText('2 of 2 originals').waitFor();
  await page.getByRole('link', { name: '1 damaged original' }).first().waitFor();

  const again = await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.HEIC' });
  expect(again.headers['roost-result']).toBe('stored');
  await panel.getByText('All as received').waitFor();
  expect(await page.getByRole('region', { name: 'Damaged or missing' }).count()).toBe(0);
  await panel.getByRole('button', { name: /Show 1 original replaced/ }).click();
  await page.getByRole('region', { name: 'Replaced by a good copy' }).getByText(path).waitFor();
  phone.close();
  await page.close();
});
