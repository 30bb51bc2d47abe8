import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';

import type { Request, Response } from 'express';

import { RoostError } from '../../../shared/error-catalogue.ts';

/** Sends bytes with ranges, without which Safari plays no video; `304` and `If-Range` by their digest. */
export function sendBytes(request: Request, response: Response, bytes: Uint8Array): void {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  response.set({ 'accept-ranges': 'bytes', etag });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, bytes.byteLength, etag);
  if (range === 'beyond') {
    response.status(416).set('content-range', `bytes */${bytes.byteLength}`).end();
  } else if (range === 'whole') {
    response.set('content-length', String(bytes.byteLength)).end(bytes);
  } else {
    const { start, end } = range;
    response.status(206).set({
      'content-range': `bytes ${start}-${end}/${bytes.byteLength}`,
      'content-length': String(end + 1 - start),
    });
    response.end(bytes.subarray(start, end + 1));
  }
}

type WantedRange = { readonly start: number; readonly end: number } | 'whole' | 'beyond';

/** What is not one range of bytes that the client knows the validator of is answered with everything. */
function rangeOf(request: Request, byteCount: number, etag: string): WantedRange {
  const validator = request.get('if-range');
  if (validator !== undefined && validator !== etag) return 'whole';
  const ranges = request.range(byteCount, { combine: true });
  if (ranges === -1) return 'beyond';
  if (!Array.isArray(ranges) || ranges.type !== 'bytes') return 'whole';
  const [range, ...others] = ranges;
  return range === undefined || others.length > 0 ? 'whole' : range;
}

/**
 * Sends a file with ranges; a client that goes away in the middle is no error. The validator is made of the receipt's
 * hash and of what the file system says, so that parts of a file somebody changed are never put together.
 * @throws RoostError `request/not-found` when the file cannot be read.
 */
export async function sendFile(response: Response, path: string, sha256: string): Promise<void> {
  response.set('etag', await fileTag(path, sha256));
  await new Promise<void>((resolve, reject) => {
    response.sendFile(
      path,
      { etag: false, lastModified: false, dotfiles: 'allow' },
      (error?: unknown) => {
        const status = statusOf(error);
        if (error === undefined || error === null || response.headersSent) resolve();
        else if (status === 416 || status === 412) {
          // A player that asks beyond the end, or of other bytes; the headers that tell it so stand already.
          response.status(status).end(() => resolve());
        } else reject(unreadable(error));
      },
    );
  });
}

async function fileTag(path: string, sha256: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `"${sha256.slice(0, 32)}-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
  } catch (error) {
    throw unreadable(error);
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}

function unreadable(cause: unknown): RoostError {
  return new RoostError('request/not-found', 'The file cannot be read.', { cause });
}
