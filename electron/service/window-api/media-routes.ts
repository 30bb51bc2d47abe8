import { Router, type Response } from 'express';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';

import { sendBytes, sendFile } from './send-media.ts';

/** What the media routes need of the rest. */
export interface MediaParts {
  /** Makes sure a preview is there and gives its bytes, or the reason why there is none. */
  readonly preview: (
    assetId: string,
    kind: 'tile' | 'screen',
  ) => Promise<MediaPreview | { readonly reason: string }>;
  /** The same for one resource, whichever of its asset's is shown. */
  readonly resourcePreview: (
    receiptId: string,
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
const INLINE = /^(image\/(jpeg|png|webp|avif|gif)|video\/(mp4|quicktime|3gpp))$/;

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
    sendPicture(response, await parts.preview(assetId, kind));
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
      await sendFile(response, path, receipt.sha256);
    } catch (error) {
      // It may have been moved since it was asked for.
      const now = parts.original(receiptId)?.path;
      if (now === undefined || now === path || response.headersSent) throw error;
      await sendFile(response, now, receipt.sha256);
    }
  });

  router.get('/media/resources/:receiptId/:kind', async (request, response) => {
    const { receiptId, kind } = request.params;
    if (kind !== 'tile' && kind !== 'screen') throw new RoostError('request/not-found');
    sendPicture(response, await parts.resourcePreview(receiptId, kind));
  });
  return router;
}

function sendPicture(response: Response, made: MediaPreview | { readonly reason: string }): void {
  if ('reason' in made) throw noPreview(made.reason);
  response.set('cache-control', made.isQuick ? 'private, no-store' : FOR_GOOD);
  response.set('content-type', 'image/webp');
  response.end(made.bytes);
}
