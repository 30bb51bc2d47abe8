import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  seriousViolations,
} from './support/open-window.ts';

/** What else a camera noted: a lens, and a place where clocks go as in Berlin. */
const RUGEN = {
  lens: 'iPhone 11 back dual wide camera',
  place: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '54/1 24/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 36/1 0/1',
  },
};

let stack: AsyncDisposableStack;
let browser: Browser;
let roost: RoostProcess;
let anna: FakePhone;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  browser = await launchBrowser();
  stack.defer(() => browser.close());
  const temp = stack.use(await tempFolder());
  const folders = {
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  };
  roost = stack.use(await RoostProcess.start(folders));
  anna = await phone('Anna’s iPhone');
  const jorg = await phone('Jörgs Pixel');
  await send(anna, 'IMG_4711.JPG', '2019:08:15 10:12:41', 'Apple iPhone 11');
  await send(anna, 'IMG_4712.JPG', '2019:08:16 10:12:41', 'Apple iPhone 11');
  await send(anna, 'Strand Rügen.JPG', '2019:07:02 09:00:00', 'Apple iPhone 11', RUGEN);
  await send(anna, 'Screenshot_20200101.JPG', '2020:01:01 00:30:00');
  await send(jorg, 'PXL_20200704.JPG', '2020:07:04 18:00:00', 'Google Pixel 7');
  await send(jorg, 'PXL_20210704.JPG', '2021:07:04 18:00:00', 'Google Pixel 7');
}, 120_000);

afterAll(async () => {
  await stack.disposeAsync();
});

async function phone(name: string): Promise<FakePhone> {
  const { token } = await roost.pair(name);
  const made = new FakePhone(roost.lanUrl, token);
  stack.defer(() => made.close());
  return made;
}

let hue = 0;

async function send(
  from: FakePhone,
  fileName: string,
  takenAt: string,
  camera = '',
  noted?: typeof RUGEN,
): Promise<void> {
  hue += 40;
  const background = { r: (hue * 3) % 256, g: (hue * 7) % 256, b: 160 };
  const [make = '', ...model] = camera.split(' ');
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .withExif({
      ...(camera !== '' && { IFD0: { Make: make, Model: model.join(' ') } }),
      IFD2: { DateTimeOriginal: takenAt, ...(noted && { LensModel: noted.lens }) },
      ...(noted && { IFD3: noted.place }),
    })
    .jpeg()
    .toBuffer();
  const { status } = await from.upload({ assetKey: fileName, bytes, fileName });
  expect(status).toBe(201);
}

/** Opens a view of the window for as long as the test. */
async function open(path: string, options = {}): Promise<OpenWindow & AsyncDisposable> {
  // The first address lets the browser in.
  const opened = await openWindow(browser, roost.windowUrl, { height: 1600, ...options });
  await opened.page.goto(new URL(path, roost.windowUrl).href);
  return { ...opened, [Symbol.asyncDispose]: () => opened.close() };
}

/** Names of the photos that are shown, newest first. */
async function shown(page: Page): Promise<string[]> {
  const labels = await page
    .locator('[data-asset-id]')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.split(', ')[1] ?? '');
}

function address(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return decodeURIComponent(pathname + search);
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

const field = (page: Page) => page.getByRole('combobox', { name: 'Search photos and videos' });

it('searches by keyboard: words, dates, suggestions, and back', { timeout: 120_000 }, async () => {
  await using opened = await open('/');
  const { page, errors } = opened;
  await eventually(() => shown(page)).toHaveLength(6);
  await page.keyboard.press('/');
  const height = (await page.locator('.search__field').boundingBox())!.height;
  await page.keyboard.type('4711');
  // What makes it search is said, and can be pressed; the field stays as high as it was.
  const go = page.getByRole('button', { name: 'Search', exact: true });
  expect(await go.innerText()).toMatch(/Search\s+Enter/);
  expect((await page.locator('.search__field').boundingBox())!.height).toBe(height);
  await go.click();
  await eventually(() => shown(page)).toEqual(['IMG_4711.JPG']);
  await go.waitFor({ state: 'detached' });
  await field(page).focus();
  expect(address(page)).toBe('/?q=4711');

  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('iphone august 2019');
  await page.keyboard.press('Enter');
  await eventually(() => shown(page)).toEqual(['IMG_4712.JPG', 'IMG_4711.JPG']);
  expect(address(page)).toBe('/?from=2019-08-01&to=2019-08-31&q=iphone');
  expect(await field(page).inputValue()).toBe('iphone');
  await page.getByRole('status').filter({ hasText: '2 results' }).waitFor();

  await page.keyboard.press('Escape');
  await eventually(() => address(page)).toBe('/?from=2019-08-01&to=2019-08-31');
  await page.goBack();
  await eventually(() => field(page).inputValue()).toBe('iphone');
  await page.goBack();
  await eventually(() => shown(page)).toEqual(['IMG_4711.JPG']);
  await page.goBack();
  await eventually(() => shown(page)).toHaveLength(6);
  // A lens, a kind and a place are found by their words, too.
  for (const [words, names] of [
    ['dual wide', ['Strand Rügen.JPG']],
    ['screenshot', ['Screenshot_20200101.JPG']],
    ['berlin', ['Strand Rügen.JPG']],
    ['jorg', ['PXL_20210704.JPG', 'PXL_20200704.JPG']],
  ] as const) {
    await page.keyboard.press('/');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await eventually(() => shown(page)).toEqual(names);
  }
  await page.keyboard.press('Escape');
  await eventually(() => shown(page)).toHaveLength(6);

  // What is known of cameras comes with reading the files, a moment after they came.
  await field(page).focus();
  await eventually(async () => {
    await field(page).fill('');
    await field(page).fill('pix');
    return page.getByRole('option').allInnerTexts();
  }).toEqual(expect.arrayContaining([expect.stringMatching(/Camera\s+Google Pixel 7\s+2/)]));
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { selected: true, name: /Jörgs Pixel/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { selected: true, name: /Google Pixel 7/ }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await eventually(() => shown(page)).toEqual(['PXL_20210704.JPG', 'PXL_20200704.JPG']);
  expect(address(page)).toBe('/?camera=Google+Pixel+7');
  expect(errors).toEqual([]);
});

it(
  'narrows and widens by pointer, and keeps the view while a photo is open',
  { timeout: 120_000 },
  async () => {
    await using opened = await open('/');
    const { page, errors } = opened;
    await eventually(() => shown(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Show filters' }).click();
    // All of it is in sight, and what is chosen stays under the pointer.
    await page.getByRole('button', { name: 'Camera' }).waitFor();
    const chips = page.locator('.search__chips');
    expect(await chips.evaluate((row) => row.scrollWidth - row.clientWidth)).toBe(0);
    const place = (await page.getByRole('button', { name: 'Screenshots, 1' }).boundingBox())!;
    await page.mouse.click(place.x + 10, place.y + 10);
    await eventually(() => shown(page)).toEqual(['Screenshot_20200101.JPG']);
    await page.getByRole('button', { name: 'Remove filter: Screenshots' }).waitFor();
    await page.mouse.click(place.x + 10, place.y + 10);
    await eventually(() => shown(page)).toHaveLength(6);

    await page.getByRole('button', { name: 'Year' }).click();
    await page.getByRole('menuitem', { name: '2020, 2' }).click();
    await eventually(() => shown(page)).toEqual(['PXL_20200704.JPG', 'Screenshot_20200101.JPG']);
    await page.getByRole('button', { name: 'Device' }).click();
    await page.getByRole('menuitem', { name: 'Jörgs Pixel, 1' }).click();
    await eventually(() => shown(page)).toEqual(['PXL_20200704.JPG']);
    const filtered = address(page);
    expect(filtered).toMatch(/^\/\?deviceId=[0-9a-f-]{36}&from=2020-01-01&to=2020-12-31$/);
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('[data-asset-id]').click();
    await page.waitForURL('**/photo/*');
    expect(new URL(page.url()).search).toBe(new URL(filtered, page.url()).search);
    await page.keyboard.press('Escape');
    await eventually(() => address(page)).toBe(filtered);
    await eventually(() => shown(page)).toEqual(['PXL_20200704.JPG']);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await eventually(() => shown(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Lens' }).click();
    await page.getByRole('menuitem', { name: `${RUGEN.lens}, 1` }).click();
    await eventually(() => shown(page)).toEqual(['Strand Rügen.JPG']);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await eventually(() => shown(page)).toHaveLength(6);

    // By keyboard the focus stays with what was chosen, and goes to the field when nothing is left.
    await page.getByRole('button', { name: 'Screenshots, 1' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => shown(page)).toEqual(['Screenshot_20200101.JPG']);
    await eventually(() => focused(page)).toBe('Remove filter: Screenshots');
    await page.keyboard.press('Enter');
    await eventually(() => shown(page)).toHaveLength(6);
    await eventually(() => focused(page)).toBe('Search photos and videos');
    await page.getByRole('button', { name: 'Year' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '2021, 1' }).waitFor();
    await page.keyboard.press('Enter');
    await eventually(() => shown(page)).toEqual(['PXL_20210704.JPG']);
    await eventually(() => focused(page)).toBe('Remove filter: 2021');
    await page.getByRole('button', { name: 'Clear all' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => focused(page)).toBe('Search photos and videos');
    expect(errors).toEqual([]);
  },
);

it(
  'says which part finds nothing, and what leaving one out would show',
  { timeout: 120_000 },
  async () => {
    await using opened = await open('/?q=xyzzy+rugen&from=2019-01-01&to=2019-12-31');
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: 'Nothing found' }).waitFor();
    expect(await page.title()).toBe('Nothing found · Roost');
    await page.getByText('Nothing here matches “xyzzy”.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Without “xyzzy”: 1 result' }).click();
    await eventually(() => shown(page)).toEqual(['Strand Rügen.JPG']);
    expect(address(page)).toBe('/?from=2019-01-01&to=2019-12-31&q=rugen');
  },
);

it(
  'works on a phone, in the dark, and shows what arrives if it passes',
  { timeout: 120_000 },
  async () => {
    await using opened = await open('/?q=rugen', { width: 390, height: 844, theme: 'dark' });
    const { page, errors } = opened;
    await eventually(() => shown(page)).toEqual(['Strand Rügen.JPG']);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
    await send(anna, 'Kreide Rügen.JPG', '2019:07:03 09:00:00');
    await send(anna, 'IMG_4713.JPG', '2019:07:04 09:00:00');
    await eventually(() => shown(page)).toEqual(['Kreide Rügen.JPG', 'Strand Rügen.JPG']);
    await page.getByRole('status').filter({ hasText: '2 results' }).waitFor();
    await page.goto(new URL('/?q=4713', page.url()).href);
    await eventually(() => shown(page)).toEqual(['IMG_4713.JPG']);
    // Also where nothing passed before, as when the words are of what is read only after an upload.
    await page.goto(new URL('/?q=hiddensee', page.url()).href);
    await page.getByRole('heading', { level: 1, name: 'Nothing found' }).waitFor();
    await send(anna, 'Hiddensee.JPG', '2019:07:05 09:00:00');
    await eventually(() => shown(page)).toEqual(['Hiddensee.JPG']);
    expect(errors).toEqual([]);
  },
);
