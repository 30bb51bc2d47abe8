import type { Locator, Page } from 'playwright-core';

/** The tile of a photo with this file name. */
export const tile = (page: Page, name: string): Locator =>
  page.locator(`[data-asset-id][aria-label*="${name}"]`);

/** What can be done with the photos that are chosen. */
export const barOf = (page: Page): Locator =>
  page.getByRole('toolbar', { name: 'Selected photos' });

/** Where a pointer hits it. */
export async function middleOf(locator: Locator): Promise<readonly [x: number, y: number]> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return [x + width / 2, y + height / 2];
}
