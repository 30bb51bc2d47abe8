import type { Page } from 'playwright-core';

/**
 * What runs in the page to tell when pictures are there. `whenShown` resolves with `performance.now()` of the first frame
 * in which every tile in view has its picture; `frames` gathers how far frames are apart.
 */
export interface PageProbe {
  whenShown(): Promise<number>;
  pressedAt: number;
  frames: number[];
  isGathering: boolean;
}

declare global {
  interface Window {
    probe: PageProbe;
  }
}

/** Puts the probe into every document that the page opens from now on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const isShown = (): boolean => {
      const view = document.querySelector('.timeline')?.getBoundingClientRect();
      if (view === undefined) return false;
      const inView = ({ top, bottom }: DOMRect) => bottom > view.top && top < view.bottom;
      for (const waiting of document.querySelectorAll('.month__waiting')) {
        if (inView(waiting.getBoundingClientRect())) return false;
      }
      let count = 0;
      for (const tile of document.querySelectorAll('.tile')) {
        if (!inView(tile.getBoundingClientRect())) continue;
        const picture = tile.querySelector('img');
        if (picture === null || !picture.complete || picture.naturalWidth === 0) return false;
        count += 1;
      }
      return count > 0;
    };
    window.probe = {
      pressedAt: 0,
      frames: [],
      isGathering: false,
      whenShown: () =>
        new Promise((resolve) => {
          const look = (): void => {
            if (isShown()) resolve(performance.now());
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
    };
    addEventListener('pointerdown', () => (window.probe.pressedAt = performance.now()), true);
    let last = 0;
    const tick = (now: number): void => {
      if (window.probe.isGathering && last > 0) window.probe.frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}

/** Presses the scrubber at a share of its height; gives the milliseconds until every tile in view has its picture. */
export async function jumpTo(page: Page, share: number): Promise<number> {
  const box = await page.locator('.scrubber').boundingBox();
  if (box === null) throw new Error('the timeline has no scrubber');
  await page.mouse.click(box.x + box.width / 2, box.y + 1 + share * (box.height - 2));
  return page.evaluate(async () => {
    const shownAt = await window.probe.whenShown();
    return shownAt - window.probe.pressedAt;
  });
}
