import type { OutgoingHttpHeaders } from 'node:http';

import { uploadPath } from '../../shared/native-protocol.ts';

import { OpenRequest, type HeardAnswer } from './open-request.ts';

/** Speaks tus 1.0.0 word by word: for what no tus library sends, such as deferred lengths and wrong versions. */
export class TusPhone {
  readonly #lanUrl: string;
  readonly #token: string | undefined;

  constructor(lanUrl: string, token?: string) {
    this.#lanUrl = lanUrl;
    this.#token = token;
  }

  /** Begins a request; a header of `undefined` takes a usual one away. */
  open(method: string, url: string, headers: OutgoingHttpHeaders = {}): OpenRequest {
    const all: OutgoingHttpHeaders = {
      'tus-resumable': '1.0.0',
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...headers,
    };
    const sent = Object.entries(all).filter(([, value]) => value !== undefined);
    return new OpenRequest(new URL(url, this.#lanUrl), method, Object.fromEntries(sent));
  }

  send(
    method: string,
    url: string,
    headers: OutgoingHttpHeaders = {},
    body: Uint8Array = Buffer.alloc(0),
  ): Promise<HeardAnswer> {
    const length = body.byteLength > 0 || method === 'POST' || method === 'PATCH';
    return this.open(method, url, {
      ...(length && { 'content-length': body.byteLength }),
      ...headers,
    }).end(body);
  }

  /** Creates an upload, with a first part of the file where a body is given. */
  create(
    assetKey: string,
    headers: OutgoingHttpHeaders,
    body: Uint8Array = Buffer.alloc(0),
  ): Promise<HeardAnswer> {
    const path = uploadPath(assetKey, 'photo');
    return this.send('POST', path, { ...(body.byteLength > 0 && OFFSET_BYTES), ...headers }, body);
  }

  append(
    url: string,
    offset: number,
    body: Uint8Array,
    headers: OutgoingHttpHeaders = {},
  ): Promise<HeardAnswer> {
    return this.send('PATCH', url, { ...OFFSET_BYTES, 'upload-offset': offset, ...headers }, body);
  }

  /** @throws Error when the upload is not there */
  async offset(url: string): Promise<number> {
    const answer = await this.send('HEAD', url);
    if (answer.status !== 200) throw new Error(`HEAD ${url}: ${answer.status}`);
    return Number(answer.headers['upload-offset']);
  }
}

export const OFFSET_BYTES: OutgoingHttpHeaders = {
  'content-type': 'application/offset+octet-stream',
};

/** `Upload-Metadata` of these values. */
export function tusMetadata(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}
