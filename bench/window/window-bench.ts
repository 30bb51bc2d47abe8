import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, Page } from 'playwright-core';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import { launchBrowser } from '../../tests/support/browser.ts';
import { RoostProcess } from '../../tests/support/roost-process.ts';
import type { BenchOptions } from '../bench-options.ts';
import { arrivals } from './arrivals.ts';
import { libraryAt } from './library-at.ts';
import { type FrameTimes, traceFrames } from './main-thread.ts';
import { installProbe, jumpTo } from './page-probe.ts';
import { type QueryTimes, timeQueries } from './query-times.ts';
import { memoryOfPage, type PageMemory } from './page-memory.ts';

const VIEW = { width: 1280, height: 800 };
const YEAR_COUNT = 20;

export interface WindowResult {
  readonly assetCount: number;
  /** Milliseconds from the start of the navigation. */
  readonly firstTilesMs: readonly number[];
  /** Milliseconds from the press to pictures, at the first visit and at later ones. */
  readonly firstJumpMs: readonly number[];
  readonly jumpMs: readonly number[];
  readonly scroll: FrameTimes & { readonly intervalMs: readonly number[] };
  readonly beside: FrameTimes & {
    readonly intervalMs: readonly number[];
    readonly perSecond: number;
  };
  /** How far a picture in the middle of the timeline was moved by what arrived. Pixels. */
  readonly movedBy: number;
  readonly memory: PageMemory;
  readonly visitedCount: number;
  readonly queries: readonly QueryTimes[];
}

/** The window on a library of a million assets, in a real browser, against the real service. */
export async function runWindowBench(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<WindowResult> {
  const assetCount = options.isQuick ? 20_000 : 1_000_000;
  const folders = await libraryAt(options.library ?? folder, assetCount, say);
  const queries = timeQueries(catalogPath(folders.dataFolder), options.isQuick ? 200 : 2_000);
  say('timed the queries');
  await using roost = await RoostProcess.start(folders);
  const browser = await launchBrowser();
  try {
    const firstTilesMs: number[] = [];
    for (let round = 0; round < options.roundCount * 3; round++) {
      firstTilesMs.push(await timeOpening(browser, roost));
    }
    say(`first tiles: ${firstTilesMs.map(Math.round).join(', ')} ms`);
    const page = await openTimeline(browser, roost);
    const years = Array.from({ length: YEAR_COUNT }, (_, at) => (at + 0.5) / YEAR_COUNT);
    const firstJumpMs = await jumps(page, years);
    const jumpMs = await jumps(page, [...years.toReversed(), ...years]);
    say(`jumps: ${jumpMs.map(Math.round).join(', ')} ms`);
    await jumpTo(page, 0.4);
    const scroll = await scrollFast(page);
    say('scrolled');
    const { token } = await roost.pair('Camera roll');
    await jumpTo(page, 0.5);
    const arriving = arrivals(roost.lanUrl, token, 50);
    await sleep(2_000);
    const beside = await scrollFast(page);
    const movedBy = await movedWithin(page, 2_000);
    const perSecond = await arriving.stop();
    say(`scrolled beside ${perSecond.toFixed(0)} arrivals a second`);
    const visitedCount = options.isQuick ? 20 : 200;
    for (let visit = 0; visit < visitedCount; visit++) await jumpTo(page, (visit * 0.618034) % 1);
    const memory = await memoryOfPage(browser, page);
    await page.context().close();
    return {
      assetCount,
      firstTilesMs,
      firstJumpMs,
      jumpMs,
      scroll,
      beside: { ...beside, perSecond },
      movedBy,
      memory,
      visitedCount,
      queries,
    };
  } finally {
    await browser.close();
  }
}

/** A page of its own browser context, so with an empty cache, that is signed in. */
async function signedIn(browser: Browser, roost: RoostProcess): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEW });
  const page = await context.newPage();
  await installProbe(page);
  const { origin } = new URL(roost.windowUrl);
  // The answer that signs in leads on to the timeline, which is not to be opened yet.
  await context.request.get(roost.windowUrl, { maxRedirects: 0 });
  // Something small of the same origin: a page of the window would keep the service busy.
  await page.goto(`${origin}/icon.svg`);
  return page;
}

async function timeOpening(browser: Browser, roost: RoostProcess): Promise<number> {
  const page = await signedIn(browser, roost);
  await page.goto(new URL('/', roost.windowUrl).href, { waitUntil: 'commit' });
  const shownMs = await page.evaluate(() => window.probe.whenShown());
  await page.context().close();
  return shownMs;
}

async function openTimeline(browser: Browser, roost: RoostProcess): Promise<Page> {
  const page = await signedIn(browser, roost);
  await page.goto(new URL('/', roost.windowUrl).href);
  await page.evaluate(() => window.probe.whenShown());
  return page;
}

async function jumps(page: Page, shares: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (const share of shares) times.push(await jumpTo(page, share));
  return times;
}

/** A long flick of the wheel, 6,000 pixels a second for ten seconds, through photos that are not loaded yet. */
async function scrollFast(
  page: Page,
): Promise<FrameTimes & { readonly intervalMs: readonly number[] }> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    window.probe.frames = [];
    window.probe.isGathering = true;
  });
  const times = await traceFrames(page, async () => {
    await session.send('Input.synthesizeScrollGesture', {
      x: 600,
      y: 400,
      yDistance: -60_000,
      speed: 6_000,
      gestureSourceType: 'mouse',
      preventFling: true,
    });
  });
  const intervalMs = await page.evaluate(() => {
    window.probe.isGathering = false;
    return window.probe.frames;
  });
  await session.detach();
  return { ...times, intervalMs };
}

/** How far a picture in view was moved within so long, while nobody scrolls. */
async function movedWithin(page: Page, withinMs: number): Promise<number> {
  await page.evaluate(() => window.probe.whenShown());
  const topOf = (id: string) =>
    page.evaluate(
      (assetId) =>
        document.querySelector(`[data-asset-id="${assetId}"]`)?.getBoundingClientRect().top,
      id,
    );
  const id = await page.evaluate(() => {
    const tiles = [...document.querySelectorAll<HTMLElement>('[data-asset-id]')];
    return tiles.find((tile) => tile.getBoundingClientRect().top > 300)?.dataset['assetId'] ?? '';
  });
  const before = await topOf(id);
  await sleep(withinMs);
  return Math.abs(((await topOf(id)) ?? Infinity) - (before ?? 0));
}
