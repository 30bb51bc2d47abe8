import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** How much of a body nobody wants is still taken in, so that the answer gets through. */
const MAX_DRAINED_BYTES = 16 * 1024 * 1024;
const MAX_DRAIN_MS = 5_000;

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
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  const hasBodyToCome = !request.complete && hasBody(request);
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': body.byteLength,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(hasBodyToCome && { connection: 'close' }),
  });
  if (!hasBodyToCome) {
    response.end(body);
    return;
  }
  response.write(body);
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
  if (request.headers.expect !== undefined) {
    done();
    return;
  }
  let drained = 0;
  const timer = setTimeout(done, MAX_DRAIN_MS);
  const finish = (): void => {
    clearTimeout(timer);
    done();
  };
  request.on('data', (chunk: Buffer) => {
    drained += chunk.byteLength;
    if (drained > MAX_DRAINED_BYTES) finish();
  });
  request.once('end', finish);
  request.once('close', finish);
  request.resume();
}
