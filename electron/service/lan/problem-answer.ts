import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { problemOf, type RoostError } from '../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../shared/native-protocol.ts';

import { answerJson } from './early-answer.ts';

/** Seconds after which a condition that passes by itself is worth another try. */
const RETRY_AFTER_SECONDS = 30;

export interface ProblemExtras {
  /** Where a protocol wants another status than the catalogue's. */
  readonly status?: number;
  /** Extension members of the problem. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Answers with RFC 9457 problem details; everything a device must know stands in the headers too. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: RoostError,
  headers: OutgoingHttpHeaders = {},
  more: ProblemExtras = {},
): void {
  const problem = problemOf(error);
  answerJson(
    request,
    response,
    more.status ?? problem.status,
    {
      ...headers,
      [HEADERS.error]: problem.code,
      [HEADERS.retry]: problem.retry,
      ...(problem.retry === 'later' && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
      ...(problem.status === 401 && { 'www-authenticate': challenge(error) }),
    },
    { ...problem, ...(more.status !== undefined && { status: more.status }), ...more.members },
    'application/problem+json',
  );
}

/**
 * Answers on an upload route: for conditions that pass by themselves the connection is closed without an
 * answer, since a PhotoKit client drops a job after a plain error but comes back after a network error.
 */
export function answerUploadProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: RoostError,
  headers?: OutgoingHttpHeaders,
  more?: ProblemExtras,
): void {
  // Not `request.destroy()`: that leaves the connection open, and silent, once the body has been read.
  if (error.facts.closesUpload) request.socket.destroy();
  else answerProblem(request, response, error, headers, more);
}

function challenge(error: RoostError): string {
  // RFC 6750, section 3: no error attribute when the request had no credentials at all.
  return error.code === 'auth/token-missing'
    ? 'Bearer realm="Roost"'
    : 'Bearer realm="Roost", error="invalid_token"';
}
