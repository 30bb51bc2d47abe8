// Takes the screenshots in docs/screens: the built Roost, real files sent as devices send them, real Chromium.
// Run by hand after a build: node scripts/make-screenshots.mjs [folder with photos]
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import { launchBrowser } from '../tests/support/browser.ts';
import { FakePhone } from '../tests/support/fake-phone.ts';
import { RoostProcess } from '../tests/support/roost-process.ts';
import { WindowCaller } from '../tests/support/window-caller.ts';
import { projectRoot } from './lib/project-root.mjs';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
/** Each file under a key of its own, as clients do that know no assets. */
const FOLDERS = ['heic', 'heic-edited', 'jpeg', 'movie', 'odd', 'raw'];
/** PhotoKit gives all five under the key of their asset, with these types and names. */
const LIVE_PHOTO = [
  ['photo.jpeg', 'photo', 'IMG_1234.JPG'],
  ['paired-video.mov', 'paired-video', 'IMG_1234.MOV'],
  ['full-size-photo.jpeg', 'full-size-photo', 'FullSizeRender.jpg'],
  ['full-size-paired-video.mov', 'full-size-paired-video', 'FullSizeRender.mov'],
  ['adjustment-data.plist', 'adjustment-data', 'Adjustments.plist'],
];

const media = resolve(process.argv[2] ?? join(projectRoot, '../shared/media'));
const screens = join(projectRoot, 'docs/screens');
const temp = await mkdtemp(join(tmpdir(), 'roost-screens-'));
await mkdir(screens, { recursive: true });
const roost = await RoostProcess.start({
  dataFolder: join(temp, 'data'),
  libraryFolder: join(temp, 'Pictures', 'Roost'),
});
const window = new WindowCaller(roost.windowUrl);
const browser = await launchBrowser();
try {
  await window.call('settings.change', {
    name: 'Studio',
    libraryFolder: roost.folders.libraryFolder,
    announce: false,
  });
  const { token } = await roost.pair('My iPhone');
  await sendMedia(token);
  await sendBroken(token);
  while ((await window.call('overview.get', {})).previews.waitingCount > 0) await sleep(500);
  await takeAll('timeline', '/');
  await takeWholeTimeline();
  await takeAll('viewer', await photoPath('heic-iphone.heic'));
  await takeAll('details', await livePhotoPath(), (page) => page.keyboard.press('i'));
  await takeAll('jobs', '/jobs');
  await takeAll('job', await jobPath('IMG_4712.MOV'));
  await takeAll('devices', '/devices');
  await takeAll('settings', '/settings');
  await takeAll('folders', '/settings#folders');
  await takeAll('checking', '/settings#checking');
} finally {
  await browser.close();
  await roost.stop();
  await rm(temp, { recursive: true, force: true });
}

/**
 * Everything in the media folder.
 * @param {string} token
 */
async function sendMedia(token) {
  const phone = new FakePhone(roost.lanUrl, token);
  /** @type {(path: string, assetKey: string, resourceType: string, fileName: string) => Promise<void>} */
  const send = async (path, assetKey, resourceType, fileName) => {
    const bytes = await readFile(join(media, path));
    const { status, body } = await phone.upload({ assetKey, resourceType, bytes, fileName });
    if (status !== 201) throw new Error(`${path} was not stored: ${status} ${body}`);
  };
  for (const [file = '', type = '', fileName = ''] of LIVE_PHOTO) {
    await send(`live-photo-edited/${file}`, 'C3754624/L0/001', type, fileName);
  }
  for (const folder of FOLDERS) {
    for (const file of await readdir(join(media, folder))) {
      const type = /\.(mov|mp4)$/i.test(file) ? 'video' : 'photo';
      await send(`${folder}/${file}`, `DCIM/100APPLE/${file}`, type, file);
    }
  }
  phone.close();
}

/**
 * One upload whose digest does not match and one that pauses in the middle, for a history worth looking at.
 * @param {string} token
 */
async function sendBroken(token) {
  const phone = new FakePhone(roost.lanUrl, token);
  const bytes = Buffer.alloc(3_000_000, 1);
  const digest = `sha-256=:${Buffer.alloc(32).toString('base64')}:`;
  await phone.upload({
    assetKey: 'wrong',
    bytes,
    fileName: 'IMG_4711.HEIC',
    headers: { 'repr-digest': digest },
  });
  await phone
    .upload({
      assetKey: 'cut',
      bytes,
      fileName: 'IMG_4712.MOV',
      resourceType: 'video',
      breakAfterByteCount: 2_000_000,
      headers: { 'upload-draft-interop-version': '8', 'upload-complete': '?1' },
    })
    .catch(() => undefined);
  phone.close();
}

async function allAssets() {
  const { months } = await window.call('timeline.months', {});
  const answers = months.map(({ month }) => window.call('timeline.month', { month }));
  return (await Promise.all(answers)).flatMap(({ assets }) => assets);
}

/** @param {string} fileName */
async function photoPath(fileName) {
  const found = (await allAssets()).find((asset) => asset.fileName === fileName);
  if (!found) throw new Error(`${fileName} is not in the timeline`);
  return `/photo/${found.assetId}`;
}

async function livePhotoPath() {
  const found = (await allAssets()).find((asset) => asset.resourceCount === LIVE_PHOTO.length);
  if (!found) throw new Error('The Live Photo is not one asset of five files.');
  return `/photo/${found.assetId}`;
}

/** In a window as tall as the timeline, so that all of it is in one picture. */
async function takeWholeTimeline() {
  for (const colorScheme of SCHEMES) {
    const viewport = { width: 1280, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(roost.windowUrl);
    await page.locator('.tile').first().waitFor();
    // Months that are not loaded yet are estimated, so it takes more than one look.
    for (let look = 0; look < 3; look++) {
      await page.waitForTimeout(1500);
      const height = await page.locator('.timeline').evaluate((each) => each.scrollHeight);
      await page.setViewportSize({ ...viewport, height });
    }
    await page.waitForTimeout(3000);
    await savePicture(await page.screenshot(), `timeline-all-${colorScheme}`);
    await context.close();
  }
}

/**
 * @param {Buffer} screenshot
 * @param {string} name
 */
async function savePicture(screenshot, name) {
  const png = await sharp(screenshot).png({ palette: true, quality: 90 }).toBuffer();
  await sharp(png).toFile(join(screens, `${name}.png`));
}

/** @param {string} fileName */
async function jobPath(fileName) {
  const { jobs } = await window.call('jobs.list', { limit: 200 });
  const found = jobs.find((job) => job.fileName === fileName);
  if (!found) throw new Error(`${fileName} is not in the history`);
  return `/jobs/${found.jobId}`;
}

/**
 * @param {string} name
 * @param {string} path
 * @param {(page: import('playwright-core').Page) => Promise<void>} [prepare]
 */
async function takeAll(name, path, prepare) {
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(roost.windowUrl);
      await page.goto(new URL(path, roost.windowUrl).href);
      await page.locator('#content').waitFor({ state: 'attached' });
      await page.waitForTimeout(3000);
      if (prepare) {
        await prepare(page);
        await page.waitForTimeout(1000);
      }
      await savePicture(await page.screenshot(), `${name}-${colorScheme}-${viewport.width}`);
      await context.close();
    }
  }
}
