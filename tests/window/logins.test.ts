import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { eventually, seriousViolations, WINDOW_SIZES } from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';

const lab = WindowLab.forThisFile();
const LOGIN = { loginName: 'tablet@roost.home.arpa', lockedAt: Date.UTC(2026, 4, 1) };
const LONG_NAME = 'Ada’s very long-named phone for the household in the kitchen';

async function openDevices(options: { width?: number; height?: number } = {}): Promise<Page> {
  const { page } = await lab.open('/devices', options);
  await page.getByRole('article').first().waitFor();
  return page;
}

const isAtEnd = (element: Element) =>
  element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
const heightOf = async (page: Page) =>
  (await page.getByRole('dialog').locator('..').boundingBox())!.height;

describe('what an app needs to log in', () => {
  it('has an address to copy where Roost runs for this computer alone, also once the dialog is closed', async () => {
    lab.service.state.overviewChange = { lan: { port: 7678, urls: ['http://127.0.0.1:7678'] } };
    const page = await openDevices();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await page.getByRole('tab', { name: 'Immich or YAIIU' }).click();
    await page.getByLabel('Name of the phone').fill('Pixel');
    await page.keyboard.press('Enter');
    const address = { name: 'Copy: Server address http://127.0.0.1:7678' };
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', address).waitFor();
    await dialog.getByText('good for programs on it alone').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('link', { name: 'What is here of Pixel' }).click();
    await page.getByRole('button', address).click();
    await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe(
      'http://127.0.0.1:7678',
    );
    await page.getByRole('button', { name: 'Copy: User (email)' }).waitFor();
    await page.getByText('as server endpoint URL, then email and password').waitFor();
    // What was lost: a password is made anew here, a key by pairing again.
    await page.getByRole('button', { name: 'New password' }).waitFor();
    await page.getByText('revoke this device and then pair it again as an app').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('stands in a dialog whose title and button stay, of one height for both ways', async () => {
    for (const size of WINDOW_SIZES) {
      const page = await openDevices(size);
      await page.getByRole('button', { name: 'Pair a device' }).click();
      await page.getByText('4829 1367').waitFor();
      const height = await heightOf(page);
      await page.getByRole('tab', { name: 'Immich or YAIIU' }).click();
      await page.getByLabel('Name of the phone').fill(LONG_NAME);
      expect(await heightOf(page)).toBe(height);
      const cancel = (await page.getByRole('button', { name: 'Cancel' }).boundingBox())!;
      const make = (await page.getByRole('button', { name: 'Make a login' }).boundingBox())!;
      expect(make.y).toBe(cancel.y);

      await page.getByRole('button', { name: 'Make a login' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Shown only now').waitFor();
      // By keyboard: the dialog that shows it is what scrolls.
      await page.keyboard.press('End');
      await dialog.getByText('The user only looks like an email address').waitFor();
      await eventually(() => dialog.evaluate(isAtEnd)).toBe(true);
      const box = (await dialog.boundingBox())!;
      const title = (await dialog.getByRole('heading', { level: 2 }).boundingBox())!;
      const done = (await dialog.getByRole('button', { name: 'Done' }).boundingBox())!;
      expect(title.y).toBeGreaterThan(box.y);
      expect(done.y + done.height).toBeLessThanOrEqual(box.y + box.height - 16);
      expect(box.y + box.height).toBeLessThanOrEqual(size.height);
      await lab.opened.close();
    }
  });
});

it('warns of a name that another device has, and takes it all the same', async () => {
  lab.service.state.addDevice({
    name: 'Old Pixel',
    removedAt: Date.UTC(2026, 4, 1),
    trusted: false,
  });
  const page = await openDevices();
  const warning = page.getByText('Another device has this name already.');
  await page.getByRole('button', { name: 'Make a token for a script' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Old Pixel');
  expect(await warning.count()).toBe(0);
  await page.getByRole('textbox', { name: 'Name' }).fill('my iphone');
  await warning.waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Token for my iphone', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();

  lab.service.emit({ type: 'devices' });
  await page.getByRole('button', { name: 'Rename my iphone', exact: true }).click();
  await page.keyboard.type('Script');
  expect(await warning.count()).toBe(0);
  await page.getByLabel('Name of the device').fill('My iPhone');
  await warning.waitFor();
});

it('says of a locked login that it is locked, and speaks every button by the words on it', async () => {
  lab.service.state.addDevice({ name: 'Tablet', login: LOGIN });
  const gone = { trusted: false, revokedAt: Date.UTC(2026, 4, 1) };
  lab.service.state.addDevice({ name: 'Pixel', model: '', platform: '', app: '', ...gone });
  const removedAt = Date.UTC(2026, 4, 2);
  lab.service.state.addDevice({ name: 'Old Pixel', ...gone, removedAt });
  const page = await openDevices({ width: 390, height: 844 });
  const card = page.getByRole('article', { name: 'Tablet' });
  await card.getByText('Login locked', { exact: true }).waitFor();
  // Only since when: nothing says in green that all is well.
  expect(await card.locator('.tone--good').count()).toBe(0);
  const unlock = (await card.getByRole('button', { name: 'Unlock' }).boundingBox())!;
  expect(unlock.height).toBeGreaterThanOrEqual(44);

  for (const language of ['en', 'de']) {
    await page.evaluate((each) => localStorage.setItem('roost.language', each), language);
    await page.reload();
    await page.getByRole('button', { name: /1 (removed|entferntes)/ }).click();
    await page.getByRole('article', { name: 'Old Pixel' }).waitFor();
    const spoken = await page
      .locator('.page :is(button, a)[aria-label]')
      .evaluateAll((all) => all.map((each) => [each.ariaLabel ?? '', each.textContent] as const));
    expect(spoken.length).toBeGreaterThan(10);
    const unlike = spoken.filter(
      ([label, words]) => !label.toLowerCase().includes(words.toLowerCase()),
    );
    expect(unlike).toEqual([]);
  }
});

it('closes a dialog with Escape also just after a press beside it', async () => {
  const page = await openDevices();
  await page.getByRole('button', { name: 'Make a token for a script' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Script');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Token for Script', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).focus();
  // Both of one moment, in which the page gets no frame to put the focus back.
  const isInside = await page.evaluate(() => {
    const scrim = document.querySelector('.dialog-scrim');
    const press = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    return scrim?.dispatchEvent(press) === false;
  });
  expect(isInside).toBe(true);
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

it('has no toast over the buttons of a dialog, whichever came first', async () => {
  for (const size of WINDOW_SIZES) {
    lab.service.state.addDevice({ name: 'Tablet', login: LOGIN });
    const page = await openDevices(size);
    await page.getByRole('button', { name: 'Unlock' }).first().click();
    const toast = page.locator('.toast');
    await toast.waitFor();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await page.getByRole('tab', { name: 'Immich or YAIIU' }).click();
    await page.getByLabel('Name of the phone').fill(LONG_NAME);
    await page.keyboard.press('Enter');
    const done = page.getByRole('button', { name: 'Done' });
    await done.waitFor();
    const isApart = async () => {
      const [one, other] = [await toast.boundingBox(), await done.boundingBox()];
      if (one === null || other === null) return undefined;
      const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
      return isBeside || one.y + one.height <= other.y || other.y + other.height <= one.y;
    };
    await eventually(isApart).toBe(true);
    await lab.opened.close();
  }
});
