import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { problemOf, type RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import { answerEmpty, answerJson } from '../../early-answer.ts';

/** Answers with JSON, under the plain content type that the clients look for. */
export function answerImmich(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  status = 200,
): void {
  answerJson(request, response, status, {}, value, 'application/json');
}

/** Answers that it is done. */
export function answerDone(request: IncomingMessage, response: ServerResponse): void {
  answerEmpty(request, response, 204, {});
}

/**
 * Answers a failure as Immich does: its clients show `message`, then `error`. Roost's own code stands in the header.
 * Where the upload would only be given up for a plain error, the connection is closed without one.
 */
export function answerImmichProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: RoostError,
  { isUpload = false } = {},
): void {
  if (isUpload && error.facts.closesUpload) {
    request.socket.destroy();
    return;
  }
  const { status: told, code, title, detail } = problemOf(error);
  const status = REASONS[told] === undefined ? statusLike(told) : told;

  answerJson(
    request,
    response,
    status,
    {
      [HEADERS.error]: code,
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="Roost"' }),
    },
    {
      // Apps know these words of a token; a person who mistyped reads what is wrong.
      message: code.startsWith('auth/token-')
        ? 'Authentication required'
        : [title, detail].filter(Boolean).join(' '),
      error: REASONS[status] ?? 'Error',
      statusCode: status,
      correlationId: randomUUID(),
    },
    'application/json',
  );
}

/** Clients know few words; any other fault of theirs is a bad request, any other of ours an error. */
function statusLike(status: number): number {
  return status < 500 ? 400 : 500;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
