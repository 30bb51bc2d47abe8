import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** How long a body nobody wants is still taken in and dropped, so that the answer gets through. */
const MAX_DRAIN_MS = 30_000;

/** Requests that wait for "100 Continue" and were not told to go on. */
const waiting = new WeakSet<IncomingMessage>();

/** Remembers that the client holds its body back until `askForBody`. */
export function noteBodyIsHeldBack(request: IncomingMessage): void {
  waiting.add(request);
}

/** Tells a client that waits for it to send its body. */
export function askForBody(request: IncomingMessage, response: ServerResponse): void {
  if (waiting.delete(request)) response.writeContinue();
}

/**
 * Answers with JSON, also while the request's body is still coming.
 *
 * A connection closed with unread bytes in it is reset, and the reset may overtake the answer. So the whole
 * answer goes out first, then some of the body is taken in and dropped, and only then the connection is closed.
 */
export function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  value: unknown,
  contentType = 'application/json; charset=utf-8',
): void {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  answer(request, response, status, body, {
    ...headers,
    'content-type': contentType,
    'content-length': body.byteLength,
    'x-content-type-options': 'nosniff',
  });
}

/** Answers with headers alone, also while the request's body is still coming. */
export function answerEmpty(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  // RFC 9110, section 8.6: no Content-Length with a 204.
  const length = status === 204 ? {} : { 'content-length': 0 };
  answer(request, response, status, undefined, { ...headers, ...length });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Buffer | undefined,
  headers: OutgoingHttpHeaders,
): void {
  if (response.headersSent || response.destroyed) return;
  // Also one that is here and that nobody read: how far it has come must not decide what becomes of the connection.
  const hasBodyToCome = !request.readableEnded && hasBody(request);
  response.writeHead(status, {
    ...headers,
    'cache-control': 'no-store',
    ...(hasBodyToCome && { connection: 'close' }),
  });
  if (!hasBodyToCome) {
    response.end(body);
    return;
  }
  if (body && request.method !== 'HEAD') response.write(body);
  else response.flushHeaders();
  drain(request, () => response.end());
}

function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  );
}

function drain(request: IncomingMessage, done: () => void): void {
  // A client that waits for "100 Continue" sends nothing once it has a final answer.
  if (waiting.has(request)) {
    done();
    return;
  }
  const timer = setTimeout(done, MAX_DRAIN_MS);
  const finish = (): void => {
    clearTimeout(timer);
    done();
  };
  request.on('data', () => undefined);
  request.once('end', finish);
  request.once('close', finish);
  request.resume();
}
