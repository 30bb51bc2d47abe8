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
import { sampleJob } from './support/sample-jobs.ts';
import { drawPicture, type SamplePicture } from './support/sample-pictures.ts';

let browser: Browser;
let picture: SamplePicture;
let service: FakeService;
let opened: OpenWindow | undefined;

beforeAll(async () => {
  [browser, picture] = await Promise.all([launchBrowser(), drawPicture(1200, 900, 200)]);
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

async function open(path = '/welcome', options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}${path}`, options);
  await opened.page.getByRole('heading', { name: 'Welcome to Roost' }).waitFor();
  await eventually(() => service.listenerCount).toBeGreaterThan(0);
  return opened.page;
}

describe('the way from nothing to the first photo', () => {
  it('pairs a phone, waits, and ends with the photo, without a reload', async () => {
    const page = await open('/');
    await page.getByText('This computer is ready').waitFor();
    await page.getByText('4829 1367').waitFor();
    await page.getByText('First connect a phone above.').waitFor();

    service.state.addDevice();
    service.emit({ type: 'devices' });
    await page.getByRole('main').getByText('My iPhone is paired').waitFor();
    await page.getByText('It shows up here by itself').waitFor();

    const { job } = sampleJob(0, { state: 'receiving', receivedByteCount: 1_300_110 });
    service.emit({ type: 'jobs', jobs: [job] });
    const bar = page.getByRole('progressbar', { name: 'Receiving IMG_4711.HEIC' });
    await bar.waitFor();
    expect(await bar.getAttribute('aria-valuenow')).toBe('50');

    const asset = service.receive({
      capturedLocal: '2026-05-01T10:00:00',
      fileName: 'IMG_4711.HEIC',
      picture,
      tile: 'waiting',
    });
    await page.locator('p', { hasText: 'IMG_4711.HEIC is safe' }).waitFor();
    await page.getByText('Making its picture').waitFor();
    service.update(asset.assetId, { tile: 'ready' });
    const image = page.getByRole('img', { name: 'The photo IMG_4711.HEIC' });
    await eventually(() =>
      image.evaluate((element) => (element as HTMLImageElement).naturalWidth),
    ).toBeGreaterThan(0);

    expect(await page.getByRole('link', { name: 'Look at it' }).getAttribute('href')).toBe(
      `/photo/${asset.assetId}`,
    );
    // It stays the first one, whatever comes after it and whenever the page is opened again.
    service.receive({ capturedLocal: '2026-06-01T10:00:00', fileName: 'later.AAE', tile: 'none' });
    await page.getByRole('link', { name: 'Go to the timeline' }).click();
    await page.locator('.tile').first().waitFor();
    await page.goto(new URL('/welcome', page.url()).href);
    await image.waitFor();
    service.receive({ capturedLocal: '2026-06-02T10:00:00', fileName: 'latest.AAE', tile: 'none' });
    await page.getByText('3 photos and videos').waitFor();
    expect(await image.count()).toBe(1);
    expect(opened!.errors).toEqual([]);
  });

  it('says why the first upload failed and what to do', async () => {
    service.state.addDevice();
    const page = await open();
    await page.getByText('It shows up here by itself').waitFor();
    const { job } = sampleJob(0, { state: 'failed', errorCode: 'library/disk-full' });
    service.emit({ type: 'jobs', jobs: [job] });
    const alert = page.getByRole('alert');
    await alert.getByText("There is not enough room on the library's disk.").waitFor();
    expect(await alert.getByRole('link').getAttribute('href')).toBe(`/jobs/${job.jobId}`);
  });

  it('takes the code back when the person goes elsewhere', async () => {
    const page = await open();
    await page.getByText('4829 1367').waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await eventually(() => service.requests).toContain('DELETE /api/pairing/48291367');
  });

  it('makes a new code when the service has started again and knows the old one no more', async () => {
    const page = await open();
    await page.getByText('4829 1367').waitFor();
    const asked = () => service.requests.filter((each) => each === 'POST /api/pairing').length;
    expect(asked()).toBe(1);
    await service.goOffline();
    service.state.overviewChange = { startedAt: Date.now() };
    await service.goOnline();
    await eventually(asked).toBe(2);
    await page.getByText('4829 1367').waitFor();
  });

  it('says what is wrong with the computer before anything else', async () => {
    const library = { ...service.state.overview().library, state: 'missing' as const };
    service.state.overviewChange = {
      library,
      lan: { port: 7678, urls: ['http://127.0.0.1:7678'] },
      discovery: { kind: 'no-network' },
    };
    const page = await open();
    await page.getByText('The library cannot take photos now').waitFor();
    await page.getByRole('alert').getByText('Connect the drive again').waitFor();
    await page.getByText('No network', { exact: true }).waitFor();
    await page.getByText('No other device can reach this computer: it has no network').waitFor();
  });

  it('says that no other device reaches it where Roost runs for this computer alone', async () => {
    service.state.overviewChange = { lan: { port: 7678, urls: ['http://127.0.0.1:7678'] } };
    const page = await open();
    await page.getByText('This computer cannot be reached yet').waitFor();
    await page.getByText('or Roost was started for this computer only').waitFor();
  });
});

describe('other ways to send', () => {
  it('are each one press away, with lines that are ready to run', async () => {
    const page = await open();
    await page.getByText('From another computer').click();
    await page.getByText('roost send --to 192.168.1.20:7678 Pictures', { exact: true }).waitFor();

    await page.getByText('With curl or a script').click();
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByText('Authorization: Bearer roost_0123456789abcdef').waitFor();
  });

  it('make a login for a phone’s app, and say what of it nobody has tried', async () => {
    const page = await open();
    await page.getByText('With the Immich or YAIIU app').click();
    await page.getByLabel('Name of the phone').fill('Pixel');
    await page.keyboard.press('Enter');
    await page.getByText('Pixel can log in now', { exact: true }).waitFor();
    await page.getByText('pixel@roost.home.arpa', { exact: true }).waitFor();
    await page.getByText('k7wq-3mzt-h9xa-b4en-y2cs', { exact: true }).waitFor();

    await page.getByText('And by itself, in the background?').click();
    await page.getByText('We have not tried either on a phone ourselves.').waitFor();
  });
});

it('keeps nobody out, from nothing to the first photo', async () => {
  const page = await open();
  await page.getByText('4829 1367').waitFor();
  for (const way of await page.locator('summary').all()) await way.click();
  expect(await seriousViolations(page)).toEqual([]);
  service.state.addDevice();
  service.emit({ type: 'devices' });
  await page.getByRole('main').getByText('My iPhone is paired').waitFor();
  service.receive({ capturedLocal: '2026-05-01T10:00:00', picture });
  await page.getByRole('link', { name: 'Look at it' }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});
