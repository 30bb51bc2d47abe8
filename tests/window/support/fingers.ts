import type { Page } from 'playwright-core';

/** Puts fingers down on a page, moves and lifts them: as many as there are points, in pixels of the window. */
export type Fingers = (
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  ...points: readonly [x: number, y: number][]
) => Promise<unknown>;

/** Real touches of the browser, which Playwright's own tap cannot draw out. */
export async function fingersOn(page: Page): Promise<Fingers> {
  const session = await page.context().newCDPSession(page);
  return (type, ...points) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
}
