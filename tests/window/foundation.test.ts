import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { ERRORS } from '../../shared/error-catalogue.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakeService } from './support/fake-service.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { drawPicture } from './support/sample-pictures.ts';

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
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function open(path = '/', options: OpenWindowOptions = {}): Promise<OpenWindow> {
  opened = await openWindow(browser, `${service.url}${path}`, options);
  return opened;
}

describe('the shell', () => {
  it('gives every view an address, a title, and the focus to its heading after a navigation', async () => {
    service.state.addDevice();
    const { page } = await open('/jobs');
    await page.getByRole('link', { name: 'Jobs', exact: true }).waitFor();
    await eventually(() => page.title()).toBe('Jobs · Roost');

    await page.getByRole('link', { name: 'Devices' }).click();
    await eventually(() => page.title()).toBe('Devices · Roost');
    expect(new URL(page.url()).pathname).toBe('/devices');
    expect(await page.getByRole('link', { name: 'Devices' }).getAttribute('aria-current')).toBe(
      'page',
    );
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

    await page.goBack();
    await eventually(() => page.title()).toBe('Jobs · Roost');

    // Every page begins at the same place.
    const begins: number[] = [];
    for (const name of ['Home', 'Jobs', 'Devices', 'Trash', 'Settings']) {
      await page.getByRole('link', { name, exact: true }).click();
      const heading = page.getByRole('heading', { level: 1, name, exact: true });
      await heading.waitFor();
      begins.push((await heading.boundingBox())!.x);
    }
    expect(new Set(begins).size).toBe(1);
  });

  it('obeys its content security policy on every page', async () => {
    service.state.addDevice();
    const picture = await drawPicture(800, 600, 40);
    const [asset] = service.addAssets({ capturedLocal: '2026-05-01T10:00:00', picture });
    const { page, errors } = await open('/');
    for (const path of [
      '/',
      `/photo/${asset!.assetId}`,
      '/jobs',
      '/devices',
      '/settings',
      '/welcome',
    ]) {
      await page.goto(`${service.url}${path}`);
      await page.locator('h1, [role="dialog"] img').first().waitFor({ state: 'attached' });
    }
    expect(errors).toEqual([]);
  });

  it('says so at an address where there is nothing', async () => {
    service.state.addDevice();
    const { page } = await open('/nothing/here');
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    await page.getByRole('link', { name: 'Go to the timeline' }).click();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('lets the keyboard skip the navigation', async () => {
    service.state.addDevice();
    const { page } = await open('/devices');
    await page.getByRole('heading', { level: 1, name: 'Devices' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('puts the navigation at the bottom of a narrow window', async () => {
    service.state.addDevice();
    const { page } = await open('/devices', { width: 390, height: 844 });
    const navigation = await page.getByRole('navigation', { name: 'Main' }).boundingBox();
    expect(navigation!.y).toBeGreaterThan(700);
    expect(navigation!.width).toBe(390);
    // What has no room there is one press away, and it is said where the person is.
    const more = page.getByRole('button', { name: 'More' });
    expect(await more.getAttribute('aria-current')).toBeNull();
    await more.click();
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    await page.getByRole('menuitem', { name: 'Trash' }).click();
    await page.getByRole('heading', { level: 1, name: 'Trash' }).waitFor();
    const here = page.getByRole('button', { name: 'More: Trash' });
    expect(await here.getAttribute('aria-current')).toBe('page');
    expect(await seriousViolations(page)).toEqual([]);
  });

  const PROBLEMS = [
    ['missing', 'library/missing', 'Connect the drive again. Receiving goes on by itself.'],
    ['full', 'library/disk-full', 'Make room on the disk'],
    ['in-use', 'library/in-use', 'Close the other Roost'],
    ['unusable', 'library/other-library', 'Connect the drive with the right one.'],
    ['unusable', 'library/write-failed', 'Check the drive and its permissions.'],
  ] as const;

  it.each(PROBLEMS)(
    'says on every page that the library is %s for %s, and nothing moves',
    async (state, problemCode, next) => {
      service.state.addDevice();
      const { title } = ERRORS[problemCode];
      const library = { ...service.state.overview().library, state, problemCode };
      const { page } = await open('/jobs');
      const heading = page.getByRole('heading', { level: 1, name: 'Jobs' });
      const problem = page.getByText(title).filter({ visible: true });
      for (const size of WINDOW_SIZES) {
        await page.setViewportSize(size);
        await heading.waitFor();
        const before = await heading.boundingBox();
        service.state.overviewChange = { library };
        service.emit({ type: 'overview' });
        await problem.waitFor();
        expect(await page.getByText(next).filter({ visible: true }).count()).toBe(1);
        expect(await heading.boundingBox()).toEqual(before);
        // The others differ in words alone.
        if (state === 'missing') expect(await seriousViolations(page)).toEqual([]);
        await page.getByRole('link', { name: 'Devices' }).click();
        await problem.waitFor();
        service.state.overviewChange = {};
        service.emit({ type: 'overview' });
        await problem.waitFor({ state: 'detached' });
        await page.goBack();
      }
    },
  );

  it('alarms nobody while the library is being opened', async () => {
    service.state.addDevice();
    const library = { ...service.state.overview().library, state: 'opening' as const };
    service.state.overviewChange = { library };
    const { page } = await open('/jobs');
    await page.getByText('Opening the library').waitFor();
    expect(await page.getByRole('status').filter({ hasText: 'library' }).count()).toBe(0);
  });

  it('asks for everything anew when the library was opened again', async () => {
    service.state.addDevice();
    const { page } = await open('/');
    await page.getByRole('link', { name: 'Timeline' }).waitFor();
    service.addAssets({ capturedLocal: '2026-05-01T10:00:00' });
    service.emit({ type: 'anew' });
    await page.getByRole('heading', { name: 'May 2026' }).waitFor();
  });

  it('counts every file that is safe, whatever it is', async () => {
    service.state.addDevice();
    const library = {
      ...service.state.overview().library,
      assetCount: 15,
      resourceCount: 17,
      byteCount: 28_600_000,
    };
    service.state.overviewChange = { library };
    const { page } = await open('/jobs');
    await page.getByText('17 files safe, 28.6 MB', { exact: true }).waitFor();
  });

  it('takes the colours of the computer unless the person chose others before', async () => {
    service.state.addDevice();
    const { page } = await open('/devices', { theme: 'dark' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe('rgb(19, 19, 18)');
    await page.evaluate(() => localStorage.setItem('roost.theme', 'light'));
    await page.reload();
    expect(await background()).toBe('rgb(250, 249, 247)');
  });
});

describe('the first run', () => {
  it('leads to the welcome page, once, where there are no devices and no photos', async () => {
    const { page } = await open('/');
    await page.waitForURL('**/welcome');
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('heading', { name: 'No photos here yet' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('link', { name: 'Get the first photo here' }).click();
    expect(new URL(page.url()).pathname).toBe('/welcome');
  });

  it('stays at the timeline where a device is paired', async () => {
    service.state.addDevice();
    const { page } = await open('/');
    await page.getByRole('heading', { name: 'No photos here yet' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });
});

describe('a lost connection', () => {
  it('is said, tried again, and everything shown is asked for anew', async () => {
    service.state.addDevice();
    const picture = await drawPicture(800, 600, 40);
    service.addAssets({ capturedLocal: '2026-05-01T10:00:00', picture });
    const { page } = await open('/');
    await page.locator('.tile').first().waitFor();
    const banner = page.getByText('Roost cannot be reached');

    await service.goOffline();
    await banner.waitFor();
    service.addAssets({ capturedLocal: '2026-05-02T10:00:00', picture });
    await service.goOnline();

    await banner.waitFor({ state: 'detached' });
    await eventually(() => page.locator('.tile').count()).toBe(2);
  });

  it('asks for what a person must do when the window is not signed in', async () => {
    service.fail('/api/events', 'auth/window-key-invalid');
    service.fail('overview.get', 'auth/window-key-invalid');
    const { page } = await open('/devices');
    await page.getByText('Open the address that Roost printed at its last start').first().waitFor();
  });

  it('shows the words of the catalogue and a way to try again where a page cannot be loaded', async () => {
    service.state.addDevice();
    service.fail('timeline.months', 'library/missing');
    const { page } = await open('/');
    await page.getByText('The library folder cannot be reached.').waitFor();
    service.heal('timeline.months');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'No photos here yet' }).waitFor();
  });
});
