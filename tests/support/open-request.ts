import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import type { PhoneAnswer } from './fake-phone.ts';

/** An interim answer: a status below 200 that came before the final one. */
export interface InterimAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** An answer with the interim ones that came before it. */
export interface HeardAnswer extends PhoneAnswer {
  readonly interims: readonly InterimAnswer[];
}

/**
 * A request on a connection of its own whose body is sent by hand, and that can end in every way a phone's Wi-Fi
 * ends one: closed, reset, or silent with the connection still open.
 */
export class OpenRequest implements Disposable {
  readonly interims: InterimAnswer[] = [];
  readonly #request: ClientRequest;
  readonly #answer: Promise<HeardAnswer>;
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  constructor(url: URL, method: string, headers: OutgoingHttpHeaders) {
    const outgoing = request(url, { method, headers, agent: false });
    this.#request = outgoing;
    outgoing.on('information', ({ statusCode, headers: told }) => {
      this.interims.push({ status: statusCode, headers: told });
      this.#wake();
    });
    this.#answer = this.#hear();
    this.#answer
      .catch(() => undefined)
      .finally(() => {
        this.#isOver = true;
        this.#wake();
      });
    outgoing.flushHeaders();
  }

  /** The final answer; rejects with the network's error where none comes. */
  get answer(): Promise<HeardAnswer> {
    return this.#answer;
  }

  /** Of the connection; `undefined` before there is one. */
  get localPort(): number | undefined {
    return this.#request.socket?.localPort;
  }

  /** Bytes that went to the operating system, headers and chunk marks included. */
  get sentByteCount(): number {
    const { socket } = this.#request;
    return socket === null || socket.connecting ? 0 : socket.bytesWritten;
  }

  /** Hands bytes of the body to the operating system. */
  async send(bytes: Uint8Array): Promise<void> {
    if (bytes.byteLength === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#request.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Ends the body, and waits for the answer. */
  end(bytes?: Uint8Array): Promise<HeardAnswer> {
    this.#request.end(bytes);
    return this.#answer;
  }

  /**
   * Waits for an interim answer of this status that has this header.
   * @throws Error when the request is over before
   */
  async hears(status: number, header?: string): Promise<InterimAnswer> {
    for (;;) {
      const found = this.interims.find(
        (each) => each.status === status && (header === undefined || header in each.headers),
      );
      if (found) return found;
      if (this.#isOver) throw new Error(`No ${status} came: ${JSON.stringify(this.interims)}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Closes the connection. */
  drop(): void {
    this.#request.destroy();
  }

  /** Resets the connection (RST), as a phone does that lost its address. */
  async reset(): Promise<void> {
    const { socket } = this.#request;
    if (socket === null) return;
    if (socket.connecting) await once(socket, 'connect');
    socket.resetAndDestroy();
  }

  /** Waits until the other side has ended the connection or answered. */
  async ends(): Promise<void> {
    await this.#answer.catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.drop();
  }

  #hear(): Promise<HeardAnswer> {
    return new Promise((resolve, reject) => {
      this.#request.on('error', reject);
      this.#request.on('close', () => reject(new Error('The connection ended without an answer.')));
      this.#request.on('response', (response: IncomingMessage) => {
        const parts: Buffer[] = [];
        response.on('data', (chunk: Buffer) => parts.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
            interims: this.interims,
          }),
        );
      });
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
