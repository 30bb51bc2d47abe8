import type { IncomingMessage } from 'node:http';

import type { z } from 'zod';

import { isErrorCode, type ErrorCode, type RoostError } from '../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../shared/native-protocol.ts';
import { parseReprDigest } from '../../../shared/structured-field.ts';
import { errorOfProblem } from '../problem-answer.ts';

/** A check of 5,000 keys answers in well under this; more is not from a Roost. */
const MAX_ANSWER_BYTE_COUNT = 8 * 1024 * 1024;

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

/** The body of an answer as text; `undefined` when it broke off or is larger than any answer of Roost. */
export function readAnswer(answer: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let byteCount = 0;
    answer.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (byteCount > MAX_ANSWER_BYTE_COUNT) answer.destroy();
      else chunks.push(chunk);
    });
    answer.on('error', () => undefined);
    answer.on('close', () => {
      resolve(answer.complete && byteCount <= MAX_ANSWER_BYTE_COUNT ? textOf(chunks) : undefined);
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

export function callOutcomeOf<T extends z.ZodType>(
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
export function uploadOutcomeOf(
  answer: IncomingMessage,
  text: string | undefined,
  sentSha256: string,
): UploadOutcome {
  const status = answer.statusCode ?? 0;
  if (status !== 200 && status !== 201) return refusalOf(answer, text);
  const result = headerOf(answer, HEADERS.result);
  const receiptId = headerOf(answer, HEADERS.receipt);
  const { sha256 } = parseReprDigest(headerOf(answer, HEADERS.reprDigest));
  if (sha256 !== sentSha256) {
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

export function networkFailure(
  error: NodeJS.ErrnoException,
  staleConnection: boolean,
): CallFailure {
  return { kind: 'network', code: error.code ?? error.name, staleConnection };
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
