// Takes the screenshots in docs/screens: the built Roost, real files sent as devices send them, real Chromium.
// Run by hand after a build: node scripts/make-screenshots.mjs [folder with photos [name of a screen]...]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import { launchBrowser } from '../tests/support/browser.ts';
import { RoostProcess } from '../tests/support/roost-process.ts';
import { WindowCaller } from '../tests/support/window-caller.ts';
import { projectRoot } from './lib/project-root.mjs';
import { LIVE_PHOTO, sendBroken, sendMedia } from './sample-library.mjs';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const media = resolve(process.argv[2] ?? join(projectRoot, '../shared/media'));
const wanted = process.argv.slice(3);
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
  await takeAll('empty', '/');
  await takeAll('welcome', '/welcome');
  const { token, deviceId } = await roost.pair('My iPhone');
  const device = { lanUrl: roost.lanUrl, token };
  await sendMedia(device, media);
  await sendBroken(device);
  while ((await window.call('overview.get', {})).previews.waitingCount > 0) await sleep(500);
  await window.call('scrub.start', {});
  const assets = await allAssets();
  await window.call('assets.favourite', { assetIds: ids(assets.slice(1, 4)), isFavourite: true });
  await takeAll('home', '/home');
  await takeAll('timeline', '/');
  await takeAll('years', '/', zoomOut);
  await takeAll('selection', '/', select);
  await takeAll('export', '/', async (page) => {
    await select(page);
    await page.getByRole('button', { name: /^Export/ }).click();
  });
  await takeAll('shortcuts', '/', (page) => page.keyboard.press('?'));
  await takeAll('search', '/?q=img');
  await takeAll('nothing-found', '/?q=zebra');
  await takeWholeTimeline();
  await takeAll('viewer', await photoPath('heic-iphone.heic'));
  await takeAll('details', await livePhotoPath(), (page) => page.keyboard.press('i'));
  await takeAll('jobs', '/jobs');
  await takeAll('job', await jobPath('IMG_4712.MOV'));
  await takeAll('devices', '/devices');
  await takeAll('device', `/devices/${deviceId}`);
  await takeAll('previews', '/previews');
  await takeAll('settings', '/settings');
  await takeAll('folders', '/settings#folders');
  await takeAll('checking', '/settings#checking');
  await window.call('assets.trash', { assetIds: ids(assets.slice(-3)) });
  await takeAll('trash', '/trash');
} finally {
  await browser.close();
  await roost.stop();
  await rm(temp, { recursive: true, force: true });
}

async function allAssets() {
  const { months } = await window.call('timeline.months', {});
  const answers = months.map(({ month }) => window.call('timeline.month', { month }));
  return (await Promise.all(answers)).flatMap(({ assets }) => assets);
}

/** @param {readonly { assetId: string }[]} assets */
function ids(assets) {
  return assets.map(({ assetId }) => assetId);
}

/** @param {import('playwright-core').Page} page */
async function select(page) {
  for (const at of [0, 1, 2])
    await page
      .locator('.tile__link')
      .nth(at)
      .click({ modifiers: ['Control'] });
}

/** @param {import('playwright-core').Page} page */
async function zoomOut(page) {
  for (let step = 0; step < 4; step++) await page.keyboard.press('-');
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
  if (wanted.length > 0 && !wanted.includes('timeline-all')) return;
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
  if (wanted.length > 0 && !wanted.includes(name)) return;
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
