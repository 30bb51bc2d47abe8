import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { formatByteCount } from '../../renderer/text/format.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unzipped } from '../support/unzipped.ts';
import { eventually, seriousViolations } from './support/open-window.ts';
import { barOf, middleOf, tile } from './support/selected-photos.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const NAMES = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
/** Two of one day, a third of that month, and one of the month before. */
const TAKEN_ON = ['2024:05:04', '2024:05:04', '2024:05:02', '2024:04:01'];

it(
  'chooses by pointer and keyboard, exports a zip and a folder, marks, throws away and brings back',
  { timeout: 120_000 },
  async () => {
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const { token } = await roost.pair('My iPhone');
    const phone = new FakePhone(roost.lanUrl, token);
    const hashes: string[] = [];
    let byteCount = 0;
    for (const [at, fileName] of NAMES.entries()) {
      const bytes = await sampleJpeg({ takenAt: `${TAKEN_ON[at]!} 10:00:0${9 - at}` });
      hashes.push(sha256Of(bytes));
      byteCount += bytes.byteLength;
      await phone.upload({ assetKey: fileName, bytes, fileName });
    }
    phone.close();
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(roost.windowUrl);
    await page.goto(new URL('/', roost.windowUrl).href);
    const bar = barOf(page);
    await tile(page, 'a.jpg').waitFor();
    // From here on no tile moves: all their shapes are known.
    await eventually(() => page.locator('.tile__picture--shown').count()).toBe(4);

    await tile(page, 'a.jpg').click({ modifiers: ['Control'] });
    await bar.getByText('1 selected').waitFor();
    await tile(page, 'c.jpg').click({ modifiers: ['Shift'] });
    await bar.getByText('3 selected').waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    // A day and a month are chosen by the mark of their header, and by a key on one of their photos.
    await page.getByRole('checkbox', { name: 'Select everything of Sat 4 May' }).click();
    await bar.getByText('2 selected').waitFor();
    const may = page.getByRole('checkbox', { name: 'Select everything of May 2024' });
    expect(await may.getAttribute('aria-checked')).toBe('mixed');
    await may.click();
    await bar.getByText('3 selected').waitFor();
    await may.click();
    await bar.waitFor({ state: 'detached' });
    const [first, second] = [
      await middleOf(tile(page, 'a.jpg')),
      await middleOf(tile(page, 'b.jpg')),
    ];
    await page.mouse.move(...first);
    await page.mouse.down();
    await page.mouse.move(...second, { steps: 3 });
    await bar.getByText('2 selected').waitFor();
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await tile(page, 'b.jpg').focus();
    await page.keyboard.press('Shift+D');
    await bar.getByText('2 selected').waitFor();
    await page.keyboard.press('Shift+M');
    await bar.getByText('3 selected').waitFor();
    await page.keyboard.press('Shift+M');
    await bar.waitFor({ state: 'detached' });
    await page.keyboard.press('x');
    await bar.getByText('1 selected').waitFor();
    await page.keyboard.press('Control+a');
    await bar.getByText('4 selected').waitFor();
    await bar.getByText(formatByteCount(byteCount), { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    await bar.getByRole('button', { name: 'Export' }).click();
    expect(await seriousViolations(page)).toEqual([]);
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
    const path = dialog.getByRole('textbox', { name: 'Folder' });
    // A refusal is not said any more when the dialog is opened the next time.
    await path.fill(join(temp.path, 'library', 'inside'));
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'Export' }).click();
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await path.fill(folder);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const exporting = page.locator('.export-tray__export', { hasText: folder });
    await exporting.getByText('Done: 4 files.').waitFor();
    for (const [at, name] of NAMES.entries()) {
      expect(sha256Of(await readFile(join(folder, name)))).toBe(hashes[at]);
    }

    await bar.getByRole('button', { name: 'Mark as favourite' }).waitFor();
    await page.keyboard.press('f');
    await page.getByText('4 photos and videos marked as favourite').waitFor();
    await bar.getByRole('button', { name: 'Remove from favourites' }).waitFor();
    await page.keyboard.press('Delete');
    await page.getByText(/4 photos and videos (moved )?to the trash/).waitFor();
    await eventually(() => page.locator('[data-asset-id]').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await eventually(() => page.locator('[data-asset-id]').count()).toBe(4);

    expect(await page.locator('[data-mark="favourite"]').count()).toBe(4);
    await tile(page, 'a.jpg').click();
    const viewer = page.getByRole('dialog');
    // Exports do not lie over an open photo.
    await page.locator('.export-tray').waitFor({ state: 'detached' });
    await viewer.getByRole('button', { name: 'Remove from favourites' }).waitFor();
    await page.keyboard.press('f');
    await viewer.getByRole('button', { name: 'Mark as favourite' }).waitFor();
    await page.keyboard.press('Escape');
    const marked = page.locator('[data-mark="favourite"]');
    await eventually(() => marked.count()).toBe(3);
    await page.getByRole('checkbox', { name: /^Select .*b\.jpg/ }).click();
    await bar.getByRole('button', { name: 'Remove from favourites' }).click();
    await eventually(() => marked.count()).toBe(2);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => marked.count()).toBe(3);

    await bar.getByRole('button', { name: 'Select all' }).click();
    await bar.getByText('4 selected').waitFor();
    await bar.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByText(/4 photos and videos (moved )?to the trash/).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('x');
    await page.getByText('4 photos and videos (4 files').waitFor();
    const inTrash = (name: string) =>
      page.getByRole('checkbox', { name: new RegExp(`^${name}\\.jpg`) });
    await inTrash('a').click();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bring back', exact: true }).click();
    // What takes longer says that it goes on.
    await page.getByText(/a\.jpg is back where it was|Bringing a\.jpg back/).waitFor();
    await inTrash('a').waitFor({ state: 'detached' });
    await inTrash('b').press('Space');
    await page.getByRole('button', { name: 'Delete for good', exact: true }).press('Enter');
    const question = page.getByRole('alertdialog');
    await question.getByText('This cannot be undone').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Bring back', exact: true }).press('Enter');
    await inTrash('b').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Empty trash' }).click();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('The trash is empty').waitFor();
    await eventually(async () => {
      const names = await readdir(roost.folders.libraryFolder, { recursive: true });
      return names
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => basename(name))
        .sort();
    }).toEqual(['a.jpg', 'b.jpg']);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await eventually(() => page.locator('[data-asset-id]').count()).toBe(2);
    await context.close();
  },
);
