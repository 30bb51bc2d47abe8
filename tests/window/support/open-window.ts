import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface OpenWindowOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly hasTouch?: boolean;
  /** As most people have it; tests ask for less motion unless they are about it. */
  readonly hasMotion?: boolean;
}

export interface OpenWindow {
  readonly page: Page;
  /** Errors the page wrote to its console, refusals by the content security policy among them. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

/** A wide window and that of a phone. */
export const WINDOW_SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/** Opens an address of the window in a browser context of its own. */
export async function openWindow(
  browser: Browser,
  url: string,
  options: OpenWindowOptions = {},
): Promise<OpenWindow> {
  const { theme = 'light', width = 1280, height = 800, hasMotion = false } = options;
  const { hasTouch = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch,
    isMobile: hasTouch,
    colorScheme: theme,
    reducedMotion: hasMotion ? 'no-preference' : 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return { page, errors, close: () => context.close() };
}

/**
 * Accessibility violations of the page that keep people out, in light and in dark colours, as short lines; none is
 * `[]`. Themes differ in colours alone, so the second one is asked for contrast only.
 */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  const before = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [theme, other] = before ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  const found = [...(await violationsOf(axeOf(page), theme))];
  await page.emulateMedia({ colorScheme: other });
  found.push(...(await violationsOf(axeOf(page).withRules('color-contrast'), other)));
  await page.emulateMedia({ colorScheme: theme });
  return found;
}

/** In a page without frames there is nothing to gather in a page of its own. */
const axeOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });

async function violationsOf(axe: AxeBuilder, theme: string): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${theme}: ${id}: ${target.join(' ')}`));
}

/** By how many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Where elements lie, to see whether anything moves. */
export function boxesOf(elements: Locator): Promise<readonly (readonly number[])[]> {
  return elements.evaluateAll((all) =>
    all.map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}

/** Asks until the answer is right. The limit is for what never comes right, not for how fast it does. */
export function eventually<T>(ask: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(ask, { timeout: 30_000, interval: 50 });
}
