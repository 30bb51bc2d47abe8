import {
  createServer,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request that brought bytes to an upload. */
export interface UploadPart {
  readonly path: string;
  /** Where in the file it says it begins. */
  readonly offset: number;
  byteCount: number;
}

/**
 * An HTTP proxy between a browser and Roost. Through it the browser reaches Roost by a name, as a phone does: a
 * plain-http address that is no secure context. And it can fail as a phone's Wi-Fi does.
 */
export class WeakNetwork implements AsyncDisposable {
  /** Paths of the files that were sent in one request. */
  readonly uploads: string[] = [];
  /** Requests of uploads that can be gone on with, and the bytes of each that went on to Roost. */
  readonly parts: UploadPart[] = [];
  /** How many of the next uploads are cut off, each after this many bytes. */
  cuts: { count: number; afterByteCount: number } = { count: 0, afterByteCount: 0 };
  /** How many of the next uploads reach Roost in full while their answer gets lost. */
  lostAnswers = 0;
  isDown = false;
  /** At the next part of an upload: goes down once so many of its bytes went on to Roost. */
  downAfterByteCount: number | undefined;
  /** At the next part of an upload: no more goes on than so many bytes, and nobody is told. */
  stallAfterByteCount: number | undefined;
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
    if (method === 'PATCH') {
      this.#passPart(request, response, asked.pathname);
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
    const onward = this.#ask(request, asked.pathname + asked.search, (answer) => {
      if (isAnswerLost) {
        answer.resume().on('end', () => socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    let byteCount = 0;
    request.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (!isCut || byteCount <= this.cuts.afterByteCount) return;
      onward.destroy();
      socket.destroy();
    });
    request.pipe(onward);
  }

  #passPart(request: IncomingMessage, response: ServerResponse, path: string): void {
    const { socket, headers } = request;
    const part = { path, offset: Number(headers['upload-offset']), byteCount: 0 };
    this.parts.push(part);
    const { downAfterByteCount = Infinity, stallAfterByteCount = Infinity } = this;
    this.downAfterByteCount = undefined;
    this.stallAfterByteCount = undefined;
    const most = Math.min(downAfterByteCount, stallAfterByteCount);
    const onward = this.#ask(request, path, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.on('data', (chunk: Buffer) => {
      const wanted = chunk.subarray(0, Math.max(0, most - part.byteCount));
      if (wanted.byteLength === 0) return;
      part.byteCount += wanted.byteLength;
      request.pause();
      onward.write(wanted, () => {
        if (part.byteCount < most) request.resume();
        else if (most === downAfterByteCount) {
          this.isDown = true;
          onward.destroy();
          socket.destroy();
        }
      });
    });
    request.on('end', () => onward.end());
  }

  /** Passes a request on; where Roost cannot be reached the browser's connection breaks. */
  #ask(
    { method = 'GET', headers, socket }: IncomingMessage,
    path: string,
    onAnswer: (answer: IncomingMessage) => void,
  ): ClientRequest {
    const { hostname: host, port } = this.#target;
    const onward = httpRequest({ host, port, method, path, headers }, onAnswer);
    return onward.on('error', () => socket.destroy());
  }
}
