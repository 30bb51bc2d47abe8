import { chromium, type Browser } from 'playwright-core';

import { BROWSER_ADVICE, findBrowser } from '../../scripts/lib/find-browser.mjs';

/**
 * Starts the Chromium, Chrome or Edge of this computer without a window. The caller closes it.
 * @throws Error with what to do when there is none
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(BROWSER_ADVICE);
  return chromium.launch({
    executablePath,
    // Playwright's own switch asks for the old headless mode of a separate program.
    ignoreDefaultArgs: ['--headless'],
    args: [
      '--headless=new',
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
