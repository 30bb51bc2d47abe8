import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { fillTimeline } from '../../bench/window/make-library.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fingersOn } from './support/fingers.ts';
import {
  boxesOf,
  eventually,
  openWindow,
  type OpenWindow,
  seriousViolations,
} from './support/open-window.ts';

/** Twenty years. */
const ASSET_COUNT = 4_000;
/** In a narrow window with large squares they are taller than a browser scrolls that is zoomed in as far as this. */
const TALL = { width: 300, height: 700, stored: 'large/square', pixelRatio: 40 } as const;
/** What such a browser lets a page have. */
const TALL_SCROLL_HEIGHT = 750_000;

let temp: Awaited<ReturnType<typeof tempFolder>>;
let roost: RoostProcess;
let token: string;
let browser: Browser;
let opened: OpenWindow | undefined;

beforeAll(async () => {
  temp = await tempFolder();
  const folders = {
    dataFolder: join(temp.path, 'data'),
    libraryFolder: join(temp.path, 'library'),
  };
  roost = await RoostProcess.start(folders);
  const { deviceId, ...paired } = await roost.pair('My iPhone');
  ({ token } = paired);
  await roost.stop();
  const { dataFolder } = folders;
  await fillTimeline({ dataFolder, deviceId, assetCount: ASSET_COUNT, pictureCount: 10 });
  [roost, browser] = await Promise.all([RoostProcess.start(folders), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await roost.stop();
  await temp[Symbol.asyncDispose]();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(
  options: { width?: number; height?: number; stored?: string; pixelRatio?: number } = {},
): Promise<Page> {
  opened = await openWindow(browser, 'about:blank', options);
  const { page } = opened;
  const { stored, pixelRatio } = options;
  await page.addInitScript(
    ([view, ratio]) => {
      // Of the first page alone: what is chosen after it must stay.
      if (view !== undefined && localStorage.length === 0)
        localStorage.setItem('roost.timeline.view', view);
      if (ratio !== undefined) Object.defineProperty(window, 'devicePixelRatio', { value: ratio });
    },
    [stored, pixelRatio] as const,
  );
  await page.goto(roost.windowUrl);
  await shown(page);
  return page;
}

/** The upper half of the view shows photos, or cards of months, and every piece in view has come. */
async function shown(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const view = document.querySelector('.timeline')?.getBoundingClientRect();
    if (view === undefined || document.querySelector('.month__waiting') !== null) return false;
    return [...document.querySelectorAll('.tile, .year__card')].some((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return bottom > view.top && top < view.top + view.height / 2;
    });
  });
}

const scroller = (page: Page) => page.locator('.timeline');

async function dragScrollbarTo(page: Page, share: number): Promise<void> {
  await scroller(page).evaluate((element, to) => {
    element.scrollTop = to * (element.scrollHeight - element.clientHeight);
  }, share);
  await shown(page);
}

interface SeenTile {
  readonly id: string;
  readonly day: string;
  readonly top: number;
}

/** A tile whose middle is in view. */
async function tileInView(page: Page): Promise<SeenTile> {
  const found = await page.waitForFunction(() => {
    for (const link of document.querySelectorAll<HTMLElement>('[data-asset-id]')) {
      const { top, bottom } = link.getBoundingClientRect();
      const { assetId, day } = link.dataset;
      const middle = (top + bottom) / 2;
      if (assetId && day && middle > 150 && middle < innerHeight - 100)
        return { id: assetId, day, top };
    }
    return undefined;
  });
  return (await found.jsonValue())!;
}

const topOf = (page: Page, id: string) =>
  page.locator(`[data-asset-id="${id}"]`).evaluate((tile) => tile.getBoundingClientRect().top);

/** Nothing scrolled for many frames: what the wheel asked for was done, and the scrollbar was put right. */
async function atRest(page: Page): Promise<void> {
  await scroller(page).evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let still = 0;
        let before = element.scrollTop;
        const look = () => {
          still = element.scrollTop === before ? still + 1 : 0;
          before = element.scrollTop;
          if (still < 30) requestAnimationFrame(look);
          else resolve();
        };
        look();
      }),
  );
}

const focusedDay = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['day']);

/** The month whose header stands at the upper edge of the view. */
const stuckMonth = (page: Page) =>
  page.evaluate(() => {
    const edge = document.querySelector('.timeline')!.getBoundingClientRect().top + 1;
    const heads = [...document.querySelectorAll('.month__head')];
    return heads.findLast((head) => head.getBoundingClientRect().top <= edge)?.querySelector('h2')
      ?.textContent;
  });

describe('a timeline that is taller than browsers scroll', () => {
  it('reaches its last photo by the scrollbar and the keyboard, and its first again', async () => {
    const page = await open(TALL);
    expect(await scroller(page).evaluate((element) => element.scrollHeight)).toBe(
      TALL_SCROLL_HEIGHT,
    );
    await dragScrollbarTo(page, 1);
    await page.getByRole('heading', { name: 'January 2006' }).waitFor();
    const last = page.locator('.tile').last();
    await eventually(async () => {
      const [box, view] = await Promise.all([last.boundingBox(), scroller(page).boundingBox()]);
      return box !== null && view !== null && box.y + box.height <= view.y + view.height;
    }).toBe(true);
    expect(await last.getAttribute('aria-posinset')).toBe(await last.getAttribute('aria-setsize'));

    await dragScrollbarTo(page, 0);
    await page.getByRole('heading', { name: 'December 2025' }).waitFor();
    await page.locator('.tile__link').first().focus();
    await page.keyboard.press('End');
    await eventually(() => focusedDay(page)).toContain('2006-01');
    expect(await page.locator(':focus').boundingBox()).not.toBeNull();
    await page.keyboard.press('Home');
    await eventually(() => focusedDay(page)).toContain('2025-12');
    expect(await scroller(page).evaluate((element) => element.scrollTop)).toBe(0);
  });

  it('moves by what the wheel says, and by nothing when the scrollbar is put right', async () => {
    const page = await open(TALL);
    await dragScrollbarTo(page, 0.4);
    const seen = await tileInView(page);
    await page.mouse.move(140, 400);
    for (const by of [240, -180]) {
      const before = await topOf(page, seen.id);
      await page.mouse.wheel(0, by);
      await eventually(() => topOf(page, seen.id)).toBe(before - by);
    }
    await atRest(page);
    const top = await topOf(page, seen.id);
    for (const by of [900, -900]) {
      for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, by);
      await atRest(page);
    }
    expect(await topOf(page, seen.id)).toBe(top);
  });

  it('goes to a year by the slider beside it: keys, pointer and finger', async () => {
    const page = await open();
    const slider = page.getByRole('slider', { name: 'Date' });
    await slider.focus();
    expect(await slider.getAttribute('aria-valuetext')).toBe('December 2025');
    await page.keyboard.press('PageDown');
    await eventually(() => slider.getAttribute('aria-valuetext')).toBe('December 2024');
    await page.keyboard.press('ArrowDown');
    await eventually(() => slider.getAttribute('aria-valuetext')).toBe('November 2024');
    await page.keyboard.press('PageUp');
    await eventually(() => slider.getAttribute('aria-valuetext')).toBe('December 2025');
    await page.keyboard.press('End');
    // The view cannot go so far that the last month stands at its upper edge.
    await eventually(() => slider.getAttribute('aria-valuetext')).toMatch(/2006$/);
    // Both of one moment: what is loaded near the end may move the end.
    const isAtEnd = () => slider.evaluate((at) => at.ariaValueNow === at.ariaValueMax);
    await eventually(isAtEnd).toBe(true);

    const box = (await slider.boundingBox())!;
    const x = box.x + box.width / 2;
    await page.mouse.move(x, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(x, box.y + box.height * 0.5, { steps: 4 });
    await shown(page);
    const bubble = await page.locator('.scrubber__bubble').innerText();
    expect(await stuckMonth(page)).toBe(bubble);
    await page.mouse.up();

    // Above the track that is pressed: the date under the pointer is told before anything moves.
    await page.mouse.move(x, box.y + box.height * 0.1);
    await eventually(() => page.locator('.scrubber__bubble').innerText()).not.toBe(bubble);
    expect(await stuckMonth(page)).toBe(bubble);
    const years = (await page.locator('.scrubber__tick--named').allInnerTexts()).map(Number);
    expect(years.length).toBeGreaterThan(5);
    expect(years).toEqual(years.toSorted((a, b) => b - a));

    const finger = await fingersOn(page);
    await finger('touchStart', [x, box.y + box.height * 0.5]);
    await finger('touchMove', [x, box.y + box.height * 0.9]);
    await finger('touchEnd');
    await shown(page);
    expect(await stuckMonth(page)).not.toBe(bubble);
  });
});

describe('the zoom of the timeline', () => {
  it('stays with what is looked at, by keys, wheel and buttons, and is remembered', async () => {
    const page = await open();
    await dragScrollbarTo(page, 0.5);
    const month = await stuckMonth(page);
    await page.keyboard.press('+');
    await eventually(() => page.locator('.tile').count()).toBeGreaterThan(0);
    await shown(page);
    expect(await stuckMonth(page)).toBe(month);
    await page.mouse.move(600, 400);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 2; turn++) await page.mouse.wheel(0, 100);
    await page.keyboard.up('Control');
    await eventually(() => page.locator('.day__head').count()).toBe(0);
    await shown(page);
    expect(await stuckMonth(page)).toBe(month);
    await page.getByRole('button', { name: 'Larger pictures' }).click();
    await page.locator('.day__head').first().waitFor();
    await shown(page);
    expect(await stuckMonth(page)).toBe(month);

    const squares = page.getByRole('button', { name: 'Show squares' });
    await squares.press('Enter');
    await page.getByRole('button', { name: 'Show whole pictures' }).press('Enter');
    await squares.click();
    await eventually(() =>
      page
        .locator('.tile')
        .evaluateAll((tiles) =>
          tiles.every((tile) => Math.abs(tile.clientWidth - tile.clientHeight) <= 2),
        ),
    ).toBe(true);
    await page.reload();
    await page.getByRole('button', { name: 'Show whole pictures' }).waitFor();

    await shown(page);
    await page.locator('.tile__link[tabindex="0"]').focus();
    const focusedId = () =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset['assetId']);
    const before = await focusedId();
    await page.keyboard.press('+');
    await eventually(focusedId).toBe(before);
    await page.keyboard.press('-');
    await eventually(focusedId).toBe(before);
  });

  it('shows the years, leads from a month to its photos, and back', async () => {
    const page = await open({ stored: 'years/justified' });
    const newest = page.getByRole('button', { name: /^December 2025, / });
    await newest.waitFor();
    await newest.locator('img').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await newest.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const card = await page.evaluate(() => document.activeElement?.getAttribute('data-month'));
    expect(card).toMatch(/^2025-/);
    expect(await page.locator('.year__card[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await eventually(() => focusedDay(page)).toContain(card);
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    await page.locator(`[data-month="${card}"]`).waitFor();
    await eventually(() =>
      page.locator('.year__card[tabindex="0"]').getAttribute('data-month'),
    ).toBe(card);
    await page.getByRole('button', { name: /^March 2025, / }).click();
    await eventually(() => focusedDay(page)).toMatch(/^2025-03/);
  });
});

describe('a place in the timeline', () => {
  it('is left by years, pages and arrows, and found again after a photo was opened and closed', async () => {
    const page = await open();
    expect(await page.locator('.tile__link[tabindex="0"]').count()).toBe(1);
    await page.locator('.tile__link').first().focus();
    await page.keyboard.press('Shift+PageDown');
    await eventually(() => focusedDay(page)).toContain('2024-12');
    await page.keyboard.press('Shift+PageDown');
    await eventually(() => focusedDay(page)).toContain('2023-12');
    await page.keyboard.press('Shift+PageUp');
    await eventually(() => focusedDay(page)).toContain('2024-12');
    const focusedId = () =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset['assetId']);
    for (const key of ['PageDown', 'PageDown', 'PageUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      const before = await focusedId();
      await page.keyboard.press(key);
      await eventually(focusedId).not.toBe(before);
    }
    const [id, top] = [await focusedId(), await topOf(page, (await focusedId())!)];
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(focusedId).toBe(id);
    expect(await topOf(page, id!)).toBe(top);
  });

  it('shows what is known of its pictures until they come, and nothing moves then', async () => {
    const page = await open();
    const come = Promise.withResolvers<undefined>();
    await page.route('**/media/assets/*/tile*', async (route) => {
      await come.promise;
      await route.continue();
    });
    await dragScrollbarTo(page, 0.6);
    const { id } = await tileInView(page);
    const tile = page.locator(`[data-asset-id="${id}"]`);
    expect(await tile.evaluate((each) => getComputedStyle(each).backgroundImage)).toMatch(/^url/);
    expect(await tile.locator('.tile__picture--shown').count()).toBe(0);
    await atRest(page);
    const before = await boxesOf(page.locator('.tile'));
    come.resolve(undefined);
    await tile.locator('.tile__picture--shown').waitFor();
    expect(await boxesOf(page.locator('.tile'))).toEqual(before);
  });

  it('keeps its headers in view, and is found again after a visit elsewhere', async () => {
    const page = await open();
    await dragScrollbarTo(page, 0.3);
    const seen = await tileInView(page);
    const grid = (await page.locator('.timeline').boundingBox())!;
    // So far that the tile begins where the month's header ends: there its day's header must stand.
    const way = Math.round(seen.top - grid.y) - 56;
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, way);
    await eventually(() => topOf(page, seen.id)).toBe(seen.top - way);
    const heads = await page.locator('.day__head').evaluateAll((each) => {
      const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
      return each.map((head) => Math.round(head.getBoundingClientRect().top - top));
    });
    expect(heads).toContain(56);
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByRole('heading', { name: 'Devices', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Timeline' }).click();
    await eventually(async () => {
      const isThere = await page.locator(`[data-asset-id="${seen.id}"]`).count();
      return isThere === 0 ? undefined : Math.round((await topOf(page, seen.id)) - seen.top);
    }).toBe(-way);
  });

  it('is not moved by photos that arrive, which are offered', async () => {
    const page = await open();
    await dragScrollbarTo(page, 0.3);
    const seen = await tileInView(page);
    const phone = new FakePhone(roost.lanUrl, token);
    for (let number = 0; number < 3; number++) {
      const bytes = await sampleJpeg({ takenAt: `2025:12:30 12:00:0${number}` });
      await phone.upload({ assetKey: `new-${number}`, bytes, fileName: `NEW_${number}.JPG` });
    }
    phone.close();
    const hint = page.getByRole('button', { name: '3 new photos' });
    await hint.waitFor();
    expect(await topOf(page, seen.id)).toBe(seen.top);
    await hint.click();
    await eventually(() => focusedDay(page)).toBe('2025-12-30');
  });
});
