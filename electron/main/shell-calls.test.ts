import { beforeEach, describe, expect, it } from 'vitest';

import type { ShellCall } from '../../shared/shell-bridge.ts';
import { answerShellCalls, type CallPort } from './shell-calls.ts';
import type { SenderFrame, WindowOrigin } from './web-rules.ts';

type Listener = Parameters<CallPort['handle']>[1];

/** Electron's `ipcMain` without Electron: the test calls as a page would. */
class FakeCallPort implements CallPort {
  readonly #listeners = new Map<ShellCall, Listener>();

  handle(channel: ShellCall, listener: Listener): void {
    this.#listeners.set(channel, listener);
  }

  call(channel: ShellCall, senderFrame: SenderFrame | null, told?: unknown): Promise<unknown> {
    return this.#listeners.get(channel)!({ senderFrame }, told);
  }
}

const OWN_PAGE: SenderFrame = { url: 'http://127.0.0.1:4001/settings', parent: null };

let port: FakeCallPort;
let windowOrigin: WindowOrigin;
let refused: ShellCall[];
let dialogCount: number;
let opened: unknown[];

beforeEach(() => {
  port = new FakeCallPort();
  windowOrigin = 'http://127.0.0.1:4001';
  refused = [];
  dialogCount = 0;
  opened = [];
  answerShellCalls({
    port,
    windowOrigin: () => windowOrigin,
    onRefused: (channel) => refused.push(channel),
    handlers: {
      'folder.choose': () => {
        dialogCount += 1;
        return Promise.resolve('/photos');
      },
      'original.open': (told) => {
        opened.push(told);
        return Promise.resolve('done');
      },
      'original.show-in-folder': () => Promise.resolve('missing'),
    },
  });
});

describe('calls to the shell', () => {
  it("answers the service's own page", async () => {
    await expect(port.call('folder.choose', OWN_PAGE)).resolves.toBe('/photos');
    expect(refused).toEqual([]);
  });

  it('hands over what the page tells', async () => {
    await expect(port.call('original.open', OWN_PAGE, 'an id')).resolves.toBe('done');
    expect(opened).toEqual(['an id']);
    await expect(port.call('original.show-in-folder', OWN_PAGE, 'x')).resolves.toBe('missing');
  });

  it.each([
    ['a page of another origin', { url: 'https://example.com/', parent: null }],
    ['a frame within the page', { ...OWN_PAGE, parent: {} }],
    ['a frame that is gone', null],
  ])('refuses %s, says so, and opens no dialog', async (_who, frame) => {
    await expect(port.call('folder.choose', frame)).rejects.toThrow("Only Roost's own");
    expect(refused).toEqual(['folder.choose']);
    expect(dialogCount).toBe(0);
  });

  it('goes by the origin of the service that runs now', async () => {
    windowOrigin = 'http://127.0.0.1:4002';
    await expect(port.call('folder.choose', OWN_PAGE)).rejects.toThrow();
    windowOrigin = undefined;
    await expect(port.call('folder.choose', OWN_PAGE)).rejects.toThrow();
  });
});
