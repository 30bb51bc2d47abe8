import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

import type { OpenRequest } from './open-request.ts';

const STARTED = channel('http.server.request.start');

interface StartedRequest {
  readonly socket: Socket;
  readonly server: { readonly requestTimeout: number; readonly timeout: number };
}

/** Sees the server's end of every HTTP connection of this process: so tests need not guess what has arrived. */
export class ServerEnds implements Disposable {
  readonly #started = new Map<number, StartedRequest>();
  readonly #note = (message: unknown): void => {
    const started = message as StartedRequest;
    const { remotePort } = started.socket;
    if (remotePort !== undefined) this.#started.set(remotePort, started);
  };

  constructor() {
    STARTED.subscribe(this.#note);
  }

  /** Waits until the server has read everything this request has sent so far. */
  async hasRead(request: OpenRequest): Promise<void> {
    for (;;) {
      const sent = request.sentByteCount;
      const socket = this.#started.get(request.localPort ?? 0)?.socket;
      if (sent > 0 && socket && (socket.bytesRead >= sent || socket.destroyed)) break;
      await setImmediate();
    }
    // What was read goes through the parser to the route before the loop comes round twice.
    await setImmediate();
    await setImmediate();
  }

  /** The server behind a request. */
  async serverOf(request: OpenRequest): Promise<StartedRequest['server']> {
    await this.hasRead(request);
    return this.#started.get(request.localPort ?? 0)!.server;
  }

  [Symbol.dispose](): void {
    STARTED.unsubscribe(this.#note);
  }
}
