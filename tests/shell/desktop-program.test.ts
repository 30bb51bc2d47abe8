import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ShellBridge } from '../../shared/shell-bridge.ts';
import { findElectronProgram } from './electron-program.ts';

const root = join(import.meta.dirname, '..', '..');
const electron = findElectronProgram(root);
const missing = 'missing' in electron ? electron.missing : undefined;
const program = 'program' in electron ? electron.program : '';
// A skipped test tells nobody why; this line is seen.
if (missing !== undefined) process.stderr.write(`The desktop program is not tested: ${missing}.\n`);

const SERVICE_PAGES = /^http:\/\/127\.0\.0\.1:/;
const IN_TIME = { timeout: 30_000, interval: 200 };

/** What a test sees of the page's globals. */
interface PageGlobals {
  readonly roostShell?: ShellBridge;
  readonly require?: unknown;
  readonly process?: unknown;
  location: { href: string; readonly origin: string };
  open(url: string): unknown;
}

const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;

describe.skipIf(missing !== undefined)(`the desktop program${skipped}`, () => {
  let folder: string;
  let app: ElectronApplication | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'roost-desktop-'));
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  function shellArguments(): string[] {
    const folders = ['--data', join(folder, 'data'), '--library', join(folder, 'library')];
    return [root, ...folders, '--host', '127.0.0.1', '--port', '0', '--no-mdns'];
  }

  async function start(): Promise<Page> {
    app = await _electron.launch({ executablePath: program, args: shellArguments() });
    const page = await app.firstWindow();
    await page.waitForURL(SERVICE_PAGES);
    return page;
  }

  function servicePid(): Promise<number | undefined> {
    return app!.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Roost backup service')?.pid,
    );
  }

  it("shows the service's pages, in the sandbox, with the narrow bridge and nothing else", async () => {
    const page = await start();
    const seen = await page.evaluate(() => {
      const page = globalThis as unknown as PageGlobals;
      const { require, process, roostShell } = page;
      return { require: typeof require, process: typeof process, bridge: Object.keys(roostShell!) };
    });
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      bridge: ['platform', 'version', 'chooseFolder', 'openOriginal', 'showOriginalInFolder'],
    });
  });

  it('leaves the pages for no other address and opens no window', async () => {
    const page = await start();
    const before = page.url();
    const opened = await page.evaluate(() => {
      const page = globalThis as unknown as PageGlobals;
      page.location.href = 'https://example.com/';
      return page.open('https://example.com/') === null;
    });
    expect(opened).toBe(true);
    // A navigation that was admitted would have begun by the time the page answers again.
    await page.evaluate(() => undefined);
    expect(new URL(page.url()).origin).toBe(new URL(before).origin);
    expect(app!.windows()).toHaveLength(1);
  });

  it('starts the service again after it was killed and shows its pages', async () => {
    const page = await start();
    const pid = await servicePid();
    process.kill(pid!, 'SIGKILL');
    await expect.poll(async () => (await servicePid()) ?? pid, IN_TIME).not.toBe(pid);
    const answer = (): Promise<number> =>
      page.evaluate(async () => (await fetch('/api/overview')).status);
    await expect.poll(answer, IN_TIME).toBe(200);
  });

  it('goes on without a window and opens it for a second start', async () => {
    const page = await start();
    await page.close();
    const reopened = app!.waitForEvent('window');
    const second = _electron.launch({ executablePath: program, args: shellArguments() });
    // The second one ends before anything can be asked of it.
    await second.catch(() => undefined);
    await (await reopened).waitForURL(SERVICE_PAGES);
  });
});
