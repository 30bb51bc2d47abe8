import { createReadStream } from 'node:fs';
import { Agent, request as httpRequest, type ClientRequest } from 'node:http';
import { pipeline } from 'node:stream/promises';

import type { z } from 'zod';

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
import { formatReprDigest } from '../../../shared/structured-field.ts';
import { formatInstant } from './format-instant.ts';
import { contentTypeOf } from './file-kinds.ts';
import type { ResourceFile } from './find-files.ts';
import {
  callOutcomeOf,
  networkFailure,
  readAnswer,
  uploadOutcomeOf,
  type CallOutcome,
  type UploadFailure,
  type UploadOutcome,
} from './native-answers.ts';

/** Silence for this long ends a connection. Long, because a slow disk may sync a large film before it answers. */
const IDLE_TIMEOUT_MS = 120_000;
/** From here on a body is sent only once Roost wants it (`Expect: 100-continue`): a refusal then costs nothing. */
const ASK_FIRST_FROM_BYTE_COUNT = 1024 * 1024;
/** Something in between that does not know `Expect` is silent: then the body is sent anyway (RFC 9110, 10.1.1). */
const LONGEST_ASK_MS = 2_000;
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
      let outcome: UploadOutcome | undefined;
      let isAllSent = false;
      const asksFirst = resource.byteCount >= ASK_FIRST_FROM_BYTE_COUNT;
      const request = httpRequest(
        new URL(uploadPath(resource.assetKey, resource.resourceType), this.origin),
        {
          method: 'PUT',
          agent: this.#agent,
          signal,
          timeout: this.#idleTimeoutMs,
          headers: this.#headers(uploadHeaders(resource, asksFirst)),
        },
      );
      const startBody = onceOnly(() => {
        sendBody(resource, request, {
          onSent,
          onAllSent: () => {
            isAllSent = true;
          },
          onFileFailure: (failure) => {
            outcome ??= failure;
          },
        });
      });
      const askedLongEnough = setTimeout(startBody, LONGEST_ASK_MS);
      if (!asksFirst) startBody();
      request.on('continue', startBody);
      request.on('timeout', () => request.destroy(idleError()));
      request.on('response', (answer) => {
        // From its headers alone, in case that the connection breaks before the end of the answer.
        outcome = uploadOutcomeOf(answer, undefined, resource.sha256);
        void readAnswer(answer).then((text) => {
          outcome = uploadOutcomeOf(answer, text, resource.sha256);
          // An answer before the end of the body is the whole answer: the rest need not be sent.
          if (!isAllSent) request.destroy();
        });
      });
      request.on('error', (error) => {
        outcome ??= networkFailure(error, request.reusedSocket);
      });
      // The last event in every case; after it the connection is free for the next request.
      request.on('close', () => {
        clearTimeout(askedLongEnough);
        resolve(outcome ?? networkFailure(idleError(), false));
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

function uploadHeaders(
  resource: HashedResource,
  asksFirst: boolean,
): Record<string, string | number> {
  return {
    'Content-Type': contentTypeOf(resource.fileName),
    'Content-Length': resource.byteCount,
    [HEADERS.reprDigest]: formatReprDigest(resource.sha256),
    // A lone surrogate (a file name that is no valid Unicode) cannot be percent-encoded.
    [HEADERS.fileName]: encodeURIComponent(resource.fileName.toWellFormed()),
    ...instantHeader(HEADERS.modifiedAt, resource.modifiedAt),
    ...instantHeader(HEADERS.createdAt, resource.createdAt),
    ...(asksFirst && { Expect: '100-continue' }),
  };
}

interface BodyEvents {
  readonly onSent: (byteCount: number) => void;
  /** The last byte is handed over; the answer may come before the stream itself has ended. */
  readonly onAllSent: () => void;
  readonly onFileFailure: (failure: UploadFailure) => void;
}

/** Streams the file into the request. Whatever breaks ends the request. */
function sendBody(
  resource: HashedResource,
  request: ClientRequest,
  { onSent, onAllSent, onFileFailure }: BodyEvents,
): void {
  if (request.destroyed) return;
  const file = createReadStream(resource.path, { highWaterMark: READ_BYTE_COUNT });
  file.on('error', (error: NodeJS.ErrnoException) => {
    // Only a failed system call is the file's fault; a destroyed request ends the stream with an error too.
    if (error.code !== undefined && error.syscall !== undefined) {
      onFileFailure({ kind: 'file-unreadable', code: error.code });
    }
  });
  const exactly = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let sentByteCount = 0;
    for await (const chunk of chunks) {
      sentByteCount += chunk.byteLength;
      if (sentByteCount > resource.byteCount) break;
      if (sentByteCount === resource.byteCount) onAllSent();
      onSent(chunk.byteLength);
      yield chunk;
    }
    if (sentByteCount !== resource.byteCount) {
      onFileFailure({ kind: 'file-changed' });
      throw new Error('The file is not as long as it was when it was hashed.');
    }
  };
  pipeline(file, exactly, request).catch((error: unknown) => {
    request.destroy(error instanceof Error ? error : undefined);
  });
}

function onceOnly(task: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    task();
  };
}

function instantHeader(name: string, instant: number | undefined): Record<string, string> {
  const text = instant === undefined ? undefined : formatInstant(instant);
  return text === undefined ? {} : { [name]: text };
}

function idleError(): NodeJS.ErrnoException {
  return Object.assign(new Error('The connection was silent for too long.'), { code: 'ETIMEDOUT' });
}
