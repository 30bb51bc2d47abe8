import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { eventually, overflowOf, seriousViolations } from './support/open-window.ts';

/** One service and one window for the whole file; each part goes on where the one before ended. */
describe('home, keys, words and messages, before the real service', () => {
  const stack = new AsyncDisposableStack();
  let browser: Browser;
  let roost: RoostProcess;
  let phone: FakePhone;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    stack.defer(() => browser.close());
    const temp = stack.use(await tempFolder());
    roost = stack.use(
      await RoostProcess.start({
        dataFolder: join(temp.path, 'data'),
        libraryFolder: join(temp.path, 'library'),
      }),
    );
    const { deviceId } = await roost.pair('Old Pixel');
    const { token } = await roost.pair('My iPhone');
    // As if time had passed since: only the catalog of a service that is not running can be told.
    await roost.stop();
    const catalog = new Database(catalogPath(roost.folders.dataFolder));
    catalog
      .prepare('UPDATE devices SET paired_at = :at, last_seen_at = :at WHERE device_id = :deviceId')
      .run({ at: Date.now() - 20 * 24 * 3_600_000, deviceId });
    catalog.close();
    roost = stack.use(await RoostProcess.start(roost.folders));
    phone = new FakePhone(roost.lanUrl, token);
    stack.defer(() => phone.close());
    await send('a', '2024:05:01 10:00:00');
    await send('b', '2024:04:01 10:00:00');
    const wrong = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
    const bytes = Buffer.from('c');
    await phone.upload({ assetKey: 'c', bytes, fileName: 'c.jpg', headers: wrong });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(roost.windowUrl);
    await page.locator('[data-asset-id] img').first().waitFor();
  });
  afterAll(() => stack.disposeAsync());

  async function send(assetKey: string, takenAt: string): Promise<void> {
    const bytes = await sampleJpeg({ takenAt });
    await phone.upload({ assetKey, bytes, fileName: `${assetKey}.jpg` });
  }

  const path = () => new URL(page.url()).pathname;
  const focused = () => page.evaluate(() => document.activeElement?.tagName);

  it('goes from page to page by two keys, and leaves text fields what is typed into them', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(path()).toBe('/home');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('');
    await name.pressSequentially('gh?');
    expect(await name.inputValue()).toBe('gh?');
    expect([path(), await page.getByRole('dialog').count()]).toEqual(['/settings', 0]);
    await name.press('Escape');
    await name.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe(
      'switch',
    );
  });

  it('lists all keys at a press of ?, in a dialog that gives the focus back', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await eventually(focused).toBe('H1');
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    expect(await dialog.getByText('Take back what the message offers').count()).toBe(1);
    // Behind a dialog nothing moves, and a second one does not open above it.
    for (const key of ['g', 'j', '?']) await page.keyboard.press(key);
    expect([path(), await page.getByRole('dialog').count()]).toEqual(['/home', 1]);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(focused).toBe('H1');
  });

  it('says on the home page what came, how the devices are and what needs the person', async () => {
    await page.getByText('2 files', { exact: false }).first().waitFor();
    expect(await page.locator('.home__tile').count()).toBe(2);
    await page.getByRole('img', { name: /^[\d.,]+ kB used by photos, .* free$/ }).waitFor();
    await page.getByText(/^Checked: \d of 2 originals/).waitFor();
    const needs = page.getByRole('region', { name: 'Needs you' }).getByRole('listitem');
    await needs.filter({ hasText: 'Old Pixel' }).first().waitFor();
    expect(await needs.filter({ hasText: 'Old Pixel' }).allInnerTexts()).toEqual([
      'Old Pixel was last heard 2 weeks ago. Look at it',
    ]);
    await needs.getByRole('link', { name: /^Old Pixel/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Old Pixel' }).waitFor();
    await page.goBack();
    const device = page.getByRole('listitem').filter({ hasText: /My iPhone.*Last heard /s });
    await device.getByText(/^2 files, .* here$/).waitFor();
    await device.getByRole('link', { name: 'My iPhone' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'My iPhone' }).waitFor();
    await page.goBack();
    await page
      .getByText('How long the room lasts shows after about three weeks', { exact: false })
      .waitFor();
    await page.getByRole('img', { name: /^Files a day: at most 2/ }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    await send('d', '2024:03:01 10:00:00');
    await eventually(() => page.locator('.home__tile').count()).toBe(3);

    await page.getByText('As a table').focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('table');
    expect(await table.getByRole('row').count()).toBe(31);
    expect(await table.getByRole('row').nth(1).innerText()).toContain('3');

    const failed = page.getByRole('link', { name: '1 upload failed in the last 30 days' });
    await page.getByRole('button', { name: /^Dismiss: 1 upload failed/ }).press('Enter');
    await failed.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await failed.press('Enter');
    await page.getByText('c.jpg').first().waitFor();
    expect(page.url()).toContain('/jobs?state=failed');
  });

  it('keeps an offer to undo from page to page, and takes it up by Ctrl+Z', async () => {
    await page.goto(new URL('/', roost.windowUrl).href);
    const tiles = page.locator('[data-asset-id]');
    await eventually(() => tiles.count()).toBe(3);
    await tiles.first().click();
    await page.getByRole('button', { name: 'Move to trash' }).first().click();
    const toast = page.locator('.toast');
    await toast.getByText('is in the trash').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await eventually(() => page.locator('.home__tile').count()).toBe(2);
    await toast.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('Control+z');
    await eventually(() => page.locator('.home__tile').count()).toBe(3);
    // One message at a time, and none of it is left once it has been closed.
    expect(await toast.count()).toBe(1);
    await toast.getByRole('button', { name: 'Close' }).press('Enter');
    await eventually(() => toast.count()).toBe(0);
  });

  it('speaks German once that is chosen, on every page, and keeps to it', async () => {
    await page.goto(new URL('/settings', roost.windowUrl).href);
    const language = page.getByRole('button', { name: /Language$/ });
    await language.focus();
    const top = (await language.boundingBox())!.y;
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Deutsch' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
    // Who chose goes on where they were.
    const chosen = page.getByRole('button', { name: /Sprache$/ });
    await eventually(() => chosen.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(Math.abs((await chosen.boundingBox())!.y - top)).toBeLessThan(2);
    expect(await page.evaluate(() => [document.documentElement.lang, document.dir])).toEqual([
      'de',
      'ltr',
    ]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    await page.getByText('1 Upload ist in den letzten 30 Tagen fehlgeschlagen').waitFor();
    await page.getByText('Heute angekommen').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Tasten' }).waitFor();
    await page.keyboard.press('Escape');
    await page.goto(new URL('/welcome', roost.windowUrl).href);
    await page.getByRole('heading', { level: 1, name: 'Willkommen bei Roost' }).waitFor();
    // Words are longer than in English: they have to fit all the same.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const narrow of ['/welcome', '/home', '/', '/jobs', '/devices', '/settings', '/trash']) {
      await page.goto(new URL(narrow, roost.windowUrl).href);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      expect([narrow, await overflowOf(page)]).toEqual([narrow, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('says on every page that the library is away, and is content once it is back', async (context) => {
    if (process.platform === 'win32') context.skip('Windows renames no folder with open files');
    const { libraryFolder } = roost.folders;
    await rename(libraryFolder, `${libraryFolder}-away`);
    const problem = page.getByText('Der Ordner der Bibliothek ist nicht erreichbar.').first();
    await problem.waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page
      .getByRole('region', { name: 'Zu tun' })
      .getByText('Das Laufwerk wieder anschließen.', { exact: false })
      .waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await rename(`${libraryFolder}-away`, libraryFolder);
    await problem.waitFor({ state: 'detached' });
  });

  it('keeps what is shown when the service goes, marks it, and says what was not done', async () => {
    await page.goto(new URL('/settings', roost.windowUrl).href);
    const announce = page.getByRole('switch', { name: /Im Netz bekannt machen/ });
    await announce.waitFor();
    await roost.stop();
    await page.getByText('Roost ist nicht erreichbar', { exact: false }).waitFor();
    await page.getByText('Zu sehen ist der Stand von', { exact: false }).waitFor();
    await announce.press(' ');
    const toast = page.locator('.toast');
    await toast.getByText('also wurde das nicht getan').waitFor();
    expect(await toast.count()).toBe(1);
    // Words about a page that is left go with it; the next page keeps what it knows.
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await eventually(() => toast.count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
