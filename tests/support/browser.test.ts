import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { launchBrowser } from './browser.ts';

it('drives the browser of this computer', async () => {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end('<title>Roost</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await page.title()).toBe('Roost');
  } finally {
    await browser.close();
    server.close();
  }
});
