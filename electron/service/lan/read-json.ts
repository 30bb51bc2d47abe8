import type { IncomingMessage, ServerResponse } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';

import { askForBody } from './early-answer.ts';

export interface JsonLimits {
  readonly maxByteCount: number;
  /** Time for the whole body; who is slower loses the connection. */
  readonly withinMs: number;
}

/**
 * Reads a request's body as JSON, whatever its `Content-Type` says, and no further than its limits.
 * @throws RoostError `request/invalid`, `request/too-large` (at once, not at the body's end).
 */
export async function readJson(
  request: IncomingMessage,
  response: ServerResponse,
  { maxByteCount, withinMs }: JsonLimits,
): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > maxByteCount) {
    throw new RoostError('request/too-large');
  }
  askForBody(request, response);
  const timer = setTimeout(() => request.socket.destroy(), withinMs);
  const parts: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      byteCount += (part as Buffer).byteLength;
      if (byteCount > maxByteCount) throw new RoostError('request/too-large');
      parts.push(part as Buffer);
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    if (error instanceof RoostError) throw error;
    const detail = error instanceof SyntaxError ? 'The body is no JSON.' : undefined;
    throw new RoostError('request/invalid', detail, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
