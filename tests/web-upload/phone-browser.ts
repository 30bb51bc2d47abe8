import { devices, type Browser, type BrowserContext, type Page } from 'playwright-core';

import { runRoostJson, type RoostProcess } from '../support/roost-process.ts';

import type { WeakNetwork } from './weak-network.ts';

/** The name a phone knows the computer by: plain http and not loopback, so no secure context. */
const ORIGIN = 'http://studio.test';

export type Scheme = 'light' | 'dark';

/** A phone's browser with a page of its own; `complaints` are what its console said. */
export interface PhoneBrowser extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function openPhone(
  browser: Browser,
  network: WeakNetwork,
  colorScheme: Scheme = 'light',
  locale = 'en-GB',
): Promise<PhoneBrowser> {
  const context: BrowserContext = await browser.newContext({
    ...devices['iPhone 13'],
    viewport: { width: 390, height: 844 },
    colorScheme,
    locale,
    proxy: { server: network.proxyUrl },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A broken connection and a refusal are shown by the page; the browser notes them on its own.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** A fresh pairing address as the QR picture on the computer holds it. */
export async function pairingAddress(roost: RoostProcess): Promise<string> {
  const { json } = await runRoostJson(['pair', '--data', roost.folders.dataFolder]);
  const { pathname, hash } = new URL(String(json['url']));
  return `${ORIGIN}${pathname}${hash}`;
}

export function plainAddress(): string {
  return `${ORIGIN}/`;
}

/** Pairs by the QR's address, up to the choice of photos. */
export async function pairPhone(page: Page, roost: RoostProcess): Promise<void> {
  await page.goto(await pairingAddress(roost));
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('heading', { name: /^Send photos to/ }).waitFor();
}

export async function choose(page: Page, paths: readonly string[]): Promise<void> {
  await page
    .locator('.pick-files:visible, section:not([hidden]) .pick-files')
    .setInputFiles([...paths]);
}

/** The key of this phone, and the upload it remembers as the last it began. */
export async function unfinishedUpload(page: Page): Promise<{ token: string; uploadId: string }> {
  return page.evaluate(`({
    token: JSON.parse(localStorage.getItem('roost.pairing')).token,
    uploadId: JSON.parse(localStorage.getItem('roost.uploads'))[0].uploadId,
  })`);
}
