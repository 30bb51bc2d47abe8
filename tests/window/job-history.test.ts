import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { ResumingPhone, uploadUrl } from '../support/resuming-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  seriousViolations,
} from './support/open-window.ts';
import { sendBrokenAgain, type SampleDevices, sendSampleJobs } from './support/real-jobs.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let roost: RoostProcess;
let browser: Browser;
let devices: SampleDevices;
let opened: OpenWindow;
let page: Page;

beforeAll(async () => {
  temp = await tempFolder();
  roost = await RoostProcess.start({
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  });
  [browser, devices] = await Promise.all([launchBrowser(), sendSampleJobs(roost)]);
  opened = await openWindow(browser, roost.windowUrl);
  page = opened.page;
});
afterAll(async () => {
  await browser.close();
  await roost.stop();
  await temp[Symbol.asyncDispose]();
});

async function visit(path: string): Promise<void> {
  await page.goto(new URL(path, roost.windowUrl).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const names = () => page.locator('.job-list .job-row__name').allTextContents();
const focused = () =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['row'] ?? '');
const focusedText = () => page.evaluate(() => document.activeElement?.textContent ?? '');

it('tells a day of a device in one line that opens, with what went wrong beside it', async () => {
  await visit('/jobs');
  const line = page.getByRole('button', { name: /Annas iPhone.*10 safe.*1 failed.*1 waiting/ });
  await line.waitFor();
  await page.locator('.job-group', { hasText: 'Old Pixel' }).waitFor();
  // Failures stand out without opening anything; two jobs of the other phone are few enough to be listed.
  await eventually(async () => (await names()).sort()).toEqual([
    '=1+1.JPG',
    'Broken.JPG',
    'Cut off.JPG',
    'IMG_0003.HEIC',
  ]);
  expect(await page.locator('.job-row', { hasText: 'Broken.JPG' }).textContent()).toContain(
    'do not match the checksum',
  );
  await page
    .locator('.job-row', { hasText: 'Cut off.JPG' })
    .getByText('Waiting for the device')
    .waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await line.click();
  await eventually(async () => (await names()).length).toBe(14);
  await page.getByRole('button', { name: /Annas iPhone/, expanded: true }).click();
  await eventually(async () => (await names()).length).toBe(4);
});

it('is walked by keyboard with one stop of Tab, searched with a slash, and comes back', async () => {
  await visit('/jobs');
  const line = page.getByRole('button', { name: /Annas iPhone/ });
  await line.waitFor();
  // One stop for the whole list.
  expect(await page.locator('.job-list__rows [data-row][tabindex="0"]').count()).toBe(1);
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await eventually(async () => (await names()).length).toBe(14);
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('k');
  const first = await focused();
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  expect(await page.locator('.job-list__rows [data-row][tabindex="0"]').count()).toBe(1);
  await page.locator(`[data-row="${first}"]`).focus();
  const name = await focusedText();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.goBack();
  await eventually(focused).toBe(first);
  await eventually(async () => (await names()).length).toBe(14);

  await page.keyboard.press('/');
  await page.keyboard.type('beach');
  await eventually(names).toEqual(['Beach.MOV']);
  expect(new URL(page.url()).search).toBe('?q=beach');
  // The words of the reason, as they are read, are found too.
  await page.keyboard.press('Control+A');
  await page.keyboard.type('checksum');
  await eventually(names).toEqual(['Broken.JPG']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Annas iPhone/ }).waitFor();
  expect(new URL(page.url()).search).toBe('');

  const day = page.getByLabel('Day');
  const entries = () => page.evaluate(() => history.length);
  const entriesBefore = await entries();
  await day.focus();
  await page.keyboard.type('02022020');
  expect(await day.inputValue()).toBe('2020-02-02');
  await page.getByText('No job fits this filter').waitFor();
  expect(new URL(page.url()).search).toBe('?day=2020-02-02');
  // Another day in its place leads back to where the first one led.
  await page.keyboard.press('ArrowUp');
  await eventually(() => new URL(page.url()).search).toBe('?day=2021-02-02');
  expect(await entries()).toBe(entriesBefore + 1);
  // A part taken out is no day and filters nothing until it is one again.
  await page.keyboard.press('Backspace');
  await day.blur();
  expect(await day.inputValue()).toBe('2021-02-02');
  await page.goBack();
  await page.getByRole('button', { name: /Annas iPhone/ }).waitFor();
  expect(await day.inputValue()).toBe('');
  await day.fill('2020-02-02');
  await page.getByRole('link', { name: 'Show all jobs' }).click();
  await page.getByRole('button', { name: /Annas iPhone/ }).waitFor();
});

it('tells how a movie came in two parts, and how the same photo came from another phone', async () => {
  await visit('/jobs?q=beach');
  await page.getByRole('link', { name: 'Beach.MOV' }).click();
  const parts = page.locator('.upload-stretch');
  await eventually(() => parts.count()).toBe(2);
  expect(await parts.first().textContent()).toMatch(/began at the first byte.*brought \d/);
  expect(await parts.last().textContent()).toMatch(/went on after \d.*brought \d/);
  await page.getByText('in 2 requests').waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await visit('/jobs?q=0003');
  await page.locator('.job-row', { hasText: 'Old Pixel' }).getByRole('link').click();
  await page.getByText('The same bytes were in the library already.').waitFor();
  const related = page.getByRole('region', { name: 'Has to do with' });
  await related.getByText('The same bytes', { exact: true }).waitFor();
  await related.getByText('Annas iPhone').waitFor();
});

it('exports what is shown, without letting a spreadsheet calculate', async () => {
  await visit('/jobs?q=jpg');
  await eventually(async () => (await names()).length).toBe(3);
  const files = await Promise.all(
    ['Table (CSV)', 'Data (JSON)'].map(async (name) => {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      return page.evaluate(async (address) => {
        const answer = await fetch(address);
        return {
          disposition: answer.headers.get('content-disposition'),
          bytes: [...new Uint8Array(await answer.arrayBuffer())],
        };
      }, href ?? '');
    }),
  );
  const [csv, json] = files.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
  expect(files[0]?.disposition).toMatch(/^attachment; filename="roost-jobs-\d{4}-\d\d-\d\d\.csv"$/);
  const lines = (csv ?? '').split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFFjob_id,state,file_name,/);
  expect(lines.filter((line) => line !== '')).toHaveLength(4);
  expect(csv).toContain(",'=1+1.JPG,Old Pixel,");
  expect(csv).toMatch(/,failed,Broken.JPG,.*T\d\d:\d\d:\d\d\.\d{3}Z,upload\/digest-mismatch,/);
  const { jobs } = JSON.parse(json ?? '') as { jobs: { fileName: string; uploads: unknown[] }[] };
  expect(jobs.map(({ fileName }) => fileName).sort()).toEqual([
    '=1+1.JPG',
    'Broken.JPG',
    'Cut off.JPG',
  ]);
  expect(jobs.every(({ uploads }) => uploads.length === 1)).toBe(true);
});

it('tells who listens of what became safe, and links the tries of a broken photo', async () => {
  await visit('/jobs?state=failed');
  await page.getByRole('link', { name: 'Broken.JPG' }).waitFor();
  await sendBrokenAgain(roost, devices.iphone.token);
  await page.getByText('No job fits this filter').waitFor();
  await eventually(() => page.locator('[data-live-announcer]').allTextContents()).toContain(
    '1 file is safe.',
  );
  await visit('/jobs?q=broken');
  await page.getByRole('link', { name: 'Broken.JPG' }).click();
  await page.getByText('Try 2').waitFor();
  const tries = await page.locator('.upload-entry').allTextContents();
  expect(tries[0]).toContain('Stored');
  expect(tries[1]).toMatch(/Failed.*nothing kept.*do not match the checksum/);
});

it('shows how fast a movie comes and how long still, that the phone paused it, and that it is safe', async () => {
  await visit('/jobs?q=holiday');
  await page.getByText('No job fits this filter').waitFor();
  const movie = Buffer.alloc(64_000_000, 7);
  const phone = new ResumingPhone(roost.lanUrl, devices.iphone.token, 6);
  const creation = phone.beginCreation({
    assetKey: 'H1',
    resourceType: 'video',
    fileName: 'Holiday.MOV',
    isComplete: true,
    contentLength: movie.byteLength,
  });
  const { headers } = await creation.hears(104, 'location');
  const live = page.getByRole('region', { name: 'Arriving now' });
  let sentByteCount = 0;
  await eventually(async () => {
    const part = movie.subarray(sentByteCount, Math.min(sentByteCount + 500_000, 60_000_000));
    await creation.send(part);
    sentByteCount += part.byteLength;
    return (await live.count()) === 0 ? '' : live.innerText();
  }).toMatch(/MB of 64 MB[^]*[kM]B\/s, .*left/);
  await live.getByText('Receiving', { exact: true }).waitFor();
  const bar = live.getByRole('progressbar', { name: 'Receiving Holiday.MOV' });
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  expect(await seriousViolations(page)).toEqual([]);
  creation.drop();

  const row = page.locator('.job-row', { hasText: 'Holiday.MOV' });
  await row.getByText('Paused by the device').waitFor();
  await row.getByText(/goes on where it stopped, by itself/).waitFor();
  await phone.finish(uploadUrl({ status: 104, headers }), movie);
  await row.getByText('Safe', { exact: true }).waitFor();
});

it('says that the disk is full, what is safe and what to do', async () => {
  const window = new WindowCaller(roost.windowUrl);
  await window.call('settings.change', { reservedFreeByteCount: 1024 ** 4 });
  const phone = new FakePhone(roost.lanUrl, devices.pixel.token);
  const file = { assetKey: 'N1', bytes: Buffer.alloc(1_000, 3), fileName: 'No room.JPG' };
  expect((await phone.upload(file)).status).toBe(507);
  phone.close();
  await visit('/jobs');
  const chips = page.getByRole('navigation', { name: 'Show by state' });
  await chips.getByRole('link', { name: /^Failed/ }).press('Enter');
  await eventually(names).toEqual(['No room.JPG']);
  const row = page.locator('.job-row', { hasText: 'No room.JPG' });
  await row.getByText('Failed', { exact: true }).waitFor();
  expect(await row.innerText()).toMatch(/not enough room .* Make room on the disk/s);
  expect(new URL(page.url()).search).toBe('?state=failed');
  await chips.getByRole('link', { name: /^Already here/ }).click();
  await eventually(names).toEqual(['IMG_0003.HEIC']);
  await window.call('settings.change', { reservedFreeByteCount: 512 * 1024 ** 2 });
});

it('says that Roost had ended without warning, to who looks at what broke off then', async () => {
  await roost.kill();
  roost = await RoostProcess.start(roost.folders);
  await opened.close();
  opened = await openWindow(browser, roost.windowUrl, { theme: 'dark', width: 390, height: 844 });
  page = opened.page;
  await visit('/jobs?q=cut');
  await page.getByRole('link', { name: 'Cut off.JPG' }).click();
  await page.getByText(/Roost was not running: it had ended without warning/).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await visit('/jobs');
  await page.getByRole('button', { name: /Annas iPhone/ }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  expect(opened.errors).toEqual([]);
});
