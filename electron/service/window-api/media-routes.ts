import { Router, type Request, type Response } from 'express';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';

/** What the media routes need of the rest. */
export interface MediaParts {
  /** Makes sure a preview is there and gives its bytes, or the reason why there is none. */
  readonly preview: (
    assetId: string,
    kind: 'tile' | 'screen',
  ) => Promise<MediaPreview | { readonly reason: string }>;
  /** The same for the moving picture of a video, a Live Photo or a motion photo. */
  readonly clip: (
    assetId: string,
  ) => Promise<{ readonly bytes: Uint8Array } | { readonly reason: string }>;
  /** A stored resource with its path on this computer and the type of its bytes. */
  readonly original: (
    receiptId: string,
  ) => { receipt: Receipt; path: string; mediaType: string | undefined } | undefined;
}

export interface MediaPreview {
  readonly bytes: Uint8Array;
  /** A better one of the same bytes will follow. */
  readonly isQuick: boolean;
}

/** Types a browser may show by itself from the window's origin; anything else is only ever downloaded. */
const INLINE = /^(image\/(jpeg|png|webp|avif|gif)|video\/(mp4|quicktime))$/;

/** The address carries the version of the bytes, so the picture behind it never changes. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

function noPreview(reason: string): RoostError {
  return new RoostError('request/not-found', `There is no preview (${reason}).`);
}

/** Pictures and originals for the window. */
export function mediaRoutes(parts: MediaParts): Router {
  const router = Router({ caseSensitive: true });

  router.get('/media/assets/:assetId/clip', async (request, response) => {
    const made = await parts.clip(request.params.assetId);
    if ('reason' in made) throw noPreview(made.reason);
    response.set('cache-control', FOR_GOOD);
    response.set('content-type', 'video/webm');
    sendBytes(request, response, made.bytes);
  });

  router.get('/media/assets/:assetId/:kind', async (request, response) => {
    const { assetId, kind } = request.params;
    if (kind !== 'tile' && kind !== 'screen') throw new RoostError('request/not-found');
    const made = await parts.preview(assetId, kind);
    if ('reason' in made) throw noPreview(made.reason);
    response.set('cache-control', made.isQuick ? 'private, no-store' : FOR_GOOD);
    response.set('content-type', 'image/webp');
    response.end(made.bytes);
  });

  router.get('/media/resources/:receiptId/original', async (request, response) => {
    const { receiptId } = request.params;
    const found = parts.original(receiptId);
    if (!found) throw new RoostError('request/not-found', 'There is no such resource.');
    const { receipt, path, mediaType } = found;
    const inline =
      mediaType !== undefined && INLINE.test(mediaType) && request.query['download'] !== '1';
    const name = receipt.path.slice(receipt.path.lastIndexOf('/') + 1);
    response.attachment(name);
    if (inline) response.removeHeader('content-disposition');
    response.set('content-type', inline ? mediaType : 'application/octet-stream');
    response.set('cache-control', 'private, no-cache');
    try {
      await sendFile(response, path);
    } catch (error) {
      // It may have been moved since it was asked for.
      const now = parts.original(receiptId)?.path;
      if (now === undefined || now === path || response.headersSent) throw error;
      await sendFile(response, now);
    }
  });
  return router;
}

/** Sends bytes with ranges, without which Safari plays no video. */
function sendBytes(request: Request, response: Response, bytes: Uint8Array): void {
  response.set('accept-ranges', 'bytes');
  const ranges = request.range(bytes.byteLength, { combine: true });
  const [range, ...others] = Array.isArray(ranges) ? ranges : [];
  if (ranges === -1) {
    response.status(416).set('content-range', `bytes */${bytes.byteLength}`).end();
  } else if (range === undefined || others.length > 0) {
    response.end(bytes);
  } else {
    const { start, end } = range;
    response.status(206).set('content-range', `bytes ${start}-${end}/${bytes.byteLength}`);
    response.end(bytes.subarray(start, end + 1));
  }
}

/** Sends a file with ranges; a client that goes away in the middle is no error. */
async function sendFile(response: Response, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    response.sendFile(
      path,
      { etag: false, lastModified: false, dotfiles: 'allow' },
      (error?: unknown) => {
        if (error === undefined || error === null || response.headersSent) resolve();
        else if (error instanceof Error && 'status' in error && error.status === 416) {
          // A player that asks beyond the end; the header that tells it where that is stands already.
          response.status(416).end(() => resolve());
        } else {
          reject(new RoostError('request/not-found', 'The file cannot be read.', { cause: error }));
        }
      },
    );
  });
}
