import { createHash } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

import { uploadPath } from '../../shared/native-protocol.ts';

export interface PhoneUpload {
  readonly assetKey: string;
  readonly resourceType?: string;
  readonly bytes: Uint8Array;
  readonly fileName?: string;
  readonly method?: 'PUT' | 'POST';
  /** Further headers; a value of `undefined` takes a usual one away. */
  readonly headers?: OutgoingHttpHeaders;
  /** Breaks the connection off after this many bytes of the body. */
  readonly breakAfterByteCount?: number;
}

export interface PhoneAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Speaks to a Roost as a phone's upload job does: one resource, one request, raw body, all else in headers. */
export class FakePhone {
  readonly #lanUrl: string;
  readonly #token: string | undefined;
  readonly #agent: Agent;

  constructor(lanUrl: string, token?: string) {
    this.#lanUrl = lanUrl;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true });
  }

  /** Sends one resource. Rejects with the network's error where no answer comes. */
  upload(upload: PhoneUpload): Promise<PhoneAnswer> {
    const { assetKey, resourceType = 'photo', bytes, fileName, method = 'PUT' } = upload;
    return this.send(
      method,
      uploadPath(assetKey, resourceType),
      {
        'content-type': 'image/jpeg',
        'content-length': bytes.byteLength,
        ...(fileName !== undefined && { 'roost-filename': encodeURIComponent(fileName) }),
        ...upload.headers,
      },
      bytes,
      upload.breakAfterByteCount,
    );
  }

  send(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body?: Uint8Array,
    breakAfterByteCount?: number,
  ): Promise<PhoneAnswer> {
    const all = {
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...headers,
    };
    const sent = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    ) as OutgoingHttpHeaders;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, this.#lanUrl),
        { method, headers: sent, agent: this.#agent },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (chunk: Buffer) => parts.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      if (breakAfterByteCount !== undefined) {
        outgoing.write(body?.subarray(0, breakAfterByteCount), () => outgoing.destroy());
      } else outgoing.end(body);
    });
  }

  json(method: string, path: string, value: unknown): Promise<PhoneAnswer> {
    const body = Buffer.from(JSON.stringify(value));
    return this.send(
      method,
      path,
      { 'content-type': 'application/json', 'content-length': body.byteLength },
      body,
    );
  }

  /** Lets its connections go. */
  close(): void {
    this.#agent.destroy();
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
