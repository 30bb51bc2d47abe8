import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LOOK_EVERY_MS, MIN_BYTES_BETWEEN_LOOKS, watchBody } from './watch-body.ts';

/** A request as far as the watch looks at it. */
class FakeRequest extends Readable {
  readonly socket = { bytesRead: 0 };
  complete = false;

  override _read(): void {
    // Bytes come by push.
  }

  static make(): FakeRequest & IncomingMessage {
    return new FakeRequest() as unknown as FakeRequest & IncomingMessage;
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a body', () => {
  it('that stops coming ends as idle', () => {
    const request = FakeRequest.make();
    request.on('error', () => undefined);
    using _watch = watchBody(request);
    vi.advanceTimersByTime(LOOK_EVERY_MS - 1);
    expect(request.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(request.errored).toMatchObject({ code: 'upload/idle' });
  });

  it('that only drips ends too', () => {
    const request = FakeRequest.make();
    request.on('error', () => undefined);
    using _watch = watchBody(request);
    for (let second = 0; second < LOOK_EVERY_MS / 1000; second++) {
      request.socket.bytesRead += 1;
      vi.advanceTimersByTime(1000);
    }
    expect(request.destroyed).toBe(true);
  });

  it('that comes slowly goes on for as long as it takes', () => {
    const request = FakeRequest.make();
    using _watch = watchBody(request);
    for (let look = 0; look < 1000; look++) {
      request.socket.bytesRead += MIN_BYTES_BETWEEN_LOOKS;
      vi.advanceTimersByTime(LOOK_EVERY_MS);
    }
    expect(request.destroyed).toBe(false);
  });

  it('that waits for this computer to read or write goes on', () => {
    const unread = FakeRequest.make();
    unread.push(Buffer.alloc(10));
    using _unread = watchBody(unread);
    const placed = FakeRequest.make();
    placed.complete = true;
    using _placed = watchBody(placed);
    vi.advanceTimersByTime(10 * LOOK_EVERY_MS);
    expect([unread.destroyed, placed.destroyed]).toEqual([false, false]);
  });

  it('that is done is looked at no more', () => {
    const request = FakeRequest.make();
    watchBody(request)[Symbol.dispose]();
    vi.advanceTimersByTime(10 * LOOK_EVERY_MS);
    expect(request.destroyed).toBe(false);
  });
});
