import { readFile } from 'node:fs/promises';

import type { Browser, Page } from 'playwright-core';

export interface PageMemory {
  /** Used by JavaScript after a collection. */
  readonly heapByteCount: number;
  /** What the process of the page holds in all, pages shared with others by their share; only Linux tells. */
  readonly processByteCount: number | undefined;
}

/** What a page takes of memory now. */
export async function memoryOfPage(browser: Browser, page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const browserSession = await browser.newBrowserCDPSession();
  const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo');
  await browserSession.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const sizes = (await Promise.all(renderers.map(shareOfMemory))).flatMap((size) => size ?? []);
  return {
    heapByteCount: usedSize,
    processByteCount: sizes.length === 0 ? undefined : Math.max(...sizes),
  };
}

async function shareOfMemory(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
