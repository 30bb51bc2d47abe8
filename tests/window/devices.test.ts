import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakeService } from './support/fake-service.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  seriousViolations,
} from './support/open-window.ts';

let browser: Browser;
let service: FakeService;
let opened: OpenWindow | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  service = await FakeService.start(inject('rendererFolder'));
  service.state.addDevice({ resourceCount: 1204, byteCount: 12e9 });
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function open(options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}/devices`, options);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  await eventually(() => service.listenerCount).toBeGreaterThan(0);
  return opened.page;
}

const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

describe('pairing a device', () => {
  it('shows QR code, code and address, and notices by itself when the device has paired', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pair a device' });
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    await dialog.getByText('4829 1367').waitFor();
    await dialog.getByText(/Valid for \d:\d\d/).waitFor();
    await dialog.getByText('http://192.168.1.20:7678').waitFor();

    service.state.addDevice({ name: 'Old Pixel' });
    service.emit({ type: 'devices' });
    await dialog.getByText('Old Pixel is paired').waitFor();
    await eventually(() => focused(page)).toBe('Done');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Old Pixel' }).waitFor();
  });

  it('takes the code back when it is cancelled, and gives the focus back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await page.getByText('4829 1367').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => service.requests).toContain('DELETE /api/pairing/48291367');
    expect(service.state.pairing).toBeUndefined();
    await eventually(() => focused(page)).toBe('Pair a device');
  });

  it('hides a code that has expired and makes a new one when asked', async () => {
    const page = await open();
    await page.clock.install();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await page.getByText('4829 1367').waitFor();
    await page.clock.fastForward('10:00');
    await page.getByText('This code has expired').waitFor();
    expect(await page.getByText('4829 1367').count()).toBe(0);
    await page.clock.setSystemTime(Date.now());
    await page.getByRole('button', { name: 'Show a new code' }).click();
    await page.getByText('4829 1367').waitFor();
  });

  it('says that the library is away, and shows a code by itself when it is back', async () => {
    const library = { ...service.state.overview().library, state: 'missing' as const };
    service.state.overviewChange = { library };
    service.fail('pairing.begin', 'library/missing');
    const page = await open();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The library folder cannot be reached.').waitFor();
    service.heal('pairing.begin');
    service.state.overviewChange = {};
    service.emit({ type: 'overview' });
    await dialog.getByText('4829 1367').waitFor();
  });

  it('says why there is no code, and tries again', async () => {
    service.fail('pairing.begin', 'service/failed');
    const page = await open();
    await page.getByRole('button', { name: 'Pair a device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Something went wrong inside Roost.').waitFor();
    service.heal('pairing.begin');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText('4829 1367').waitFor();
  });

  it('leads the way where there is no device yet', async () => {
    service.state.devices = [];
    const page = await open();
    await page.getByText('No device is paired yet').waitFor();
    await page.getByRole('button', { name: 'Pair a device' }).waitFor();
    expect(await page.getByRole('link', { name: 'Show me how' }).getAttribute('href')).toBe(
      '/welcome',
    );
  });
});

describe('revoking a device', () => {
  it('asks first, says what stops and what stays, then shows it as revoked', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Revoke My iPhone' }).click();
    const question = page.getByRole('alertdialog', { name: 'Revoke My iPhone?' });
    await question.getByText('From now on this device can send nothing.').waitFor();
    await question.getByText('Everything it has sent stays in the library: 1,204 files').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(service.state.devices[0]?.trusted).toBe(true);

    await page.getByRole('button', { name: 'Revoke My iPhone' }).click();
    await question.getByRole('button', { name: 'Revoke' }).click();
    await question.waitFor({ state: 'detached' });
    const card = page.getByRole('article', { name: 'My iPhone' });
    await card.getByText('It cannot send any more. Its photos are still here.').waitFor();
    expect(service.state.devices[0]?.trusted).toBe(false);
    // What is said of it leaves room for what stands last on the page.
    await page.setViewportSize({ width: 1280, height: 480 });
    await page.locator('.page').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
    const last = (await page.getByRole('button', { name: 'Make a token' }).boundingBox())!;
    const toast = (await page.locator('.toast').boundingBox())!;
    expect(last.y + last.height).toBeLessThanOrEqual(toast.y);

    await card.getByRole('button', { name: 'Pair My iPhone again' }).click();
    await page.getByRole('dialog', { name: 'Pair My iPhone again' }).waitFor();
    await page.getByText('4829 1367').waitFor();
    expect(service.state.pairingDeviceId).toBe(service.state.devices[0]?.deviceId);
  });

  it('takes it out of the list when asked, and back again; a script gets a new token instead of a code', async () => {
    const gone = { trusted: false, revokedAt: Date.now() };
    service.state.addDevice({ name: 'Nightly', model: '', platform: '', app: '', ...gone });
    const page = await open();
    const card = page.getByRole('article', { name: 'Nightly' });
    await card.getByRole('button', { name: 'Remove Nightly from this list' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('Nightly is not in the list any more. Its photos stay.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();

    await card.getByRole('button', { name: 'Remove Nightly from this list' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show 1 removed device' }).click();
    await card.getByRole('button', { name: 'New token for Nightly' }).click();
    await page.getByRole('button', { name: 'Make a new token' }).click();
    await page.getByText('roost_0123456789abcdef', { exact: true }).waitFor();
    expect(service.state.devices.at(-1)).toMatchObject({ name: 'Nightly', trusted: true });
  });

  it('stays open and says why when it did not work', async () => {
    service.fail('device.revoke', 'library/write-failed');
    const page = await open();
    await page.getByRole('button', { name: 'Revoke My iPhone' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Revoke' }).click();
    await question.getByText('The computer could not write to the library.').waitFor();
  });
});

describe('renaming a device by keyboard', () => {
  it('saves with Enter and gives the focus back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Rename My iPhone' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.type('Anna’s phone');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anna’s phone' }).waitFor();
    expect(service.state.devices[0]?.name).toBe('Anna’s phone');
    await eventually(() => focused(page)).toBe('Rename Anna’s phone');
  });

  it('leaves everything as it was with Escape', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Rename My iPhone' }).click();
    await page.keyboard.type('Something else');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'My iPhone' }).waitFor();
    await eventually(() => focused(page)).toBe('Rename My iPhone');
    expect(service.requests.some((request) => request.startsWith('PATCH'))).toBe(false);
  });

  it('does not take an empty name', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Rename My iPhone' }).click();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.getByText('A name is needed.').waitFor();
  });
});

it('makes a token for a script and shows it once, with a line that is ready to run', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Make a token for a script' }).click();
  const dialog = page.getByRole('dialog', { name: 'A token for a script' });
  await dialog.getByLabel('Name').fill('Nightly');
  await page.keyboard.press('Enter');
  await dialog.getByText('roost_0123456789abcdef', { exact: true }).waitFor();
  await dialog
    .getByText(
      'curl -T photo.jpg -H "Authorization: Bearer roost_0123456789abcdef" -H "Roost-Filename: photo.jpg" http://192.168.1.20:7678/v1/assets/photo.jpg/photo',
    )
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByText('roost_0123456789abcdef').count()).toBe(0);
});

it('keeps nobody out on the page and in its dialogs', async () => {
  service.state.addDevice({ name: 'Old Pixel', trusted: false, revokedAt: Date.now() });
  const page = await open();
  await page.getByRole('article').first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Rename My iPhone' }).click();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Pair a device' }).click();
  await page.getByText('4829 1367').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Revoke My iPhone' }).click();
  await page.getByRole('alertdialog').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(opened!.errors).toEqual([]);
});
