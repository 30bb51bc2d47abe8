import type { IncomingMessage, ServerResponse } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';

import { requireUnpacked } from './body-length.ts';
import { askForBody } from './early-answer.ts';

/** What bodies of many requests take together while they come; devices that let theirs hang cannot fill the memory. */
export const MAX_JSON_BYTES_AT_ONCE = 64 * 1024 * 1024;
/** A body of this length is always taken, such as a login: there are no more of them than connections. */
const SMALL_BYTES = 64 * 1024;
/** No call needs a fifth of it, and what walks through a value must not run out of stack. */
export const MAX_NESTING = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

let heldByteCount = 0;

export interface JsonLimits {
  readonly maxByteCount: number;
  /** Time for the whole body; who is slower loses the connection. */
  readonly withinMs: number;
}

/**
 * Reads a request's body as JSON, whatever its `Content-Type` says, and no further than its limits.
 * @throws RoostError `request/invalid`, `request/wrong-media-type` of a packed body, `request/too-large` and
 * `service/overloaded` (at once, not at the body's end).
 */
export async function readJson(
  request: IncomingMessage,
  response: ServerResponse,
  { maxByteCount, withinMs }: JsonLimits,
): Promise<unknown> {
  requireUnpacked(request.headers);
  if (Number(request.headers['content-length'] ?? 0) > maxByteCount) {
    throw new RoostError('request/too-large');
  }
  askForBody(request, response);
  const timer = setTimeout(() => request.socket.destroy(), withinMs);
  const parts: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      const { byteLength } = part as Buffer;
      byteCount += byteLength;
      heldByteCount += byteLength;
      if (byteCount > SMALL_BYTES && heldByteCount > MAX_JSON_BYTES_AT_ONCE) {
        throw new RoostError('service/overloaded');
      }
      if (byteCount > maxByteCount) throw new RoostError('request/too-large');
      parts.push(part as Buffer);
    }
    const body = Buffer.concat(parts);
    if (isNestedDeeper(body, MAX_NESTING)) {
      throw new RoostError('request/invalid', 'The body is nested too deeply.');
    }
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof RoostError) throw error;
    const detail = error instanceof SyntaxError ? 'The body is no JSON.' : undefined;
    throw new RoostError('request/invalid', detail, { cause: error });
  } finally {
    clearTimeout(timer);
    heldByteCount -= byteCount;
  }
}

/** Counts brackets outside of strings; whether it is JSON at all is not asked. */
function isNestedDeeper(body: Buffer, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < body.byteLength; at += 1) {
    switch (body[at]) {
      case QUOTE:
        at = endOfString(body, at);
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        depth += 1;
        if (depth > most) return true;
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth -= 1;
        break;
      default:
    }
  }
  return false;
}

function endOfString(body: Buffer, start: number): number {
  for (let at = start + 1; at < body.byteLength; at += 1) {
    if (body[at] === BACKSLASH) at += 1;
    else if (body[at] === QUOTE) return at;
  }
  return body.byteLength;
}
