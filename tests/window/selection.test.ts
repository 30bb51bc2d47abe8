import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { fingersOn } from './support/fingers.ts';
import { eventually, type OpenWindowOptions, seriousViolations } from './support/open-window.ts';
import { barOf, middleOf, tile } from './support/selected-photos.ts';
import { WindowLab } from './support/window-lab.ts';

const lab = WindowLab.forThisFile();

describe('before a service that answers as it is told', () => {
  /** Photos of one day, the newest first, with nothing that moves any more. */
  async function open(count: number, options: OpenWindowOptions = {}): Promise<Page> {
    lab.service.addAssets(
      ...Array.from({ length: count }, (_, at) => ({
        capturedLocal: `2019-08-15T10:${String(59 - at).padStart(2, '0')}:00`,
        fileName: `${'abcdefghij'[at] ?? 'z'}.jpg`,
        picture: lab.picture,
      })),
    );
    const { page } = await lab.open('/', options);
    await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
    await eventually(() => page.locator('.tile__picture--shown').count()).toBe(count);
    return page;
  }

  const reach = async (locator: Locator) => {
    const { y, height } = (await locator.boundingBox())!;
    return y + height;
  };
  const isFocused = (locator: Locator) =>
    eventually(() => locator.evaluate((element) => element === document.activeElement)).toBe(true);

  it('takes no answer after the selection was cleared, and asks once about a selection that grows', async () => {
    const page = await open(4);
    const held = Promise.withResolvers<undefined>();
    await page.route('**/api/asset-ids*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await tile(page, 'b.jpg').focus();
    const answered = page.waitForResponse('**/api/asset-ids*');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Escape');
    held.resolve(undefined);
    await (await answered).finished();
    for (const key of ['x', 'ArrowRight', 'x', 'ArrowRight', 'x']) await page.keyboard.press(key);
    await barOf(page).getByText('3 selected').waitFor();
    await barOf(page).locator('.quiet').waitFor();
    const asked = lab.service.requests.filter((each) => each === 'POST /api/asset-size');
    expect(asked.length).toBeLessThan(3);
  });

  it('keeps the focus on what is next when the photo with the focus or the bar goes', async () => {
    const page = await open(4);
    await tile(page, 'b.jpg').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Delete');
    await page.getByText('b.jpg is in the trash').waitFor();
    await isFocused(tile(page, 'c.jpg'));
    await page.keyboard.press('x');
    await barOf(page).getByRole('button', { name: 'Move to trash' }).press('Enter');
    await barOf(page).waitFor({ state: 'detached' });
    await isFocused(tile(page, 'd.jpg'));
    await page.keyboard.press('x');
    expect(await seriousViolations(page)).toEqual([]);
    await barOf(page).getByRole('button', { name: 'Clear selection' }).press('Enter');
    await isFocused(tile(page, 'd.jpg'));
  });

  it('offers to undo also when the page was left before the answer, and says who was faster', async () => {
    const page = await open(3);
    await tile(page, 'a.jpg').focus();
    await page.keyboard.press('Control+a');
    await barOf(page).getByText('3 selected').waitFor();
    const held = Promise.withResolvers<undefined>();
    await page.route('**/api/trash', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.keyboard.press('Delete');
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    lab.service.library.remove(lab.service.library.sorted()[0]!.assetId);
    held.resolve(undefined);
    await page.getByText('2 photos and videos moved to the trash. 1 photo or video had').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('2 photos and videos back where they were').waitFor();
  });

  it('forgets after a lost connection what was thrown away meanwhile', async () => {
    const page = await open(3);
    await tile(page, 'a.jpg').focus();
    await page.keyboard.press('Control+a');
    await barOf(page).getByText('3 selected').waitFor();
    await lab.service.goOffline();
    lab.service.library.remove(lab.service.library.sorted()[1]!.assetId);
    await lab.service.goOnline();
    await barOf(page).getByText('2 selected').waitFor();
  });

  it('chooses by sweeping the mouse, which Escape takes back, and by Shift and arrows', async () => {
    const page = await open(6);
    const [a, d] = await Promise.all(
      ['a.jpg', 'd.jpg'].map(async (name) => (await tile(page, name).boundingBox())!),
    );
    const selected = () => page.locator('.tile--selected').count();
    // From the mark in the corner as from anywhere else on a photo.
    await page.mouse.move(a!.x + 15, a!.y + 15);
    await page.mouse.down();
    await page.mouse.move(...(await middleOf(tile(page, 'b.jpg'))), { steps: 3 });
    await barOf(page).getByText('2 selected').waitFor();
    await page.mouse.up();
    // No photo was opened by letting go.
    expect(new URL(page.url()).pathname).toBe('/');
    await page.keyboard.down('Control');
    await page.mouse.move(...(await middleOf(tile(page, 'd.jpg'))));
    await page.mouse.down();
    await page.mouse.move(d!.x + d!.width / 2 + 10, d!.y + d!.height / 2 + 10, { steps: 3 });
    await page.keyboard.up('Control');
    await eventually(selected).toBe(3);
    await page.keyboard.press('Escape');
    await eventually(selected).toBe(2);
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await barOf(page).waitFor({ state: 'detached' });

    await tile(page, 'b.jpg').focus();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift+ArrowRight');
    await barOf(page).getByText('4 selected').waitFor();
    await isFocused(tile(page, 'e.jpg'));
    await page.keyboard.press('Shift+ArrowLeft');
    await barOf(page).getByText('3 selected').waitFor();
    expect(lab.opened.errors).toEqual([]);
  });

  it('says of exports that more are under way than are shown, and keeps messages off them', async () => {
    const page = await open(1, { width: 390, height: 844 });
    const [asset] = lab.service.library.sorted();
    for (const folder of ['/a', '/b', '/c', '/d', '/e']) {
      lab.service.state.answer('exports.begin', { assetIds: [asset!.assetId], folder });
    }
    const tray = page.locator('.export-tray');
    await tray.getByRole('button', { name: 'And 2 more' }).click();
    await eventually(() => tray.getByRole('button', { name: 'Stop' }).count()).toBe(5);
    await tray.getByRole('button', { name: 'Only the newest' }).click();
    await tile(page, 'a.jpg').focus();
    await page.keyboard.press('x');
    const count = barOf(page).getByText('1 selected');
    const before = (await count.boundingBox())!;
    await barOf(page).getByText(/B$/).waitFor();
    expect(await count.boundingBox()).toEqual(before);
    await page.keyboard.press('f');
    await page.getByText('a.jpg marked as favourite').waitFor();
    await eventually(async () => {
      const [message, below] = [page.locator('.toast'), tray];
      const [upper, lower] = [await message.boundingBox(), await below.boundingBox()];
      return upper!.y + upper!.height <= lower!.y;
    }).toBe(true);
  });

  it('shows above an open photo what is exported from there, and lets it go once it was seen', async () => {
    const page = await open(2);
    await page.clock.install();
    const [asset] = lab.service.library.sorted();
    lab.service.state.answer('exports.begin', { assetIds: [asset!.assetId], folder: '/before' });
    const tray = page.locator('.export-tray');
    await tray.getByText('Export into /before').waitFor();
    await tile(page, 'a.jpg').press('Enter');
    await page.getByRole('dialog', { name: /a\.jpg/ }).waitFor();
    await tray.waitFor({ state: 'detached' });
    await page.keyboard.press('s');
    const asked = page.getByRole('dialog', { name: /^Export/ });
    await asked.getByRole('button', { name: 'Export', exact: true }).click();
    await tray.getByText('Export as a zip file').waitFor();
    const [box, strip] = [tray, page.locator('.filmstrip')];
    expect(await reach(box)).toBeLessThanOrEqual((await strip.boundingBox())!.y);
    const { exports } = lab.service.state;
    exports[0] = { ...exports[0]!, state: 'done', finishedAt: Date.now() };
    lab.service.emit({ type: 'exports', exports });
    await tray.getByText(/^Done: /).waitFor();
    // Nobody was there to see it.
    await page.clock.runFor(60_000);
    await tray.hover();
    await page.clock.runFor(60_000);
    await tray.getByText(/^Done: /).waitFor();
    await page.mouse.move(300, 300);
    await page.mouse.move(310, 300);
    await page.clock.runFor(11_000);
    await tray.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await tray.getByText('Export into /before').waitFor();
  });

  it('is begun on a narrow touch screen by a finger that rests, and fits there', async () => {
    const page = await open(6, { width: 390, height: 844, hasTouch: true });
    // Where the mark would be that no finger can see, the photo is pressed.
    const box = (await tile(page, 'a.jpg').boundingBox())!;
    await page.touchscreen.tap(box.x + 14, box.y + 14);
    await page.getByRole('dialog', { name: /a\.jpg/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const finger = await fingersOn(page);
    await finger('touchStart', [box.x + 40, box.y + 40]);
    await barOf(page).getByText('1 selected').waitFor();
    await finger('touchEnd');
    await tile(page, 'b.jpg').tap();
    await barOf(page).getByText('2 selected').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    const count = (await barOf(page).locator('.selection-bar__count').boundingBox())!;
    const next = (await barOf(page).getByRole('button', { name: 'Select all' }).boundingBox())!;
    const text = await barOf(page)
      .locator('.selection-bar__count')
      .evaluate((e) => e.scrollWidth);
    expect(count.x + text).toBeLessThanOrEqual(next.x);
    // What lies below the bar cannot have the focus.
    expect(await page.locator('.search__top').getAttribute('inert')).toBe('');
  });
});
