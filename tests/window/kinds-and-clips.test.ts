import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';

import type { NewAsset } from './support/fake-library.ts';
import {
  boxesOf,
  eventually,
  type OpenWindowOptions,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';

const lab = WindowLab.forThisFile();

async function open(options: OpenWindowOptions = {}): Promise<Page> {
  const { page } = await lab.open('', options);
  await page.locator('.tile__picture--shown').first().waitFor();
  await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
  return page;
}

/** One photo a day in June 2026, the first of them on the 28th. */
function photo(at: number, change: Partial<NewAsset> = {}): NewAsset {
  const day = String(28 - at).padStart(2, '0');
  return { capturedLocal: `2026-06-${day}T12:00:00`, picture: lab.picture, ...change };
}

const tile = (page: Page, name: string) => page.getByRole('link', { name });
const marksOf = (page: Page, name: string) =>
  tile(page, name)
    .locator('[data-mark]')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-mark')));
/** From now on time passes only by `page.clock.runFor`. */
async function holdClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
}
const clip = (page: Page) => page.locator('.tile__clip--running');

describe('what a tile tells of its asset', () => {
  it('stands in its label for everyone, and in at most three marks', async () => {
    lab.service.addAssets(
      photo(0, { fileName: 'LIVE.HEIC', kinds: ['live-photo', 'edited', 'hdr', 'screenshot'] }),
      photo(1, { fileName: 'BURST.HEIC', kinds: ['photo', 'burst'], burstCount: 11 }),
      photo(2, { fileName: 'PRO.DNG', kinds: ['photo', 'proraw'] }),
      photo(3, {
        fileName: 'SLOW.MOV',
        kind: 'video',
        kinds: ['video', 'slow-motion'],
        durationMs: 12_400,
      }),
      photo(4, { fileName: 'PLAIN.JPG' }),
    );
    const page = await open();
    await tile(page, 'Live Photo, LIVE.HEIC, 28 June 2026, edited, HDR, screenshot').waitFor();
    expect(await marksOf(page, 'LIVE.HEIC')).toEqual(['live-photo', 'edited', 'screenshot']);
    await tile(page, 'Photo, BURST.HEIC, 27 June 2026, burst of 12 photos').waitFor();
    expect(await tile(page, 'BURST.HEIC').innerText()).toBe('12');
    await tile(page, 'Photo, PRO.DNG, 26 June 2026, ProRAW').waitFor();
    await tile(page, 'Video, SLOW.MOV, 25 June 2026, 0:12, slow motion').waitFor();
    expect(await tile(page, 'SLOW.MOV').innerText()).toBe('0:12');
    expect(await marksOf(page, 'PLAIN.JPG')).toEqual([]);
  });
});

describe('the clip of a tile', () => {
  beforeEach(() => {
    lab.service.addAssets(
      photo(0, { fileName: 'A.MOV', kind: 'video', durationMs: 9_000, hasClip: true }),
      photo(1, { fileName: 'B.JPG' }),
      photo(2, { fileName: 'C.HEIC', kinds: ['live-photo'], hasClip: true }),
    );
  });

  it('plays without sound while the pointer rests on the tile, and moves nothing', async () => {
    const page = await open({ hasMotion: true });
    const before = await boxesOf(page.locator('.tile'));
    await tile(page, 'A.MOV').hover();
    await clip(page).waitFor();
    expect(
      await clip(page).evaluate((video: HTMLVideoElement) => [video.muted, video.loop]),
    ).toEqual([true, true]);
    expect(await boxesOf(page.locator('.tile'))).toEqual(before);
    await tile(page, 'B.JPG').hover();
    await page.locator('.tile__clip').waitFor({ state: 'detached' });
  });

  it('starts nothing under a pointer that only passes over', async () => {
    const page = await open({ hasMotion: true });
    await holdClock(page);
    await tile(page, 'A.MOV').hover();
    await page.clock.runFor(250);
    await tile(page, 'B.JPG').hover();
    await page.clock.runFor(1_000);
    expect(await page.locator('.tile__clip').count()).toBe(0);
    expect(lab.service.requests.filter((each) => each.endsWith('/clip'))).toEqual([]);
  });

  it('stays still for who wants less motion, until asked for with the space key', async () => {
    const page = await open();
    await holdClock(page);
    await tile(page, 'C.HEIC').hover();
    await page.clock.runFor(1_000);
    expect(await page.locator('.tile__clip').count()).toBe(0);
    await tile(page, 'C.HEIC').focus();
    await page.keyboard.press('Space');
    await clip(page).waitFor();
    await page.keyboard.press('Space');
    await page.locator('.tile__clip').waitFor({ state: 'detached' });
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.tile__clip').waitFor({ state: 'detached' });
  });

  it('that cannot be had leaves the picture', async () => {
    const [broken] = lab.service.addAssets(photo(3, { fileName: 'D.MOV', hasClip: true }));
    lab.service.fail(`/media/assets/${broken!.assetId}/clip`, 'request/not-found');
    const page = await open({ hasMotion: true });
    await tile(page, 'D.MOV').hover();
    await eventually(() => lab.service.requests).toContain(
      `GET /media/assets/${broken!.assetId}/clip`,
    );
    await page.locator('.tile__clip').waitFor({ state: 'detached' });
    await tile(page, 'D.MOV').locator('.tile__picture--shown').waitFor();
  });
});

describe('an asset that is not shown any more', () => {
  it('leaves the timeline, and its month counts anew', async () => {
    const [, second] = lab.service.addAssets(photo(0), photo(1), photo(2));
    const page = await open();
    await eventually(() => page.locator('.tile').count()).toBe(3);
    lab.service.library.remove(second!.assetId);
    lab.service.emit({
      type: 'assets',
      assets: [],
      months: ['2026-06'],
      removedAssetIds: [second!.assetId],
    });
    await eventually(() => page.locator('.tile').count()).toBe(2);
    await page.getByRole('region', { name: 'June 2026' }).getByText('2', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /new photo/ }).count()).toBe(0);
  });

  it('leaves its old month when its capture time moves to another', async () => {
    const [first] = lab.service.addAssets(photo(0, { fileName: 'MOVES.JPG' }), photo(1));
    const page = await open();
    lab.service.update(first!.assetId, { capturedLocal: '2019-12-29T19:01:15' });
    await page.getByRole('heading', { name: 'December 2019' }).waitFor();
    await eventually(() => page.locator('[data-day^="2026-06"]').count()).toBe(1);
    await tile(page, 'Photo, MOVES.JPG, 29 December 2019').waitFor();
  });
});

it('keeps nobody out by the marks, in a wide and a narrow window', async () => {
  lab.service.addAssets(
    photo(0, { kinds: ['live-photo', 'edited', 'hdr'] }),
    photo(1, { kinds: ['photo', 'raw-jpeg', 'burst'], burstCount: 4 }),
    photo(2, { kind: 'video', kinds: ['video', 'slow-motion'], durationMs: 61_000 }),
  );
  const page = await open();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    await eventually(() => page.locator('.tile').count()).toBe(3);
    expect(await seriousViolations(page)).toEqual([]);
  }
  expect(lab.opened.errors).toEqual([]);
});
