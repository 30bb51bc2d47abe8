import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * An HTTP proxy between a browser and Roost. Through it the browser reaches Roost by a name, as a phone does: a
 * plain-http address that is no secure context. And it can fail as a phone's Wi-Fi does.
 */
export class WeakNetwork implements AsyncDisposable {
  /** Uploads that reached the proxy, as `PUT <path>`. */
  readonly uploads: string[] = [];
  /** How many of the next uploads are cut off, each after this many bytes. */
  cuts: { count: number; afterByteCount: number } = { count: 0, afterByteCount: 0 };
  /** How many of the next uploads reach Roost in full while their answer gets lost. */
  lostAnswers = 0;
  isDown = false;
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #held: (() => void)[] | undefined;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((request, response) => void this.#pass(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async before(lanUrl: string): Promise<WeakNetwork> {
    const network = new WeakNetwork(lanUrl);
    await new Promise<void>((resolve) => network.#server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get proxyUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Holds uploads back until the returned function is called. */
  holdUploads(): () => void {
    const held: (() => void)[] = [];
    this.#held = held;
    return () => {
      this.#held = undefined;
      for (const release of held) release();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, method = 'GET' } = request;
    const asked = new URL(request.url ?? '/', 'http://roost.test');
    // The browser's own calls home are not for Roost.
    if (this.isDown || !asked.hostname.endsWith('.test')) {
      socket.destroy();
      return;
    }
    const isUpload = method === 'PUT';
    if (isUpload) {
      this.uploads.push(asked.pathname);
      const held = this.#held;
      if (held) await new Promise<void>((resolve) => held.push(resolve));
    }
    const isCut = isUpload && this.cuts.count > 0;
    if (isCut) this.cuts.count -= 1;
    const isAnswerLost = isUpload && !isCut && this.lostAnswers > 0;
    if (isAnswerLost) this.lostAnswers -= 1;
    const onward = httpRequest(
      {
        host: this.#target.hostname,
        port: this.#target.port,
        method,
        path: asked.pathname + asked.search,
        headers: request.headers,
      },
      (answer) => {
        if (isAnswerLost) {
          answer.resume().on('end', () => socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => socket.destroy());
    let byteCount = 0;
    request.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (!isCut || byteCount <= this.cuts.afterByteCount) return;
      onward.destroy();
      socket.destroy();
    });
    request.pipe(onward);
  }
}
