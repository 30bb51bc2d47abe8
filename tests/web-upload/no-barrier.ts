import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Looks at the page with axe and for sideways scrolling. A picture of it goes to the folder ROOST_SCREENS under `name`,
 * which ends with the colours.
 */
export async function expectNoBarrier(page: Page, name: string): Promise<void> {
  const screens = process.env['ROOST_SCREENS'];
  if (screens !== undefined) {
    await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
  }
  // The other colours change nothing but contrast, and a full look takes seconds.
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    name.endsWith('dark') ? axe.withRules('color-contrast') : axe
  ).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`),
  ).toEqual([]);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow).toBe(0);
}

/** Waits for a heading, and looks that the computer's name in it stands on one line. */
export async function expectUnbrokenName(heading: Locator): Promise<void> {
  const name = heading.locator('.computer-name');
  await name.waitFor();
  const { height = 0 } = (await name.boundingBox()) ?? {};
  expect(height).toBeGreaterThan(0);
  // One line of a heading has 34.
  expect(height).toBeLessThan(50);
}
