import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fingersOn } from './support/fingers.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
} from './support/open-window.ts';
import { SAMPLE_CLIP } from './support/sample-clip.ts';

/** How many plain photos there are, one a day; the edited one and the movie are newer. */
const PLAIN_COUNT = 40;

let temp: Awaited<ReturnType<typeof tempFolder>>;
let roost: RoostProcess;
let browser: Browser;
let opened: OpenWindow | undefined;
/** Newest first. */
let plain: readonly string[];
let edited: string;
let movie: string;

beforeAll(async () => {
  temp = await tempFolder();
  [browser, roost] = await Promise.all([
    launchBrowser(),
    RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    }),
  ]);
  const { token } = await roost.pair('My iPhone');
  const phone = new FakePhone(roost.lanUrl, token);
  const send = async (assetKey: string, resourceType: string, bytes: Buffer, fileName: string) => {
    const answer = await phone.upload({ assetKey, resourceType, bytes, fileName });
    expect(answer.status).toBe(201);
    return String(answer.headers['roost-asset']);
  };
  const sent: string[] = [];
  for (let day = 0; day < PLAIN_COUNT; day += 1) {
    const month = day < 20 ? '05' : '06';
    const takenAt = `2024:${month}:${String(1 + (day % 20)).padStart(2, '0')} 10:00:00`;
    const colour = { r: 40 + day * 5, g: 220 - day * 5, b: 130 };
    const bytes = await sampleJpeg({ width: 320, height: 240, takenAt, colour });
    sent.push(await send(`plain-${day}`, 'photo', bytes, `PLAIN_${day}.jpg`));
  }
  plain = sent.toReversed();
  const takenAt = '2024:07:01 10:00:00';
  const still = await sampleJpeg({ width: 3000, height: 2000, takenAt });
  const edit = await sampleJpeg({
    width: 2000,
    height: 2000,
    takenAt,
    colour: { r: 9, g: 9, b: 90 },
  });
  edited = await send('edited', 'photo', still, 'IMG_1.JPG');
  await send('edited', 'full-size-photo', edit, 'FullSizeRender.jpg');
  movie = await send('movie', 'video', SAMPLE_CLIP, 'MOVIE.webm');
  phone.close();
});

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

afterAll(async () => {
  await browser.close();
  await roost[Symbol.asyncDispose]();
  await temp[Symbol.asyncDispose]();
});

async function open(path: string, options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, roost.windowUrl, options);
  await opened.page.goto(new URL(path, roost.windowUrl).href);
  return opened.page;
}

const openId = (page: Page) => new URL(page.url()).pathname.split('/').at(-1);
const shownPicture = (page: Page) => page.locator('.picture__layer--shown').first();
const strip = (page: Page) => page.getByRole('navigation', { name: 'Photos before and after' });

async function closeTo(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
}

describe('the filmstrip', () => {
  it('has what stands around in the page and no more, and leads there by keys and by pointer', async () => {
    const page = await open(`/photo/${plain[20]!}`, { width: 390, height: 844 });
    const frames = strip(page).getByRole('link');
    const current = strip(page).locator('[aria-current="true"]');
    await current.waitFor();
    expect(await frames.count()).toBeLessThan(PLAIN_COUNT / 2);
    const box = (await current.boundingBox())!;
    expect(Math.abs(box.x + box.width / 2 - 195)).toBeLessThan(3);

    await current.focus();
    for (const number of [21, 22, 23]) {
      await page.keyboard.press('ArrowRight');
      await eventually(() => openId(page)).toBe(plain[number]);
    }
    await eventually(() =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-current')),
    ).toBe('true');
    await strip(page)
      .getByRole('link', { name: /PLAIN_14.jpg/ })
      .click();
    await page.getByRole('dialog', { name: /PLAIN_14.jpg/ }).waitFor();
    await eventually(() => current.getAttribute('aria-label')).toMatch(/PLAIN_14.jpg/);
  });

  it('stays inside the view the photo was opened from, and so do the arrow keys', async () => {
    // One part that makes no sense takes nothing from the others, as in the grid below.
    const view = '?from=2024-06-01&to=2024-06-02&kinds=nonsense';
    const page = await open(`/photo/${plain[18]!}${view}`);
    await eventually(() => strip(page).getByRole('link').count()).toBe(2);
    await page.keyboard.press('ArrowRight');
    await eventually(() => openId(page)).toBe(plain[19]);
    expect(new URL(page.url()).search).toBe(view);
    await shownPicture(page).waitFor();
    expect(await page.getByRole('button', { name: 'Older' }).count()).toBe(0);
  });
});

describe('the versions of a photo', () => {
  it('are looked at by keys and by pointer, each in its own shape and full size', async () => {
    const page = await open(`/photo/${edited}`);
    const shape = async () => {
      const box = (await page.locator('.picture').boundingBox())!;
      return Math.round((box.width / box.height) * 10) / 10;
    };
    await shownPicture(page).waitFor();
    await eventually(shape).toBe(1);
    await page.keyboard.press('o');
    await eventually(shape).toBe(1.5);
    await page
      .locator('.picture__layer--shown[src*="/media/resources/"][src*="/screen"]')
      .waitFor();
    await page.keyboard.press('1');
    const full = page.locator('.picture__layer--shown[src*="/original"]');
    await full.waitFor();
    expect(await full.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(3000);
    await page.keyboard.press('ArrowRight');
    expect(openId(page)).toBe(edited);
    await page.getByRole('radio', { name: 'Edited' }).click();
    await eventually(shape).toBe(1);
    await page.keyboard.press('v');
    await eventually(shape).toBe(1.5);
  });

  it('are all had at once, by one key, from a dialog that has the keys to itself', async () => {
    const page = await open(`/photo/${edited}`);
    await shownPicture(page).waitFor();
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: /^Export .+\.\w+$/ });
    await dialog.getByText('2 files').waitFor();
    await page.keyboard.press('Delete');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(openId(page)).toBe(edited);
    await page.getByRole('button', { name: 'Export all files' }).click();
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const zip = await readFile(await (await downloading).path(), 'latin1');
    for (const name of ['IMG_1.JPG', 'IMG_1 (edited).jpg']) expect(zip).toContain(name);
    await dialog.waitFor({ state: 'detached' });
    expect(openId(page)).toBe(edited);
  });

  it('tell what the device called them, where that is not their name here', async () => {
    const page = await open(`/photo/${edited}`);
    await shownPicture(page).waitFor();
    await page.keyboard.press('i');
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByText('FullSizeRender.jpg').waitFor();
    await details.getByRole('link', { name: 'Download IMG_1.JPG' }).waitFor();
    await details.getByRole('link', { name: /Download IMG_1 \(edited\)/ }).waitFor();
  });
});

it('plays a movie by the space key, in the parts that the browser asks for', async () => {
  const page = await open(`/photo/${movie}`);
  const answered = page.waitForResponse((answer) => answer.url().includes('/original'));
  await page.reload();
  const answer = await answered;
  expect(answer.status()).toBe(206);
  expect(answer.headers()['content-range']).toBe(
    `bytes 0-${SAMPLE_CLIP.byteLength - 1}/${SAMPLE_CLIP.byteLength}`,
  );
  const video = page.locator('video.video');
  await eventually(() =>
    video.evaluate((each: HTMLVideoElement) => each.readyState),
  ).toBeGreaterThan(1);
  await page.keyboard.press('Space');
  await eventually(() =>
    video.evaluate((each: HTMLVideoElement) => each.currentTime),
  ).toBeGreaterThan(0);
});

it('brings a photo back that was thrown away, and goes back to it', async () => {
  const page = await open(`/photo/${plain[5]!}`);
  await shownPicture(page).waitFor();
  await page.keyboard.press('Delete');
  await eventually(() => openId(page)).toBe(plain[6]);
  await page.keyboard.press('Control+z');
  await eventually(() => openId(page)).toBe(plain[5]);
  await shownPicture(page).waitFor();
});

describe('on a touch screen', () => {
  it('a stroke leads to the next photo, two fingers zoom, two taps fit and a stroke down closes', async () => {
    const page = await open(`/photo/${plain[10]!}`, { width: 390, height: 844 });
    await shownPicture(page).waitFor();
    const send = await fingersOn(page);
    await send('touchStart', [300, 400]);
    await send('touchMove', [240, 405]);
    await eventually(() => page.locator('.picture').evaluate((each) => each.style.translate)).toBe(
      '-60px',
    );
    await send('touchMove', [120, 405]);
    await send('touchEnd');
    await eventually(() => openId(page)).toBe(plain[11]);

    // The one before stays in sight until the next is there.
    await page.getByRole('dialog', { name: /PLAIN_28.jpg/ }).waitFor();
    await shownPicture(page).waitFor();
    const width = async () => (await page.locator('.picture').boundingBox())!.width;
    const fitted = await width();
    await send('touchStart', [180, 400], [210, 400]);
    await send('touchMove', [150, 400], [240, 400]);
    await send('touchMove', [120, 400], [270, 400]);
    await send('touchEnd');
    await eventually(width).toBeGreaterThan(fitted * 2);
    for (let tap = 0; tap < 2; tap += 1) {
      await send('touchStart', [195, 400]);
      await send('touchEnd');
    }
    await eventually(width).toBeCloseTo(fitted, 0);

    await send('touchStart', [195, 300]);
    await send('touchMove', [197, 380]);
    await send('touchMove', [199, 460]);
    await send('touchEnd');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('motion', () => {
  /** Which elements were moved by the page's scripts so far, by their class. */
  async function recordFlights(page: Page): Promise<void> {
    await page.addInitScript(() => {
      const flights: string[] = [];
      Object.assign(globalThis, { flights });
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its element
      const { animate } = Element.prototype;
      Element.prototype.animate = function (frames, options) {
        const isFlight = JSON.stringify(frames).includes('clipPath');
        if (isFlight) flights.push(this.className);
        return animate.call(this, frames, options);
      };
    });
  }
  const flights = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as { flights: string[] }).flights);

  it.each([true, false])('from the tile and back to it is shown: %s', async (hasMotion) => {
    const page = await open('/', { hasMotion });
    await recordFlights(page);
    await page.reload();
    await page.locator(`[data-asset-id="${plain[0]!}"]`).click();
    await shownPicture(page).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: /PLAIN_38.jpg/ }).waitFor();
    await shownPicture(page).waitFor();
    await closeTo(page, '/');
    const wanted = ['picture picture--at-rest', 'picture picture--at-rest picture--leaving'];
    await eventually(() => flights(page)).toEqual(hasMotion ? wanted : []);
    await eventually(() => page.locator('.picture--leaving, .viewer-veil').count()).toBe(0);
    expect(opened!.errors).toEqual([]);
  });
});
