import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ERRORS, problemOf, RoostError, type ErrorCode } from '../../../shared/error-catalogue.ts';
import { checkRequestSchema, HEADERS, pairRequestSchema } from '../../../shared/native-protocol.ts';
import { formatReprDigest, parseReprDigest } from '../../../shared/structured-field.ts';

/** What goes wrong with one upload. */
export type Fault =
  /** The connection ends after the first bytes of the body. */
  | 'drop-mid-body'
  /** The bytes are stored and the connection ends before the answer. */
  | 'drop-answer'
  /** The bytes are stored, but the answer names others. */
  | 'wrong-digest'
  | 'no-receipt'
  /** Nothing is answered and the connection stays open. */
  | 'silence'
  | { readonly refuse: ErrorCode; readonly retryAfter?: number };

interface StoredResource {
  readonly assetKey: string;
  readonly resourceType: string;
  readonly sha256: string;
  readonly bytes: Buffer;
  readonly receiptId: string;
  readonly assetId: string;
  readonly headers: IncomingMessage['headers'];
}

/** A Roost for tests: speaks the native protocol over real HTTP, keeps bytes in memory, breaks when told to. */
export class FakeRoost implements AsyncDisposable {
  /** Another value stands for another Roost at the same address. */
  id: string = randomUUID();
  readonly name = 'Kitchen';
  readonly token = 'good-token';
  /** What its ping says of its library; a Roost before that came says nothing. */
  library: string | undefined;
  code = '123-456';
  /** Used up from the front, one for each upload that arrives. */
  readonly faults: Fault[] = [];
  /** Runs as soon as an upload arrives, before its body is read. */
  onUpload: (() => void) | undefined;
  readonly stored: StoredResource[] = [];
  readonly requests: string[] = [];
  readonly pairedDevices: unknown[] = [];
  mostUploadsAtOnce = 0;
  connectionCount = 0;
  #uploadsAtOnce = 0;
  #server: Server | undefined;
  #port = 0;

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** How many requests of a kind have come, e.g. `PUT` or `POST /v1/check`. */
  count(start: string): number {
    return this.requests.filter((line) => line.startsWith(start)).length;
  }

  async start(): Promise<this> {
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
      this.#answer(request, response).catch(() => request.socket.destroy());
    };
    const server = createServer(onRequest).on('checkContinue', onRequest);
    server.on('connection', () => {
      this.connectionCount += 1;
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Goes away; `start` brings it back at the same port. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    if (url === '/v1/ping') {
      const { id, name, library } = this;
      sendJson(response, 200, { roost: 1, id, name, ...(library !== undefined && { library }) });
      return;
    }
    if (url === '/v1/pair') {
      this.#pair(await readAll(request), response);
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      refuse(response, 'auth/token-invalid');
      return;
    }
    if (url === '/v1/check') {
      this.#check(await readAll(request), response);
      return;
    }
    this.#uploadsAtOnce += 1;
    this.mostUploadsAtOnce = Math.max(this.mostUploadsAtOnce, this.#uploadsAtOnce);
    try {
      await this.#upload(request, response);
    } finally {
      this.#uploadsAtOnce -= 1;
    }
  }

  #pair(body: Buffer, response: ServerResponse): void {
    const { code, device } = pairRequestSchema.parse(JSON.parse(body.toString()));
    if (code !== this.code) {
      refuse(response, 'pairing/code-invalid');
      return;
    }
    this.pairedDevices.push(device);
    const server = { id: this.id, name: this.name, protocol: 1 };
    sendJson(response, 201, { deviceId: randomUUID(), token: this.token, server });
  }

  #check(body: Buffer, response: ServerResponse): void {
    const { resources } = checkRequestSchema.parse(JSON.parse(body.toString()));
    sendJson(response, 200, {
      resources: resources.map(({ assetKey, resourceType, sha256 }) => {
        const here = this.stored.find(
          (each) =>
            each.assetKey === assetKey &&
            each.resourceType === resourceType &&
            each.sha256 === sha256,
        );
        const head = { assetKey, resourceType, needed: here === undefined };
        return here ? { ...head, receiptId: here.receiptId, assetId: here.assetId } : head;
      }),
    });
  }

  async #upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.shift();
    this.onUpload?.();
    if (fault === 'silence') return;
    if (typeof fault === 'object') {
      refuse(response, fault.refuse, fault.retryAfter);
      return;
    }
    if (request.headers.expect !== undefined) response.writeContinue();
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      if (fault === 'drop-mid-body') {
        request.socket.destroy();
        return;
      }
    }
    const bytes = Buffer.concat(chunks);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const told = parseReprDigest(request.headers['repr-digest'] as string).sha256;
    if (bytes.length === 0) {
      refuse(response, 'upload/empty-body');
      return;
    }
    if (told !== sha256) {
      refuse(response, 'upload/digest-mismatch');
      return;
    }
    const [, , , assetKey = '', resourceType = ''] = (request.url ?? '')
      .split('/')
      .map(decodeURIComponent);
    const known = this.stored.find((each) => each.sha256 === sha256);
    const resource = known ?? {
      assetKey,
      resourceType,
      sha256,
      bytes,
      receiptId: randomUUID(),
      assetId: randomUUID(),
      headers: request.headers,
    };
    if (!known) this.stored.push(resource);
    if (fault === 'drop-answer') {
      request.socket.destroy();
      return;
    }
    const claimed = fault === 'wrong-digest' ? '0'.repeat(64) : sha256;
    response.writeHead(known ? 200 : 201, {
      [HEADERS.result]: known ? 'duplicate' : 'stored',
      ...(fault !== 'no-receipt' && { [HEADERS.receipt]: resource.receiptId }),
      [HEADERS.asset]: resource.assetId,
      [HEADERS.reprDigest]: formatReprDigest(claimed),
    });
    response.end('{}');
  }
}

function refuse(response: ServerResponse, code: ErrorCode, retryAfter?: number): void {
  const { status, retry } = ERRORS[code];
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    [HEADERS.error]: code,
    [HEADERS.retry]: retry,
    Connection: 'close',
    ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
  });
  response.end(JSON.stringify(problemOf(new RoostError(code))));
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
