import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { problemOf, type RoostError } from '../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../shared/native-protocol.ts';

import { answerJson } from './early-answer.ts';

/** Seconds after which a condition that passes by itself is worth another try. */
const RETRY_AFTER_SECONDS = 30;

/** Answers with RFC 9457 problem details; everything a device must know stands in the headers too. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: RoostError,
  headers: OutgoingHttpHeaders = {},
): void {
  const problem = problemOf(error);
  answerJson(
    request,
    response,
    problem.status,
    {
      ...headers,
      [HEADERS.error]: problem.code,
      [HEADERS.retry]: problem.retry,
      ...(problem.retry === 'later' && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
      ...(problem.status === 401 && { 'www-authenticate': challenge(error) }),
    },
    problem,
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
): void {
  // Not `request.destroy()`: that leaves the connection open, and silent, once the body has been read.
  if (error.facts.closesUpload) request.socket.destroy();
  else answerProblem(request, response, error);
}

function challenge(error: RoostError): string {
  // RFC 6750, section 3: no error attribute when the request had no credentials at all.
  return error.code === 'auth/token-missing'
    ? 'Bearer realm="Roost"'
    : 'Bearer realm="Roost", error="invalid_token"';
}
