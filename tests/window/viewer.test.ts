import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { TimelineAsset } from '../../shared/window-views.ts';
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
import { SAMPLE_CLIP } from './support/sample-clip.ts';
import { drawPicture, type SamplePicture } from './support/sample-pictures.ts';

let browser: Browser;
let wide: SamplePicture;
let tall: SamplePicture;
let service: FakeService;
let opened: OpenWindow | undefined;
let assets: readonly TimelineAsset[];

beforeAll(async () => {
  [browser, wide, tall] = await Promise.all([
    launchBrowser(),
    drawPicture(3000, 2000, 20),
    drawPicture(1200, 1600, 200),
  ]);
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  service = await FakeService.start(inject('rendererFolder'));
  service.state.addDevice();
  assets = service.addAssets(
    { capturedLocal: '2019-08-15T10:12:41', fileName: 'newest.jpg', picture: wide },
    { capturedLocal: '2019-08-14T10:12:41', fileName: 'middle.jpg', picture: tall },
    { capturedLocal: '2019-07-01T10:12:41', fileName: 'oldest.jpg', picture: wide },
  );
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function openPath(path: string, options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}${path}`, options);
  return opened.page;
}

const openPhoto = (asset: TimelineAsset, options: OpenWindowOptions = {}) =>
  openPath(`/photo/${asset.assetId}`, options);

const path = (page: Page) => new URL(page.url()).pathname;
const dialog = (page: Page) => page.getByRole('dialog');
const picture = (page: Page) => page.locator('.picture');
const scale = (page: Page) => page.locator('.viewer__scale').innerText();

async function waitForScreen(page: Page): Promise<void> {
  await page.locator('.picture__layer--shown[src*="/screen"]').waitFor();
}

describe('the viewer', () => {
  it('shows a photo at its own address, whole and in its shape, with its name as the title', async () => {
    const page = await openPhoto(assets[0]!);
    await waitForScreen(page);
    const box = (await picture(page).boundingBox())!;
    expect(box.width / box.height).toBeCloseTo(1.5, 1);
    expect(box.width).toBeLessThanOrEqual(1280);
    await eventually(() => page.title()).toBe('newest.jpg · Roost');
    await page.getByRole('dialog', { name: 'Photo, newest.jpg, 15 August 2019' }).waitFor();
  });

  it('goes to older and newer photos by arrows and buttons, and ends at the ends', async () => {
    const page = await openPhoto(assets[1]!);
    await waitForScreen(page);
    await page.keyboard.press('ArrowRight');
    await eventually(() => path(page)).toBe(`/photo/${assets[2]!.assetId}`);
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
    expect(await page.getByRole('button', { name: 'Older' }).count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Newer' }).click();
    await page.getByRole('dialog', { name: 'newest.jpg' }).waitFor();
    await eventually(() => page.getByRole('button', { name: 'Newer' }).count()).toBe(0);
  });

  it('has the neighbours loaded before they are asked for', async () => {
    const page = await openPhoto(assets[1]!);
    await waitForScreen(page);
    for (const neighbour of [assets[0]!, assets[2]!]) {
      await eventually(() => service.requests).toContain(
        `GET /media/assets/${neighbour.assetId}/screen`,
      );
    }
  });

  it('closes to the tile of the photo seen last, with the focus on it, also where it flies there', async () => {
    await closesToTile(await openPath('/'));
    await opened?.close();
    const page = await openPath('/', { hasMotion: true });
    await closesToTile(page);
    // The focus stays while and after the picture flies onto the tile.
    await eventually(() => page.locator('.picture--leaving').count()).toBe(0);
    await page.keyboard.press('Home');
    await eventually(() => focusedLabel(page)).toBe('Photo, newest.jpg, 15 August 2019');
  });

  const focusedLabel = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  async function closesToTile(page: Page): Promise<void> {
    await page.getByRole('link', { name: /newest.jpg/ }).click();
    await page.getByRole('dialog', { name: 'newest.jpg' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(path(page)).toBe('/');
    await eventually(() => focusedLabel(page)).toBe('Photo, middle.jpg, 14 August 2019');
    await eventually(() => page.title()).toBe('Timeline · Roost');
  }

  it('goes to the timeline when it was the first page opened', async () => {
    const page = await openPhoto(assets[2]!);
    await waitForScreen(page);
    await page.getByRole('button', { name: 'Close' }).click();
    await eventually(() => path(page)).toBe('/');
    await page.getByRole('link', { name: /oldest.jpg/ }).waitFor();
  });

  it('says when a photo is not here', async () => {
    const page = await openPath('/photo/5d3a1f9e-0c1b-4a77-9a51-2f3c4d5e6f70');
    await page.getByText('This photo is not here').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await eventually(() => path(page)).toBe('/');
  });
});

it('shows the original where the preview has too few pixels', async () => {
  const page = await openPhoto(assets[0]!);
  await waitForScreen(page);
  expect(await page.locator('.picture__layer[src*="/original"]').count()).toBe(0);
  await page.mouse.dblclick(640, 420);
  await page.locator('.picture__layer--shown[src*="/original"]').waitFor();
});

describe('while a better preview comes', () => {
  /** Says that the previews were made anew, as once a large tile took the place of the quick one. */
  const better = (asset: TimelineAsset) => service.update(asset.assetId, { version: 'v2' });

  it('a photo stays zoomed, and a button keeps the focus that leads on or has done its part', async () => {
    const page = await openPhoto(assets[1]!);
    await waitForScreen(page);
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await page.getByRole('button', { name: 'Zoom in' }).focus();
    await page.keyboard.press('Enter');
    const zoomed = await scale(page);
    better(assets[1]!);
    await page.locator('.picture__layer--shown[src*="/screen"][src*="v2"]').waitFor();
    expect(await scale(page)).toBe(zoomed);
    expect(await focused()).toBe('Zoom in');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await eventually(() => scale(page)).not.toBe(zoomed);
    // At fit there is nothing to zoom out of any more.
    await eventually(focused).toBe('Zoom in');

    await page.getByRole('button', { name: 'Newer' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'newest.jpg' }).waitFor();
    await eventually(focused).toBe('Older');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    expect(await focused()).toBe('Older');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
    await eventually(focused).toBe('Newer');
  });

  it('a movie plays on', async () => {
    const [movie] = service.addAssets({
      capturedLocal: '2019-08-13T10:00:00',
      kind: 'video',
      fileName: 'MOVIE.webm',
      picture: wide,
      mediaType: 'video/webm',
      original: SAMPLE_CLIP,
    });
    const page = await openPhoto(movie!);
    const video = page.locator('video.video');
    await eventually(() =>
      video.evaluate((each: HTMLVideoElement) => each.readyState),
    ).toBeGreaterThan(1);
    await page.keyboard.press('Space');
    const time = () => video.evaluate((each: HTMLVideoElement) => each.currentTime);
    await eventually(time).toBeGreaterThan(0);
    await video.evaluate((each) => each.setAttribute('data-same', ''));
    better(movie!);
    await eventually(() => video.getAttribute('poster')).toContain('v2');
    expect(await video.getAttribute('data-same')).toBe('');
    expect(await time()).toBeGreaterThan(0);
  });
});

describe('the details', () => {
  it('tell where the file lies and how to prove it, to read and to copy', async () => {
    const page = await openPhoto(assets[0]!);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await waitForScreen(page);
    await page.keyboard.press('i');
    const details = page.getByRole('complementary', { name: 'Details' });
    const { sha256, absolutePath, receiptId } = service.library.get(assets[0]!.assetId)!
      .resources[0]!;
    const words = await details.innerText();
    for (const part of [
      'newest.jpg',
      '15 August 2019, 10:12:41 (UTC+2)',
      'From the photo itself',
      'My iPhone',
      '3,000 × 2,000 (6.0 MP)',
      absolutePath,
      sha256,
      receiptId,
    ]) {
      expect(words).toContain(part);
    }
    await details.getByRole('button', { name: 'Copy SHA-256' }).click();
    await details.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sha256);
    await page.keyboard.press('i');
    await details.waitFor({ state: 'detached' });
  });

  it('name every file of an asset in plain words, and who else sent it', async () => {
    const found = service.library.get(assets[0]!.assetId)!;
    const [still] = found.resources;
    found.resources.push({
      ...still!,
      receiptId: '5d3a1f9e-0c1b-4a77-9a51-2f3c4d5e6f70',
      resourceType: 'paired-video',
      path: still!.path.replace('.jpg', '.MOV'),
      links: [
        {
          deviceId: still!.deviceId,
          deviceName: 'Grandma’s iPad',
          fileName: 'IMG_0001.MOV',
          linkedAt: Date.now() - 3 * 86_400_000,
        },
      ],
    });
    const page = await openPhoto(assets[0]!);
    await waitForScreen(page);
    await page.keyboard.press('i');
    const words = await page.getByRole('complementary', { name: 'Details' }).innerText();
    expect(words).toContain('Its 2 files');
    expect(words).toContain('Live Photo movie');
    expect(words).toContain('newest.MOV');
    expect(words).toContain('by Grandma’s iPad as IMG_0001.MOV, 3 days ago');
  });

  it('name what gives the original bytes, as the buttons beside it are named', async () => {
    const page = await openPhoto(assets[0]!);
    await waitForScreen(page);
    await page.mouse.move(300, 300);
    await page.getByRole('link', { name: 'Download the original' }).hover();
    await page.getByRole('tooltip').getByText('Download the original').waitFor();
  });
});

describe('what cannot be shown', () => {
  it('says why a preview failed and tries again when asked', async () => {
    const [failed] = service.addAssets({
      capturedLocal: '2019-08-13T10:00:00',
      tile: 'failed',
      tileReason: 'decoder-timeout',
    });
    const page = await openPhoto(failed!);
    await page.getByText('Making the preview took too long and was stopped.').last().waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Making the preview again').waitFor();
    expect(service.requests).toContain(`POST /api/assets/${failed!.assetId}/retry-previews`);

    Object.assign(service.library.get(failed!.assetId)!, { picture: tall });
    const { width, height, thumbhash } = tall;
    service.update(failed!.assetId, { tile: 'ready', version: 'v2', width, height, thumbhash });
    await waitForScreen(page);
  });

  it('offers no second try where the same bytes would end the same', async () => {
    const [damaged] = service.addAssets({
      capturedLocal: '2019-08-13T10:00:00',
      tile: 'failed',
      tileReason: 'damaged',
    });
    const page = await openPhoto(damaged!);
    await dialog(page).getByText('The original is safe.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('says when the browser cannot play a video, and offers the file', async () => {
    const [video] = service.addAssets({
      capturedLocal: '2019-08-13T10:00:00',
      kind: 'video',
      fileName: 'IMG_0016.MOV',
      picture: wide,
      mediaType: 'video/quicktime',
      original: Buffer.from('these bytes are no movie'),
    });
    const page = await openPhoto(video!);
    await page.getByText('This browser cannot play this video.').waitFor();
    await dialog(page).getByRole('link', { name: 'Download the original' }).first().waitFor();
  });
});

it('keeps nobody out, in a wide and a narrow window', async () => {
  const page = await openPhoto(assets[0]!);
  await waitForScreen(page);
  await page.keyboard.press('i');
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    expect(await seriousViolations(page)).toEqual([]);
  }
});
