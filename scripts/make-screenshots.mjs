// Takes the screenshots in docs/screens: the built Roost, real files sent by `roost send`, real Chromium.
// Run by hand after a build: node scripts/make-screenshots.mjs [folder with photos]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import { launchBrowser } from '../tests/support/browser.ts';
import { FakePhone } from '../tests/support/fake-phone.ts';
import { RoostProcess, runRoostJson } from '../tests/support/roost-process.ts';
import { WindowCaller } from '../tests/support/window-caller.ts';
import { projectRoot } from './lib/project-root.mjs';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const SEND = ['heic', 'heic-edited', 'jpeg', 'live-photo-edited', 'movie', 'odd'];

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
  const folders = SEND.map((name) => join(media, name));
  await runRoostJson(['send', '--to', roost.lanUrl, '--token', token, ...folders]);
  await sendBroken(token);
  while ((await window.call('overview.get', {})).previews.waitingCount > 0) await sleep(500);
  await takeAll('timeline', '/');
  await takeAll('viewer', await photoPath('heic-iphone.heic'));
  await takeAll('jobs', '/jobs');
  await takeAll('job', await jobPath('IMG_4712.MOV'));
  await takeAll('devices', '/devices');
  await takeAll('settings', '/settings');
  await takeAll('checking', '/settings#checking');
} finally {
  await browser.close();
  await roost.stop();
  await rm(temp, { recursive: true, force: true });
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

/** @param {string} fileName */
async function photoPath(fileName) {
  for (const { month } of (await window.call('timeline.months', {})).months) {
    const { assets } = await window.call('timeline.month', { month });
    const found = assets.find((asset) => asset.fileName === fileName);
    if (found) return `/photo/${found.assetId}`;
  }
  throw new Error(`${fileName} is not in the timeline`);
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
 */
async function takeAll(name, path) {
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(roost.windowUrl);
      await page.goto(new URL(path, roost.windowUrl).href);
      await page.locator('#content').waitFor({ state: 'attached' });
      await page.waitForTimeout(3000);
      const png = await sharp(await page.screenshot())
        .png({ palette: true, quality: 90 })
        .toBuffer();
      await sharp(png).toFile(join(screens, `${name}-${colorScheme}-${viewport.width}.png`));
      await context.close();
    }
  }
}
