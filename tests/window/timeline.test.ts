import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { launchBrowser } from '../support/browser.ts';
import type { NewAsset } from './support/fake-library.ts';
import { FakeService } from './support/fake-service.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { drawPictures, type SamplePicture } from './support/sample-pictures.ts';

/** Most tiles that may be in the page at once, however many assets there are. */
const MOST_TILES = 120;

let browser: Browser;
let pictures: readonly SamplePicture[];
let service: FakeService;
let opened: OpenWindow | undefined;

beforeAll(async () => {
  [browser, pictures] = await Promise.all([launchBrowser(), drawPictures(6)]);
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  service = await FakeService.start(inject('rendererFolder'));
  service.state.addDevice();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function open(options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, service.url, options);
  await opened.page.locator('.tile').first().waitFor();
  return opened.page;
}

/** Photos of one month, newest first. */
function photos(month: string, count: number): NewAsset[] {
  return Array.from({ length: count }, (_, at) => ({
    capturedLocal: `${month}-${String(28 - (at % 28)).padStart(2, '0')}T12:${String(59 - (Math.floor(at / 28) % 60)).padStart(2, '0')}:00`,
    picture: pictures[at % pictures.length]!,
  }));
}

/** Photos of one day, newest first. */
function photosOfDay(day: string, count: number): NewAsset[] {
  return Array.from({ length: count }, (_, at) => {
    const minutes = 1_439 - (at % 1_440);
    const clock = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0'));
    return {
      capturedLocal: `${day}T${clock.join(':')}:00`,
      picture: pictures[at % pictures.length]!,
    };
  });
}

/** Three years, 36 months of 30 photos. */
function fillYears(): void {
  for (const year of [2026, 2025, 2024]) {
    for (let month = 12; month >= 1; month--) {
      service.addAssets(...photos(`${year}-${String(month).padStart(2, '0')}`, 30));
    }
  }
}

function monthsAskedFor(): readonly string[] {
  return service.requests
    .filter((request) => request.startsWith('GET /api/timeline/months/'))
    .map((request) => request.slice(-7));
}

const scrollTop = (page: Page) =>
  page.locator('.timeline').evaluate((element) => element.scrollTop);

async function scrollTo(page: Page, top: number): Promise<void> {
  await page.locator('.timeline').evaluate((element, to) => {
    element.scrollTop = to;
  }, top);
}

/** Label and upper edge of a tile in the middle of the view, to see whether it moves. */
async function middleTile(page: Page): Promise<{ label: string; top: number }> {
  const found = await page.waitForFunction(() => {
    if (document.querySelector('.month__waiting') !== null) return undefined;
    for (const link of document.querySelectorAll('.tile__link')) {
      const { top, bottom } = link.getBoundingClientRect();
      const label = link.getAttribute('aria-label');
      if (label !== null && top > 200 && bottom < 640) return { label, top };
    }
    return undefined;
  });
  return (await found.jsonValue())!;
}

const topOf = (page: Page, label: string) =>
  page.locator(`[aria-label="${label}"]`).evaluate((tile) => tile.getBoundingClientRect().top);

const focusedLabel = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

describe('the timeline', () => {
  it('shows each month with its count and its photos in their shapes, newest first', async () => {
    service.addAssets(...photos('2019-08', 6), ...photos('2019-07', 2));
    const page = await open();
    await eventually(() => page.locator('.month__head').allInnerTexts()).toEqual([
      'August 2019\n6',
      'July 2019\n2',
    ]);
    const first = page.getByRole('link', { name: 'Photo, IMG_4000.JPG, 28 August 2019' });
    const box = (await first.boundingBox())!;
    expect(box.width / box.height).toBeCloseTo(pictures[0]!.width / pictures[0]!.height, 1);
  });

  it('has the whole scroll height at once and loads only months near the view', async () => {
    fillYears();
    const page = await open();
    const height = await page.locator('.timeline').evaluate((element) => element.scrollHeight);
    expect(height).toBeGreaterThan(36 * 1000);
    expect(new Set(monthsAskedFor()).size).toBeLessThanOrEqual(4);

    await scrollTo(page, height);
    await page.getByRole('heading', { name: 'January 2024' }).waitFor();
    await page.locator('[data-day^="2024-01"]').last().waitFor();
    expect(new Set(monthsAskedFor()).size).toBeLessThanOrEqual(8);
    expect(await page.locator('.tile').count()).toBeLessThan(MOST_TILES);
  });

  it('keeps only the rows near the view in the page, also of a day with 5,000 photos', async () => {
    service.addAssets(...photosOfDay('2026-05-07', 5_000));
    const page = await open();
    await scrollTo(page, 100_000);
    await eventually(() =>
      page.locator('.tile').first().getAttribute('aria-posinset').then(Number),
    ).toBeGreaterThan(500);
    expect(await page.locator('.tile').count()).toBeLessThan(MOST_TILES);
  });

  it('does not move what is looked at while months above it get their real height', async () => {
    fillYears();
    const page = await open();
    await scrollTo(page, 20_000);
    // Upwards through months that were only estimated so far; each step may load one.
    for (let step = 0; step < 12; step++) {
      const { label, top } = await middleTile(page);
      await page.mouse.move(600, 420);
      await page.mouse.wheel(0, -150);
      await eventually(async () => Math.round((await topOf(page, label)) - top)).toBe(150);
      await page.waitForFunction(() => document.querySelector('.month__waiting') === null);
      expect(Math.round((await topOf(page, label)) - top)).toBe(150);
    }
  });

  it('tells a screen reader of which day a photo is and where in it', async () => {
    service.addAssets(...photosOfDay('2019-08-14', 6), ...photosOfDay('2019-08-13', 2));
    const page = await open();
    const list = page.getByRole('list', { name: 'Wed 14 Aug' });
    const tile = list.getByRole('listitem').nth(2);
    expect(await tile.getAttribute('aria-posinset')).toBe('3');
    expect(await tile.getAttribute('aria-setsize')).toBe('6');
    await page.getByRole('list', { name: 'Tue 13 Aug' }).getByRole('listitem').nth(1).waitFor();
  });

  it('says on the tile why a file has no picture, and for how long a video runs', async () => {
    service.addAssets(
      {
        capturedLocal: '2019-08-03T10:00:00',
        fileName: 'badimage.jpeg',
        tile: 'failed',
        tileReason: 'damaged',
      },
      {
        capturedLocal: '2019-08-02T10:00:00',
        fileName: 'letter.pdf',
        kind: 'file',
        tile: 'none',
        tileReason: 'not-an-image',
      },
      {
        capturedLocal: '2019-08-01T10:00:00',
        fileName: 'IMG_0016.MOV',
        kind: 'video',
        durationMs: 12_400,
        picture: pictures[0]!,
      },
    );
    const page = await open();
    await eventually(() => page.locator('.tile').allInnerTexts()).toEqual([
      'badimage.jpeg\nPhoto. The picture in this file is damaged or incomplete.',
      'letter.pdf\nFile. This file is not a photo or video, so there is nothing to show.',
      '0:12',
    ]);
    await page.getByRole('link', { name: 'Video, IMG_0016.MOV, 1 August 2019, 0:12' }).waitFor();
  });

  it('offers to try again where a month cannot be loaded', async () => {
    service.addAssets(...photos('2026-05', 3));
    service.fail('timeline.month', 'service/failed');
    opened = await openWindow(browser, service.url);
    const { page } = opened;
    await page.getByText('This month could not be loaded.').waitFor();
    service.heal('timeline.month');
    await page.getByRole('button', { name: 'Try again' }).click();
    await eventually(() => page.locator('.tile').count()).toBe(3);
  });
});

describe('new photos', () => {
  it('appear without a reload, first without and then with their picture', async () => {
    service.addAssets(...photos('2026-05', 3));
    const page = await open();
    const arrived = service.receive({
      capturedLocal: '2026-06-01T10:00:00',
      fileName: 'IMG_9001.HEIC',
    });
    const tile = page.getByRole('link', { name: 'Photo, IMG_9001.HEIC, 1 June 2026' });
    await tile.waitFor();
    await page.getByRole('heading', { name: 'June 2026' }).waitFor();
    expect(await tile.locator('img').count()).toBe(0);

    const found = service.library.get(arrived.assetId)!;
    Object.assign(found, { picture: pictures[1] });
    const { width, height, thumbhash } = pictures[1]!;
    service.update(arrived.assetId, { tile: 'ready', version: 'v2', width, height, thumbhash });
    await tile.locator('img.tile__picture--shown').waitFor();
  });

  it('do not move the view of someone who looks at older ones, but are offered', async () => {
    fillYears();
    const page = await open();
    await scrollTo(page, 1_300);
    const { label, top } = await middleTile(page);
    for (let minute = 10; minute < 22; minute++) {
      service.receive({ capturedLocal: `2026-12-31T10:${minute}:00`, picture: pictures[0]! });
    }
    const hint = page.getByRole('button', { name: '12 new photos' });
    await hint.waitFor();
    // They took their room above, and the view went down with what is in it.
    await eventually(() => scrollTop(page)).toBeGreaterThan(1_400);
    expect(await topOf(page, label)).toBe(top);

    await hint.click();
    await eventually(() => scrollTop(page)).toBe(0);
    await hint.waitFor({ state: 'detached' });
  });
});

describe('the keyboard in the grid', () => {
  it('has one tab stop and moves by arrows across months', async () => {
    service.addAssets(...photos('2019-08', 4), ...photos('2019-07', 4));
    const page = await open();
    await eventually(() => page.locator('.tile__link[tabindex="0"]').count()).toBe(1);
    await page.locator('.tile__link').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await focusedLabel(page)).toBe('Photo, IMG_4001.JPG, 27 August 2019');
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
    expect(await focusedLabel(page)).toBe('Photo, IMG_4004.JPG, 28 July 2019');
    await page.keyboard.press('ArrowLeft');
    expect(await focusedLabel(page)).toBe('Photo, IMG_4003.JPG, 25 August 2019');
    expect(await page.locator('.tile__link[tabindex="0"]').count()).toBe(1);
  });

  it('goes to the oldest photo with End, loading its month, and back with Home', async () => {
    fillYears();
    const page = await open();
    await page.locator('.tile__link').first().focus();
    await page.keyboard.press('End');
    await eventually(() => focusedLabel(page)).toContain('January 2024');
    expect(await page.locator(':focus').boundingBox()).not.toBeNull();
    await page.keyboard.press('Home');
    await eventually(() => focusedLabel(page)).toBe('Photo, IMG_4000.JPG, 28 December 2026');
    expect(await scrollTop(page)).toBe(0);
  });

  it('takes keys where nothing has the focus: on coming to the page, and after a click beside photos', async () => {
    fillYears();
    const page = await open();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.locator('.tile__link').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await eventually(() => focusedLabel(page)).toBe('Photo, IMG_4000.JPG, 28 December 2026');
    await page.keyboard.press('ArrowRight');
    await eventually(() => focusedLabel(page)).toBe('Photo, IMG_4028.JPG, 28 December 2026');
    await page
      .locator('.month__head')
      .first()
      .click({ position: { x: 500, y: 10 } });
    expect(await focusedLabel(page)).toBeNull();
    await page.keyboard.press('Shift+PageDown');
    await eventually(() => focusedLabel(page)).toContain('December 2025');
    await page
      .locator('.month__head')
      .first()
      .click({ position: { x: 500, y: 10 } });
    await page.keyboard.press('End');
    await eventually(() => focusedLabel(page)).toContain('January 2024');
  });

  it('keeps the focus where its tile was when the view is scrolled away', async () => {
    fillYears();
    const page = await open();
    await page.locator('.tile__link').nth(1).focus();
    const label = await focusedLabel(page);
    await scrollTo(page, 15_000);
    await eventually(() => page.locator('[data-day^="2026-12"]').count()).toBeLessThan(30);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => focusedLabel(page)).toContain('December 2026');
    expect(await focusedLabel(page)).not.toBe(label);
  });
});

it('keeps nobody out, in a wide and a narrow window', async () => {
  // In the first row: in a narrow window, further ones are not in the page.
  service.addAssets(...photos('2026-05', 9), {
    capturedLocal: '2026-05-29T10:00:00',
    fileName: 'badimage.jpeg',
    tile: 'failed',
    tileReason: 'damaged',
  });
  const page = await open();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    await page.getByText('badimage.jpeg').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  }
});
