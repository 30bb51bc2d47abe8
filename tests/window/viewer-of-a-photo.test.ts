import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import type { OriginalOutcome } from '../../shared/shell-bridge.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  seriousViolations,
} from './support/open-window.ts';
import { SAMPLE_CLIP } from './support/sample-clip.ts';

/** The shortest file that is a DNG by its bytes: nothing but the version of the format. */
const EMPTY_DNG = Buffer.from('49492a0008000000010012c60100040000000104000000000000', 'hex');
/** A QuickTime file with nothing in it. */
const EMPTY_MOVIE = Buffer.from('00000014667479707174202000000000717420200000000866726565', 'hex');
/** Other bytes than the clip's, and the same movie: it ends in an element that players pass over. */
const LIVE_MOVIE = Buffer.concat([SAMPLE_CLIP, Buffer.from([0xec, 0x81, 0])]);

let temp: Awaited<ReturnType<typeof tempFolder>>;
let roost: RoostProcess;
let browser: Browser;
let opened: OpenWindow | undefined;
/** As large as a photo of a camera. */
let large: string;
/** A photo and its RAW, converted on the way, with all that a camera notes. */
let raw: string;
let live: string;
let unplayable: string;

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
  const photo = await sampleJpeg({ width: 3000, height: 2000, takenAt: '2024:07:01 10:00:00' });
  large = await send('large', 'photo', photo, 'IMG_1.JPG');
  const noted = await sharp({
    create: { width: 300, height: 200, channels: 3, background: 'teal' },
  })
    .withExif({
      IFD0: { Make: 'Apple', Model: 'iPhone 11' },
      IFD2: {
        DateTimeOriginal: '2024:07:02 10:00:00',
        OffsetTimeOriginal: '+02:00',
        LensModel: 'iPhone 11 back camera',
        ExposureTime: '1/60',
        FNumber: '18/10',
        ISOSpeedRatings: '640',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '47/1 22/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '8/1 33/1 0/1',
      },
    })
    .jpeg()
    .toBuffer();
  raw = await send('raw', 'photo', noted, 'IMG_2.HEIC');
  await send('raw', 'alternate-photo', EMPTY_DNG, 'IMG_2.DNG');
  const still = await sampleJpeg({ takenAt: '2024:07:03 10:00:00' });
  live = await send('live', 'photo', still, 'IMG_3.JPG');
  await send('live', 'paired-video', LIVE_MOVIE, 'IMG_3.MOV');
  unplayable = await send('unplayable', 'video', EMPTY_MOVIE, 'BROKEN.MOV');
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

it('zooms by double click, wheel and keys, and moves what is zoomed by dragging and by arrows', async () => {
  const page = await open(`/photo/${large}`);
  await shownPicture(page).waitFor();
  const scale = () => page.locator('.viewer__scale').innerText();
  const box = async () => (await page.locator('.picture').boundingBox())!;
  const fitted = await scale();
  await page.mouse.dblclick(640, 420);
  await eventually(scale).toBe('100%');
  await page.mouse.move(640, 420);
  await page.mouse.down();
  await page.mouse.move(3000, 420, { steps: 4 });
  await page.mouse.up();
  // Never past its edge.
  await eventually(async () => Math.round((await box()).x)).toBe(0);
  const { y } = await box();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await eventually(async () => (await box()).x).toBeLessThan(-100);
  expect((await box()).y).toBeLessThan(y - 50);
  expect(openId(page)).toBe(large);
  await page.mouse.dblclick(640, 420);
  await eventually(scale).toBe(fitted);
  for (const [key, wanted] of [
    ['+', 'zoomed'],
    ['-', 'fitted'],
    ['1', 'zoomed'],
    ['0', 'fitted'],
  ] as const) {
    await page.keyboard.press(key);
    await eventually(async () => ((await scale()) === fitted ? 'fitted' : 'zoomed')).toBe(wanted);
  }
  const share = async () => {
    const { x, y, width, height } = await box();
    return { x: (520 - x) / width, y: (300 - y) / height, width };
  };
  const before = await share();
  await page.mouse.move(520, 300);
  await page.mouse.wheel(0, -600);
  await eventually(async () => (await share()).width).toBeGreaterThan(before.width * 2);
  const after = await share();
  expect(after.x).toBeCloseTo(before.x, 2);
  expect(after.y).toBeCloseTo(before.y, 2);
  await page.getByRole('button', { name: 'Fit to the window' }).click();
  await eventually(scale).toBe(fitted);
});

it('tells what the camera noted, what was lost on the way and how to prove the rest, and gives the file', async () => {
  const page = await open(`/photo/${raw}`);
  await shownPicture(page).waitFor();
  await page.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('Apple iPhone 11').waitFor();
  const words = (await details.innerText()).replaceAll('\u00a0', ' ');
  for (const part of [
    '2 July 2024, 10:00:00 (UTC+2)',
    'From the photo itself',
    'iPhone 11 back camera',
    '1/60 s, f/1.8, ISO 640',
    'This was taken as HEIC, and a JPEG made of it arrived.',
    '47.36667° N, 8.55000° E',
    'My iPhone',
    join('2024', '2024-07', 'IMG_2.HEIC'),
  ]) {
    expect(words).toContain(part);
  }
  expect(await seriousViolations(page)).toEqual([]);
  const hashes = [...words.matchAll(/\b[0-9a-f]{64}\b/g)].map(([hash]) => hash);
  for (const link of [
    page.getByRole('link', { name: 'Download the original', exact: true }),
    details.getByRole('link', { name: 'Download IMG_2.DNG' }),
  ]) {
    const downloading = page.waitForEvent('download');
    await link.press('Enter');
    const bytes = await readFile(await (await downloading).path());
    expect(hashes).toContain(sha256Of(bytes));
  }
  await page.keyboard.press('i');
  await details.waitFor({ state: 'detached' });
});

it('plays a Live Photo in its tile under the pointer and by the space key, and in the viewer', async () => {
  const page = await open('/', { hasMotion: true });
  const tile = page.locator(`[data-asset-id="${live}"]`);
  const clip = tile.locator('.tile__clip--running');
  await eventually(() => tile.getAttribute('aria-label')).toMatch(/^Live Photo, /);
  await tile.locator('[data-mark="live-photo"]').waitFor();
  // The clip is made when it is first asked for.
  await tile.hover();
  await clip.waitFor();
  await page.mouse.move(0, 0);
  await clip.waitFor({ state: 'detached' });
  await tile.press('Space');
  await clip.waitFor();
  await tile.press('Enter');
  const stage = page.locator('.picture__movie');
  await shownPicture(page).waitFor();
  await page.getByRole('dialog').press('Space');
  await stage.waitFor();
  // It ends by itself.
  await stage.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Play the Live Photo' }).click();
  await stage.waitFor();
});

it('shows the RAW by its key and the photo by the switch', async () => {
  const page = await open(`/photo/${raw}`);
  await page.getByRole('radio', { name: 'RAW' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('radio', { name: 'RAW', checked: true }).waitFor();
  await page.locator('.viewer__name', { hasText: 'IMG_2.DNG' }).waitFor();
  await page.getByRole('radio', { name: 'Original' }).click();
  await page.locator('.viewer__name', { hasText: 'IMG_2.HEIC' }).waitFor();
});

it('hands originals to the desktop program by their receipts, and says what came of it', async () => {
  const page = await open(`/photo/${large}`);
  await page.addInitScript(() => {
    const asked: string[] = [];
    const answer = (what: string, outcome: OriginalOutcome) => (receiptId: string) => {
      asked.push(`${what} ${receiptId}`);
      return Promise.resolve(outcome);
    };
    Object.assign(globalThis, {
      asked,
      roostShell: {
        platform: 'linux',
        version: '0.0.0',
        chooseFolder: () => Promise.resolve(undefined),
        openOriginal: answer('open', 'failed'),
        showOriginalInFolder: answer('show', 'done'),
      },
    });
  });
  await page.reload();
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await page.keyboard.press('i');
  await page.getByRole('button', { name: /Open IMG_1.JPG in another program/ }).click();
  await page.getByText('This computer has no program that opens it').waitFor();
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  expect(await asked()).toEqual([
    expect.stringMatching(/^show [0-9a-f-]{36}$/),
    expect.stringMatching(/^open [0-9a-f-]{36}$/),
  ]);

  await page.goto(new URL(`/photo/${unplayable}`, roost.windowUrl).href);
  await page.getByText('This browser cannot play this video.').waitFor();
  await page.getByRole('button', { name: 'Show in folder' }).press('Enter');
  await page.getByRole('button', { name: 'Open in another program', exact: true }).press('Enter');
  await eventually(asked).toEqual([
    expect.stringMatching(/^show [0-9a-f-]{36}$/),
    expect.stringMatching(/^open [0-9a-f-]{36}$/),
  ]);
});
