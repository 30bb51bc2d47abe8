import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { SHELL_BRIDGE_NAME } from '../../shared/shell-bridge.ts';
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
  service.state.addDevice();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function open(options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}/settings`, options);
  await opened.page.getByLabel('Library folder').waitFor();
  await eventually(() => service.listenerCount).toBeGreaterThan(0);
  return opened.page;
}

describe('a setting that is typed', () => {
  it('is saved with Enter, says so, and leaves the others alone', async () => {
    const page = await open();
    await page.getByLabel('Name', { exact: true }).fill('Attic');
    await page.keyboard.press('Enter');
    await page.locator('.saved-mark').waitFor();
    expect(service.state.settings).toMatchObject({ name: 'Attic', lanPort: 7678 });
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it('goes back to what is in force with Escape', async () => {
    const page = await open();
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Attic');
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await name.press('Escape');
    expect(await name.inputValue()).toBe('Study');
    expect(service.state.settings.name).toBe('Study');
  });

  it('is checked before it is sent, with the reason at the field', async () => {
    const page = await open();
    const port = page.getByLabel('Port for devices');
    await port.fill('99999');
    await port.press('Enter');
    const reason = page.getByText('A whole number from 1 to 65535.');
    await reason.waitFor();
    expect(await port.getAttribute('aria-invalid')).toBe('true');
    expect(await port.getAttribute('aria-describedby')).toContain(await reason.getAttribute('id'));
    expect(service.state.settings.lanPort).toBe(7678);
  });

  it('shows at the field why the service did not take it', async () => {
    service.fail('settings.change', 'library/in-use');
    const page = await open();
    const folder = page.getByLabel('Library folder');
    await folder.fill('/mnt/photos');
    await folder.press('Enter');
    await page
      .locator('.field', { has: folder })
      .getByText('Another Roost is using this library. Close the other Roost')
      .waitFor();
    expect(await folder.inputValue()).toBe('/mnt/photos');
  });

  it('takes a size as a person writes it', async () => {
    const page = await open();
    const reserved = page.getByLabel('Keep free on the disk');
    expect(await reserved.inputValue()).toBe('537 MB');
    await reserved.fill('2 GB');
    await reserved.press('Enter');
    await eventually(() => service.state.settings.reservedFreeByteCount).toBe(2e9);
    await eventually(() => reserved.inputValue()).toBe('2 GB');
  });
});

it('saves a switch at once, and takes it back when the service refuses', async () => {
  const page = await open();
  const announce = page.getByRole('switch', { name: /Announce on the network/ });
  await announce.focus();
  await page.keyboard.press('Space');
  await eventually(() => service.state.settings.announce).toBe(false);
  await eventually(() => announce.isChecked()).toBe(false);

  service.fail('settings.change', 'service/failed');
  await page.keyboard.press('Space');
  await page.getByRole('alert').getByText('Something went wrong inside Roost.').waitFor();
  expect(await announce.isChecked()).toBe(false);
});

it('offers the restart a change needs, waits for the service, and says when it is back', async () => {
  const page = await open();
  service.state.restartNeeded = true;
  const port = page.getByLabel('Port for devices');
  await port.fill('8000');
  await port.press('Enter');
  await page.getByText('Restart to apply').waitFor();

  await page.getByRole('button', { name: 'Restart now' }).click();
  await page.getByText('Roost is starting again', { exact: true }).waitFor();
  await eventually(() => service.requests).toContain('POST /api/service/restart');
  service.emit({ type: 'stopping' });
  await service.goOffline();
  service.state.restartNeeded = false;
  service.state.overviewChange = { startedAt: Date.now() };
  await service.goOnline();

  await page.getByText('Roost is running again').waitFor();
  expect(await page.getByText('Restart to apply').count()).toBe(0);
  expect(await page.getByText('Roost is starting again', { exact: true }).count()).toBe(0);
});

it('says in plain words how devices find this computer, live', async () => {
  const page = await open();
  await page.getByText('Announced as “Study”').waitFor();
  service.state.overviewChange = { discovery: { kind: 'no-network' } };
  service.emit({ type: 'discovery', state: { kind: 'no-network' } });
  await page.getByText('No network').first().waitFor();
  await page.getByText('Connect this computer to the network the phones are in.').waitFor();
});

it('shows the notices of what it is made of when asked', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Show third-party notices' }).click();
  await page.getByText('# Third-party notices').waitFor();
  expect(opened!.errors).toEqual([]);
});

it('changes and remembers the colours', async () => {
  const page = await open({ theme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: /Colours/ }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await eventually(background).not.toBe(light);
  await page.reload();
  await page.getByRole('button', { name: /Dark/ }).waitFor();
  expect(await background()).not.toBe(light);
});

describe('what only the desktop program can do', () => {
  it('is not offered in a browser', async () => {
    const page = await open();
    expect(await page.getByRole('button', { name: 'Choose a folder' }).count()).toBe(0);
    expect(await page.getByText('Start when I sign in').count()).toBe(0);
  });

  it('is choosing the folder in a dialog and starting when the person signs in', async () => {
    const page = await open();
    await page.addInitScript((name) => {
      const chooseFolder = (title: string) =>
        Promise.resolve(title === 'Library folder' ? '/home/anna/Photos' : undefined);
      Object.assign(window, { [name]: { platform: 'linux', version: '', chooseFolder } });
    }, SHELL_BRIDGE_NAME);
    await page.reload();
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await eventually(() => service.state.settings.libraryFolder).toBe('/home/anna/Photos');
    await page.getByText('Start when I sign in').click();
    await eventually(() => service.state.settings.startAtLogin).toBe(true);
  });
});

it('keeps nobody out of the settings', async () => {
  service.state.restartNeeded = true;
  const page = await open();
  await page.getByLabel('Port for devices').fill('0');
  await page.keyboard.press('Enter');
  await page.getByText('Announce on the network').click();
  await page.locator('.saved-mark').waitFor();
  await page.getByText('About this Roost').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(opened!.errors).toEqual([]);
});
