import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { uploadPath } from '../../shared/native-protocol.ts';

import { OpenRequest, type HeardAnswer } from './open-request.ts';

/** The versions of the IETF draft that peers can tell apart (`Upload-Draft-Interop-Version`). */
export const INTEROP_VERSIONS = [3, 4, 5, 6, 7, 8] as const;

export type InteropVersion = (typeof INTEROP_VERSIONS)[number];

export interface Creation {
  readonly assetKey: string;
  readonly resourceType?: string;
  readonly method?: 'PUT' | 'POST';
  /** Whether the body is the end of the file. */
  readonly isComplete: boolean;
  /** `undefined`: in chunks, without a length. */
  readonly contentLength?: number | undefined;
  readonly fileName?: string;
  /** Further headers; a value of `undefined` takes a usual one away. */
  readonly headers?: OutgoingHttpHeaders;
}

export interface Append {
  readonly offset: number;
  readonly isComplete: boolean;
  readonly contentLength?: number | undefined;
  readonly headers?: OutgoingHttpHeaders;
}

/** What Roost says of an upload. */
export interface UploadState {
  readonly offset: number;
  readonly isComplete: boolean;
  readonly length: number | undefined;
  readonly answer: HeardAnswer;
}

/**
 * Speaks the IETF's resumable uploads as the device of one interop version does: names and senses of its fields, and
 * its media type. It hears interim answers, and every request can be broken off in every way.
 */
export class ResumingPhone {
  readonly version: InteropVersion;
  readonly #lanUrl: string;
  readonly #token: string | undefined;

  constructor(lanUrl: string, token: string | undefined, version: InteropVersion) {
    this.#lanUrl = lanUrl;
    this.#token = token;
    this.version = version;
  }

  /** Begins a request with this device's version and token. */
  open(method: string, url: string, headers: OutgoingHttpHeaders): OpenRequest {
    const all: OutgoingHttpHeaders = {
      'upload-draft-interop-version': this.version,
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...headers,
    };
    const sent = Object.entries(all).filter(([, value]) => value !== undefined);
    return new OpenRequest(new URL(url, this.#lanUrl), method, Object.fromEntries(sent));
  }

  beginCreation(creation: Creation): OpenRequest {
    const { assetKey, resourceType = 'photo', method = 'PUT', fileName } = creation;
    return this.open(method, uploadPath(assetKey, resourceType), {
      'content-type': 'image/jpeg',
      ...bodyLength(creation.contentLength),
      ...completeness(this.version, creation.isComplete),
      ...(fileName !== undefined && { 'roost-filename': encodeURIComponent(fileName) }),
      ...creation.headers,
    });
  }

  /** The whole file in one request, as URLSession sends it; or a first part of it where `isComplete` is false. */
  create(
    creation: Omit<Creation, 'contentLength'>,
    bytes: Uint8Array = Buffer.alloc(0),
  ): Promise<HeardAnswer> {
    return this.beginCreation({ ...creation, contentLength: bytes.byteLength }).end(bytes);
  }

  /** Reserves an upload without sending a byte; gives its address. */
  async reserve(creation: Omit<Creation, 'contentLength' | 'isComplete'>): Promise<string> {
    return uploadUrl(await this.create({ ...creation, isComplete: false }));
  }

  beginAppend(url: string, append: Append): OpenRequest {
    return this.open('PATCH', url, {
      ...(this.version >= 6 && { 'content-type': 'application/partial-upload' }),
      ...bodyLength(append.contentLength),
      'upload-offset': append.offset,
      ...completeness(this.version, append.isComplete),
      ...append.headers,
    });
  }

  append(
    url: string,
    append: Omit<Append, 'contentLength'>,
    bytes: Uint8Array = Buffer.alloc(0),
  ): Promise<HeardAnswer> {
    return this.beginAppend(url, { ...append, contentLength: bytes.byteLength }).end(bytes);
  }

  /** A request without a body to an upload's address. */
  ask(method: string, url: string, headers: OutgoingHttpHeaders = {}): Promise<HeardAnswer> {
    return this.open(method, url, headers).end();
  }

  /** @throws Error when the upload is not there */
  async state(url: string): Promise<UploadState> {
    const answer = await this.ask('HEAD', url);
    const { 'upload-offset': offset, 'upload-length': length } = answer.headers;
    if (answer.status !== 204 || typeof offset !== 'string') {
      throw new Error(`HEAD ${url}: ${answer.status} ${JSON.stringify(answer.headers)}`);
    }
    const isComplete = isToldComplete(this.version, answer.headers);
    if (isComplete === undefined) throw new Error('HEAD does not tell completeness.');
    return {
      offset: Number(offset),
      isComplete,
      length: length === undefined ? undefined : Number(length),
      answer,
    };
  }

  cancel(url: string): Promise<HeardAnswer> {
    return this.ask('DELETE', url);
  }

  /** Goes on where Roost says, to the end. */
  async finish(url: string, bytes: Uint8Array): Promise<HeardAnswer> {
    const { offset } = await this.state(url);
    return this.append(url, { offset, isComplete: true }, bytes.subarray(offset));
  }
}

/** The field that says whether a body is the end of the file: version 3 turns name and sense around. */
export function completeness(version: InteropVersion, isComplete: boolean): OutgoingHttpHeaders {
  return version === 3
    ? { 'upload-incomplete': isComplete ? '?0' : '?1' }
    : { 'upload-complete': isComplete ? '?1' : '?0' };
}

/** What an answer says of completeness in the words of this version, or nothing. */
export function isToldComplete(
  version: InteropVersion,
  headers: IncomingHttpHeaders,
): boolean | undefined {
  const field = version === 3 ? headers['upload-incomplete'] : headers['upload-complete'];
  if (field !== '?0' && field !== '?1') return undefined;
  return (field === '?1') === (version !== 3);
}

/** @throws Error when the answer names no upload */
export function uploadUrl(answer: {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}): string {
  const { location } = answer.headers;
  if (!location?.includes('/v1/uploads/')) {
    throw new Error(`${answer.status} names no upload: ${JSON.stringify(answer.headers)}`);
  }
  return location;
}

function bodyLength(contentLength: number | undefined): OutgoingHttpHeaders {
  return contentLength === undefined
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': contentLength };
}
