import { createReadStream } from 'node:fs';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';

import type { z } from 'zod';

import { isErrorCode, type ErrorCode, type RoostError } from '../../../shared/error-catalogue.ts';
import {
  checkAnswerSchema,
  HEADERS,
  pairAnswerSchema,
  pingSchema,
  uploadPath,
  type CheckAnswer,
  type CheckEntry,
  type PairAnswer,
  type PairingDevice,
  type Ping,
} from '../../../shared/native-protocol.ts';
import { formatReprDigest, parseReprDigest } from '../../../shared/structured-field.ts';
import { errorOfProblem } from '../problem-answer.ts';
import { formatInstant } from './format-instant.ts';
import { contentTypeOf } from './file-kinds.ts';
import type { ResourceFile } from './find-files.ts';

/** Silence for this long ends a connection. Long, because a slow disk may sync a large film before it answers. */
const IDLE_TIMEOUT_MS = 120_000;
/** A check of 5,000 keys answers in well under this; more is not from a Roost. */
const MAX_ANSWER_BYTE_COUNT = 8 * 1024 * 1024;
const READ_BYTE_COUNT = 256 * 1024;
/** So that a check or ping never waits behind uploads. */
const SPARE_CONNECTIONS = 2;

export interface NativeClientOptions {
  /** Base address, e.g. `http://192.168.1.20:7678`. */
  readonly origin: string;
  readonly token?: string;
  /** Most uploads at a time. */
  readonly parallel?: number;
  readonly idleTimeoutMs?: number;
}

/** A resource with the proof of its bytes. */
export interface HashedResource extends ResourceFile {
  readonly sha256: string;
}

/** How one call went: an answer, or none (`network`), or the file gave way under us. */
export type CallFailure =
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly retry: string | undefined;
      readonly retryAfterMs: number | undefined;
      readonly code: ErrorCode | undefined;
      readonly error: RoostError;
    }
  | { readonly kind: 'network'; readonly code: string; readonly staleConnection: boolean }
  | { readonly kind: 'odd-answer'; readonly detail: string };

export type CallOutcome<T> = { readonly kind: 'done'; readonly value: T } | CallFailure;

export type UploadFailure =
  | CallFailure
  | { readonly kind: 'file-changed' }
  | { readonly kind: 'file-unreadable'; readonly code: string };

export type UploadOutcome =
  | {
      readonly kind: 'safe';
      readonly result: 'stored' | 'duplicate' | 'repeated';
      readonly receiptId: string;
      readonly assetId: string | undefined;
    }
  | UploadFailure;

/** Speaks the native protocol (docs/protocol.md) to one Roost. Calls never throw for what the other side does. */
export class NativeClient {
  readonly origin: string;
  readonly #token: string | undefined;
  readonly #agent: Agent;
  readonly #idleTimeoutMs: number;

  constructor(options: NativeClientOptions) {
    this.origin = options.origin;
    this.#token = options.token;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: (options.parallel ?? 1) + SPARE_CONNECTIONS,
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  ping(signal: AbortSignal, timeoutMs = 5_000): Promise<CallOutcome<Ping>> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return this.#call('GET', '/v1/ping', undefined, pingSchema, limited);
  }

  pair(code: string, device: PairingDevice, signal: AbortSignal): Promise<CallOutcome<PairAnswer>> {
    return this.#call('POST', '/v1/pair', { code, device }, pairAnswerSchema, signal);
  }

  /** Answers stand in the order of the entries; anything else is an odd answer. */
  async check(
    entries: readonly CheckEntry[],
    signal: AbortSignal,
  ): Promise<CallOutcome<CheckAnswer['resources']>> {
    const body = { resources: entries };
    const outcome = await this.#call('POST', '/v1/check', body, checkAnswerSchema, signal);
    if (outcome.kind !== 'done') return outcome;
    const { resources } = outcome.value;
    const isInOrder = entries.every(({ assetKey }, at) => resources[at]?.assetKey === assetKey);
    if (resources.length !== entries.length || !isInOrder) {
      return { kind: 'odd-answer', detail: 'Roost answered about other files than it was asked.' };
    }
    return { kind: 'done', value: resources };
  }

  /**
   * Sends one resource as raw body. `safe` only when the answer names a receipt and the very digest that was sent.
   * @param onSent called with the number of bytes handed to the connection.
   */
  upload(
    resource: HashedResource,
    signal: AbortSignal,
    onSent: (byteCount: number) => void,
  ): Promise<UploadOutcome> {
    return new Promise((resolve) => {
      let fileFailure: UploadFailure | undefined;
      const request = httpRequest(
        new URL(uploadPath(resource.assetKey, resource.resourceType), this.origin),
        {
          method: 'PUT',
          agent: this.#agent,
          signal,
          timeout: this.#idleTimeoutMs,
          headers: this.#headers({
            'Content-Type': contentTypeOf(resource.fileName),
            'Content-Length': resource.byteCount,
            [HEADERS.reprDigest]: formatReprDigest(resource.sha256),
            // A lone surrogate (a file name that is no valid Unicode) cannot be percent-encoded.
            [HEADERS.fileName]: encodeURIComponent(resource.fileName.toWellFormed()),
            ...instantHeader(HEADERS.modifiedAt, resource.modifiedAt),
            ...instantHeader(HEADERS.createdAt, resource.createdAt),
          }),
        },
      );
      const body = createReadStream(resource.path, { highWaterMark: READ_BYTE_COUNT });
      request.on('timeout', () => request.destroy(idleError()));
      let answer: IncomingMessage | undefined;
      request.on('response', (arrived) => {
        answer = arrived;
        // An answer before the end of the body is the whole answer: the rest need not be sent.
        void readAnswer(arrived).then((text) => {
          if (!request.writableFinished) request.destroy();
          resolve(uploadOutcomeOf(arrived, text, resource));
        });
      });
      request.on('error', (error) => {
        body.destroy();
        if (answer !== undefined) resolve(uploadOutcomeOf(answer, undefined, resource));
        else resolve(fileFailure ?? networkFailure(error, request.reusedSocket));
      });
      body.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== undefined && error.syscall !== undefined) {
          fileFailure = { kind: 'file-unreadable', code: error.code };
        }
      });
      pipeline(
        body,
        async function* (chunks: AsyncIterable<Buffer>) {
          let sentByteCount = 0;
          for await (const chunk of chunks) {
            sentByteCount += chunk.byteLength;
            if (sentByteCount > resource.byteCount) break;
            yield chunk;
            onSent(chunk.byteLength);
          }
          if (sentByteCount !== resource.byteCount) {
            fileFailure = { kind: 'file-changed' };
            throw new Error('The file is not as long as it was when it was hashed.');
          }
        },
        request,
      ).catch((error: unknown) => {
        // Also ends a request whose connection was not there yet; its 'error' settles the outcome.
        request.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  #call<T extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    schema: T,
    signal: AbortSignal,
  ): Promise<CallOutcome<z.output<T>>> {
    return new Promise((resolve) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const request = httpRequest(new URL(path, this.origin), {
        method,
        agent: this.#agent,
        signal,
        timeout: this.#idleTimeoutMs,
        headers: this.#headers(
          text === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) },
        ),
      });
      request.on('timeout', () => request.destroy(idleError()));
      request.on('error', (error) => resolve(networkFailure(error, request.reusedSocket)));
      request.on('response', (answer) => {
        void readAnswer(answer).then((answerText) => {
          resolve(callOutcomeOf(answer, answerText, schema));
        });
      });
      request.end(text);
    });
  }

  #headers(own: Record<string, string | number>): Record<string, string | number> {
    return {
      Accept: 'application/json',
      ...own,
      ...(this.#token !== undefined && { Authorization: `Bearer ${this.#token}` }),
    };
  }
}

/** The body of an answer as text; `undefined` when it broke off or is larger than any answer of Roost. */
function readAnswer(answer: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let byteCount = 0;
    answer.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (byteCount > MAX_ANSWER_BYTE_COUNT) answer.destroy();
      else chunks.push(chunk);
    });
    answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    answer.on('error', () => resolve(undefined));
    answer.on('close', () => resolve(undefined));
  });
}

function callOutcomeOf<T extends z.ZodType>(
  answer: IncomingMessage,
  text: string | undefined,
  schema: T,
): CallOutcome<z.output<T>> {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) return refusalOf(answer, text);
  if (text === undefined) return { kind: 'network', code: 'ECONNRESET', staleConnection: false };
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success
    ? { kind: 'done', value: parsed.data }
    : { kind: 'odd-answer', detail: 'What answers there is not a Roost of this version.' };
}

/** Everything that decides stands in the headers; the body may have broken off. */
function uploadOutcomeOf(
  answer: IncomingMessage,
  text: string | undefined,
  resource: HashedResource,
): UploadOutcome {
  const status = answer.statusCode ?? 0;
  if (status !== 200 && status !== 201) return refusalOf(answer, text);
  const result = headerOf(answer, HEADERS.result);
  const receiptId = headerOf(answer, HEADERS.receipt);
  const { sha256 } = parseReprDigest(headerOf(answer, HEADERS.reprDigest));
  if (sha256 !== resource.sha256) {
    const detail =
      sha256 === undefined
        ? 'Roost did not say which bytes it stored.'
        : 'Roost says that it stored other bytes than were sent.';
    return { kind: 'odd-answer', detail };
  }
  if (
    receiptId === undefined ||
    (result !== 'stored' && result !== 'duplicate' && result !== 'repeated')
  ) {
    return { kind: 'odd-answer', detail: 'The answer carries no receipt.' };
  }
  return { kind: 'safe', result, receiptId, assetId: headerOf(answer, HEADERS.asset) };
}

function refusalOf(answer: IncomingMessage, text: string | undefined): CallFailure {
  const status = answer.statusCode ?? 0;
  const code = headerOf(answer, HEADERS.error);
  const seconds = Number(headerOf(answer, 'Retry-After') ?? Number.NaN);
  const error = errorOfProblem(status, parseJson(text ?? '') ?? { code });
  return {
    kind: 'refused',
    status,
    retry: headerOf(answer, HEADERS.retry),
    retryAfterMs: seconds >= 0 ? seconds * 1000 : undefined,
    code: code !== undefined && isErrorCode(code) ? code : undefined,
    error,
  };
}

function instantHeader(name: string, instant: number | undefined): Record<string, string> {
  const text = instant === undefined ? undefined : formatInstant(instant);
  return text === undefined ? {} : { [name]: text };
}

function networkFailure(error: NodeJS.ErrnoException, staleConnection: boolean): CallFailure {
  return { kind: 'network', code: error.code ?? error.name, staleConnection };
}

function idleError(): NodeJS.ErrnoException {
  return Object.assign(new Error('The connection was silent for too long.'), { code: 'ETIMEDOUT' });
}

function headerOf(answer: IncomingMessage, name: string): string | undefined {
  const value = answer.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
