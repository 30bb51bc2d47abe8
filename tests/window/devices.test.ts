import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
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

    await card.getByRole('button', { name: 'Pair again: My iPhone' }).click();
    await page.getByRole('dialog', { name: 'Pair My iPhone again' }).waitFor();
    await page.getByText('4829 1367').waitFor();
    expect(service.state.pairingDeviceId).toBe(service.state.devices[0]?.deviceId);
  });

  it('takes it out of the list when asked, and back again; a script gets a new token instead of a code', async () => {
    const gone = { trusted: false, revokedAt: Date.now() };
    service.state.addDevice({ name: 'Nightly', model: '', platform: '', app: '', ...gone });
    const page = await open();
    const card = page.getByRole('article', { name: 'Nightly' });
    await card.getByRole('button', { name: 'Remove from this list: Nightly' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('Nightly is not in the list any more. Its photos stay.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();

    await card.getByRole('button', { name: 'Remove from this list: Nightly' }).click();
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

describe('a login for the Immich or YAIIU app', () => {
  it('is made, shown once, locked by guesses, unlocked and renewed, before the real service', async () => {
    const clock = new ManualClock(Date.now());
    await using roost = await ServiceInTest.start({
      clock,
      rendererFolder: inject('rendererFolder'),
    });
    const login = async (email: string, password: string) => {
      const response = await fetch(`${roost.lanUrl}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
      const { accessToken } = (await response.json()) as { accessToken?: string };
      return { status: response.status, accessToken: accessToken ?? '' };
    };
    const isLetIn = async (headers: Record<string, string>) =>
      (await fetch(`${roost.lanUrl}/api/users/me`, { headers })).status;

    opened = await openWindow(browser, roost.running.windowUrl);
    const { page } = opened;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.goto(new URL('/devices', roost.running.windowUrl).href);

    // Made by keyboard alone.
    await page.getByRole('button', { name: 'Pair a device' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'QR code', selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Immich or YAIIU', selected: true }).waitFor();
    expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('A name is needed.').waitFor();
    await page.keyboard.type('Ada’s iPhone');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pair a device' });
    await dialog.getByText('Ada’s iPhone can log in now', { exact: true }).waitFor();
    const shown = async (label: string, form: RegExp) => {
      await dialog.getByRole('button', { name: `Copy: ${label}`, exact: true }).click();
      await eventually(copied).toMatch(form);
      const text = await copied();
      await dialog.getByText(text, { exact: true }).waitFor();
      return text;
    };
    const name = await shown('User (email)', /@/);
    const password = await shown('Password', /^[a-z0-9]{4}(-[a-z0-9]{4}){4}$/);
    const key = await shown('API key', /^roost_/);
    expect(name).toBe('adas-iphone@roost.home.arpa');
    const session = await login(name, password);
    expect(session.status).toBe(201);
    expect(await isLetIn({ 'x-api-key': key })).toBe(200);

    // A slip of the pointer does not take it away; nothing brings it back once it is closed.
    await page.mouse.click(5, 5);
    expect(await dialog.getByText(password, { exact: true }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => focused(page)).toBe('Pair a device');
    expect(await page.getByText(password).count()).toBe(0);
    const card = page.getByRole('article', { name: 'Ada’s iPhone' });
    await card.getByText(name, { exact: true }).waitFor();

    const statuses = new Set<number>();
    for (let at = 0; at < 20; at += 1) {
      clock.advance(61_000);
      statuses.add((await login(name, 'guessed')).status);
    }
    expect([...statuses]).toEqual([401]);
    expect((await login(name, password)).status).toBe(403);
    await card.getByText('Login locked after many wrong passwords').waitFor();
    await card.getByText('The last wrong password came from 127.0.0.1.').waitFor();
    await card.getByText('what is backed up is safe').waitFor();

    // The home page says it, too, and leads to where it is unlocked.
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('link', { name: /^The login of Ada’s iPhone is locked/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ada’s iPhone' }).waitFor();
    await page.getByRole('button', { name: 'Unlock the login of Ada’s iPhone' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('can log in again, with the same password').first().waitFor();
    await page.getByText('Login locked after').waitFor({ state: 'detached' });
    await eventually(() => focused(page)).toBe('New password');
    expect((await login(name, password)).status).toBe(201);

    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: 'Make a new password for Ada’s iPhone?' });
    await question.getByText('Apps that are logged in stay so').waitFor();
    await question.getByRole('button', { name: 'Make a new password' }).click();
    const told = page.getByRole('dialog', { name: 'New password' });
    await told.getByRole('button', { name: 'Copy: Password', exact: true }).click();
    await eventually(copied).not.toBe(key);
    const renewed = await copied();
    expect((await login(name, password)).status).toBe(401);
    expect((await login(name, renewed)).status).toBe(201);
    expect(await isLetIn({ authorization: `Bearer ${session.accessToken}` })).toBe(200);
    await told.getByRole('button', { name: 'Done' }).click();
    await eventually(() => focused(page)).toBe('New password');

    // Shut out and let in again: by a login it is the device it was.
    await page.goto(new URL('/devices', roost.running.windowUrl).href);
    await page.getByRole('button', { name: 'Revoke Ada’s iPhone' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await card.getByText('It cannot send any more.').waitFor();
    expect(await isLetIn({ authorization: `Bearer ${session.accessToken}` })).toBe(401);
    await card.getByRole('button', { name: 'Pair again: Ada’s iPhone' }).click();
    const again = page.getByRole('dialog', { name: 'Pair Ada’s iPhone again' });
    await again.getByText('its photos go on in the folder “Ada’s iPhone”').waitFor();
    await again.getByRole('button', { name: 'Make a login for Ada’s iPhone' }).click();
    await again.getByRole('button', { name: 'Copy: Password', exact: true }).click();
    await eventually(copied).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){4}$/);
    await eventually(copied).not.toBe(renewed);
    expect((await login(name, await copied())).status).toBe(201);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('article').count()).toBe(1);
    expect(opened.errors).toEqual([]);
  });

  it('is shown with the address to type, or with the reason why there is none', async () => {
    const page = await open();
    service.fail('device.createLogin', 'library/missing');
    await page.getByRole('button', { name: 'Pair a device' }).click();
    await page.getByRole('tab', { name: 'Immich or YAIIU' }).click();
    await eventually(() => service.requests).toContain('DELETE /api/pairing/48291367');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the phone').fill('Pixel');
    await dialog.getByRole('button', { name: 'Make a login' }).click();
    await dialog.getByText('The library folder cannot be reached.').waitFor();
    service.heal('device.createLogin');
    await dialog.getByRole('button', { name: 'Make a login' }).click();
    await dialog.getByText('http://192.168.1.20:7678', { exact: true }).waitFor();
    await dialog.getByText('server endpoint URL, then email and password').waitFor();
    service.state.overviewChange = { lan: { port: 7678, urls: ['http://127.0.0.1:7678'] } };
    service.emit({ type: 'overview' });
    await dialog.getByText('No other device can reach this computer').waitFor();
  });
});

it('keeps nobody out on the page and in its dialogs', async () => {
  service.state.addDevice({ name: 'Old Pixel', trusted: false, revokedAt: Date.now() });
  const login = { loginName: 'tablet@roost.home.arpa', lockedAt: Date.now() };
  service.state.addDevice({ name: 'Tablet', login });
  const page = await open();
  await page.getByRole('article').first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Rename My iPhone' }).click();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Pair a device' }).click();
  await page.getByText('4829 1367').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Immich or YAIIU' }).click();
  await page.getByLabel('Name of the phone').fill('Pixel');
  await page.keyboard.press('Enter');
  await page.getByText('Pixel can log in now', { exact: true }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Revoke My iPhone' }).click();
  await page.getByRole('alertdialog').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(opened!.errors).toEqual([]);
});
