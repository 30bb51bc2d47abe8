import type {
  CheckAnswer,
  CheckEntry,
  HEADERS,
  Ping,
  UploadAnswer,
} from '../../shared/native-protocol.ts';

import { modifiedAtOf, wellFormed } from './asset-key.ts';
import { ODD_ANSWER_CODE, refusalWords } from './refusal-words.ts';

/*
 * The page takes types from shared/ and no code, so that a phone loads a few kilobytes. These literals are held
 * to the protocol by their types.
 */
const FILE_NAME: (typeof HEADERS)['fileName'] = 'Roost-Filename';
const MODIFIED_AT: (typeof HEADERS)['modifiedAt'] = 'Roost-Modified-At';

const CALL_WITHIN_MS = 30_000;
/** An upload in which nothing moves for this long is broken off and tried again. */
const SILENCE_MS = 60_000;
/** The computer may need a while to write a long film to a slow disk before it answers. */
const ANSWER_WITHIN_MS = 180_000;
/** Longest wait an answer can ask for. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Why the computer refused: in its own words (RFC 9457), or those of the page's language. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly retry: 'never' | 'same' | 'later' | 'after-user';
  readonly retryAfterMs: number | undefined;
}

/** How a call went; `unreachable` is everything without an answer. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' };

export interface UploadSubject {
  readonly assetKey: string;
  readonly resourceType: string;
  readonly file: File;
  /** Then its time is not told, see `nameFiles`. */
  readonly isAlike: boolean;
}

/** Native protocol v1 as a page speaks it, to the computer it came from. */
export class RoostClient {
  readonly #token: string;

  /** Without a token only `ping` and `pair` are answered. */
  constructor(token = '') {
    this.#token = token;
  }

  async ping(): Promise<Outcome<Ping>> {
    return this.#call('GET', '/v1/ping', undefined, isPing);
  }

  async pair(
    code: string,
    name: string,
  ): Promise<Outcome<{ token: string; server: { id: string; name: string } }>> {
    const device = { name, model: '', platform: 'web', app: 'Roost web page' };
    return this.#call('POST', '/v1/pair', { code, device }, isPairAnswer);
  }

  /** Answers stand in the order of the questions. */
  async check(
    resources: readonly CheckEntry[],
    signal?: AbortSignal,
  ): Promise<Outcome<CheckAnswer>> {
    const isAnswer = (value: unknown): value is CheckAnswer => answersAll(value, resources);
    return this.#call('POST', '/v1/check', { resources }, isAnswer, signal);
  }

  /**
   * Sends one file. XMLHttpRequest, because `fetch` tells nothing about how much was sent.
   * Done means that the computer said it holds all bytes of it.
   */
  async upload(
    { assetKey, resourceType, file, isAlike }: UploadSubject,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      let watchdog: ReturnType<typeof setTimeout> | undefined;
      const expectLifeWithin = (ms: number): void => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => request.abort(), ms);
      };
      const abort = (): void => request.abort();
      request.addEventListener('loadend', () => {
        clearTimeout(watchdog);
        signal.removeEventListener('abort', abort);
        const retryAfter = request.getResponseHeader('Retry-After');
        resolve(
          outcomeOf(
            request.status,
            request.responseText,
            retryAfter,
            (value): value is UploadAnswer => isUploadAnswer(value, file.size),
          ),
        );
      });
      request.upload.addEventListener('progress', (event) => {
        expectLifeWithin(SILENCE_MS);
        onSent(event.loaded);
      });
      request.upload.addEventListener('load', () => {
        expectLifeWithin(ANSWER_WITHIN_MS);
        onSent(file.size);
      });
      request.open(
        'PUT',
        `/v1/assets/${encodeURIComponent(assetKey)}/${encodeURIComponent(resourceType)}`,
      );
      request.setRequestHeader('Authorization', `Bearer ${this.#token}`);
      request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
      request.setRequestHeader(FILE_NAME, encodeURIComponent(wellFormed(file.name)));
      if (!isAlike) {
        request.setRequestHeader(MODIFIED_AT, new Date(modifiedAtOf(file)).toISOString());
      }
      signal.addEventListener('abort', abort);
      expectLifeWithin(SILENCE_MS);
      if (signal.aborted) abort();
      else request.send(file);
    });
  }

  async #call<T>(
    method: string,
    path: string,
    body: unknown,
    isAnswer: (value: unknown) => value is T,
    signal?: AbortSignal,
  ): Promise<Outcome<T>> {
    const limit = new AbortController();
    const abort = (): void => limit.abort();
    const timer = setTimeout(abort, CALL_WITHIN_MS);
    signal?.addEventListener('abort', abort);
    try {
      const response = await fetch(path, {
        method,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: limit.signal,
        headers: {
          ...(this.#token !== '' && { Authorization: `Bearer ${this.#token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const retryAfter = response.headers.get('Retry-After');
      return outcomeOf(response.status, await response.text(), retryAfter, isAnswer);
    } catch {
      return { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }
}

function outcomeOf<T>(
  status: number,
  text: string,
  retryAfter: string | null,
  isAnswer: (value: unknown) => value is T,
): Outcome<T> {
  if (status === 0) return { kind: 'unreachable' };
  const value = parsedJson(text);
  if (status === 200 || status === 201) {
    return isAnswer(value) ? { kind: 'done', value } : { kind: 'refused', refusal: ODD_ANSWER };
  }
  return { kind: 'refused', refusal: refusalOf(value, retryAfter) };
}

const ODD_ANSWER: Refusal = {
  code: ODD_ANSWER_CODE,
  ...refusalWords(ODD_ANSWER_CODE, {
    title: 'Something other than Roost answered.',
    detail: 'Look whether the address is still that of the computer, and load this page again.',
  }),
  retry: 'after-user',
  retryAfterMs: undefined,
};

const RETRIES: readonly string[] = ['never', 'same', 'later', 'after-user'];

function refusalOf(value: unknown, retryAfter: string | null): Refusal {
  const { code, title, detail, retry } = fieldsOf(value);
  if (
    typeof code !== 'string' ||
    typeof title !== 'string' ||
    typeof detail !== 'string' ||
    typeof retry !== 'string' ||
    !RETRIES.includes(retry)
  ) {
    return ODD_ANSWER;
  }
  const seconds = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return {
    code,
    ...refusalWords(code, { title, detail }),
    retry: retry as Refusal['retry'],
    retryAfterMs: seconds === undefined ? undefined : Math.min(seconds * 1000, MAX_RETRY_AFTER_MS),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isPing(value: unknown): value is Ping {
  const { roost, id, name } = fieldsOf(value);
  return roost === 1 && typeof id === 'string' && typeof name === 'string';
}

function isPairAnswer(
  value: unknown,
): value is { token: string; server: { id: string; name: string } } {
  const { token, server } = fieldsOf(value);
  const { id, name } = fieldsOf(server);
  return typeof token === 'string' && typeof id === 'string' && typeof name === 'string';
}

function answersAll(value: unknown, asked: readonly CheckEntry[]): value is CheckAnswer {
  const { resources } = fieldsOf(value);
  return (
    Array.isArray(resources) &&
    resources.length === asked.length &&
    resources.every((answer: unknown, index) => {
      const { assetKey, resourceType, needed, receiptId } = fieldsOf(answer);
      return (
        assetKey === asked[index]?.assetKey &&
        resourceType === asked[index]?.resourceType &&
        // What is not needed is safe only with the receipt that proves it.
        (needed === true || (needed === false && typeof receiptId === 'string'))
      );
    })
  );
}

function isUploadAnswer(value: unknown, sentByteCount: number): value is UploadAnswer {
  const { result, receiptId, byteCount } = fieldsOf(value);
  return (
    (result === 'stored' || result === 'duplicate' || result === 'repeated') &&
    typeof receiptId === 'string' &&
    byteCount === sentByteCount
  );
}
