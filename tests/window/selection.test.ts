import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unzipped } from '../support/unzipped.ts';
import { eventually } from './support/open-window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const NAMES = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];

const tile = (page: Page, name: string) => page.locator(`[data-asset-id][aria-label*="${name}"]`);

it('chooses by pointer and keyboard, exports a zip and a folder, marks, throws away and brings back', async () => {
  await using temp = await tempFolder();
  await using roost = await RoostProcess.start({
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  });
  const { token } = await roost.pair('My iPhone');
  const phone = new FakePhone(roost.lanUrl, token);
  const hashes: string[] = [];
  for (const [at, fileName] of NAMES.entries()) {
    const bytes = await sampleJpeg({ takenAt: `2024:05:0${4 - at} 10:00:00` });
    hashes.push(sha256Of(bytes));
    await phone.upload({ assetKey: fileName, bytes, fileName });
  }
  phone.close();
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(roost.windowUrl);
  await page.goto(new URL('/', roost.windowUrl).href);
  const bar = page.getByRole('toolbar', { name: 'Selected photos' });
  await tile(page, 'a.jpg').waitFor();
  // From here on no tile moves: all their shapes are known.
  await eventually(() => page.locator('.tile__picture--shown').count()).toBe(4);

  await tile(page, 'a.jpg').click({ modifiers: ['Control'] });
  await bar.getByText('1 selected').waitFor();
  await tile(page, 'c.jpg').click({ modifiers: ['Shift'] });
  await bar.getByText('3 selected').waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await tile(page, 'b.jpg').focus();
  await page.keyboard.press('x');
  await bar.getByText('1 selected').waitFor();
  await page.keyboard.press('Control+a');
  await bar.getByText('4 selected').waitFor();

  await bar.getByRole('button', { name: 'Export' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  const zip = join(temp.path, 'export.zip');
  await (await downloading).saveAs(zip);
  const files = await unzipped(zip);
  expect([...files.keys()].sort()).toEqual(NAMES);
  expect([...files.values()].map(sha256Of).sort()).toEqual(hashes.toSorted());

  const folder = join(temp.path, 'out');
  await bar.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Where to/ }).click();
  await page.getByRole('option', { name: 'A folder on this computer' }).click();
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const exporting = page.locator('.export-tray__export', { hasText: folder });
  await exporting.getByText('Done: 4 files.').waitFor();
  for (const [at, name] of NAMES.entries()) {
    expect(sha256Of(await readFile(join(folder, name)))).toBe(hashes[at]);
  }

  await page.keyboard.press('f');
  await page.getByText('4 photos and videos marked as favourite').waitFor();
  await page.keyboard.press('Delete');
  await page.getByText('4 photos and videos moved to the trash').waitFor();
  await eventually(() => page.locator('[data-asset-id]').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await eventually(() => page.locator('[data-asset-id]').count()).toBe(4);

  expect(await page.locator('[data-mark="favourite"]').count()).toBe(4);
  await tile(page, 'a.jpg').click();
  const viewer = page.getByRole('dialog');
  await viewer.getByRole('button', { name: 'Remove from favourites' }).waitFor();
  await page.keyboard.press('f');
  await viewer.getByRole('button', { name: 'Mark as favourite' }).waitFor();
  await page.keyboard.press('Escape');
  await eventually(() => page.locator('[data-mark="favourite"]').count()).toBe(3);
  await context.close();
});
