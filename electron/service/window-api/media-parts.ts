import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { clipSource } from '../catalog/clip-source.ts';
import { mediaTypeOf } from '../catalog/media-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { isQuickTile } from '../catalog/preview-rows.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { receiptIdInTrash } from '../catalog/trash-rows.ts';
import type { PreviewCache } from '../previews/preview-cache.ts';
import type { PreviewQueue } from '../previews/preview-queue.ts';

import type { MediaParts } from './media-routes.ts';

export interface MediaSources {
  readonly catalog: CatalogReader;
  readonly previews: PreviewQueue;
  readonly cache: PreviewCache;
  readonly pathOf: (relativePath: string) => string;
  /** @throws RoostError `library/missing` while the originals cannot be reached. */
  readonly requireLibrary: () => void;
}

/** Where the window's pictures and originals come from. Previews that are made already need no library. */
export function mediaPartsOf(sources: MediaSources): MediaParts {
  const { catalog, previews, cache, pathOf } = sources;
  const pictureOf: (
    sha256: string,
    kind: 'tile' | 'screen',
  ) => ReturnType<MediaParts['preview']> = async (sha256, kind) => {
    const outcome = await previews.ensure(sha256, kind);
    if (outcome !== 'ready') return { reason: outcome.reason };
    const isQuick = kind === 'tile' && isQuickTile(catalog, sha256);
    const bytes = await cache.get(sha256, kind);
    return bytes ? { bytes, isQuick } : { reason: 'preview-not-kept' };
  };
  return {
    preview: async (assetId, kind) => {
      const shown = shownReceipt(catalog, assetId);
      if (!shown) throw new RoostError('request/not-found', 'There is no such photo.');
      return pictureOf(shown.sha256, kind);
    },
    resourcePreview: async (receiptId, kind) => {
      const receipt = receiptById(catalog, receiptId);
      if (!receipt) throw new RoostError('request/not-found', 'There is no such resource.');
      return pictureOf(receipt.sha256, kind);
    },
    clip: async (assetId) => {
      const source = clipSource(catalog, assetId);
      if (!source) throw new RoostError('request/not-found', 'There is no such photo.');
      const outcome = await previews.ensure(source.sha256, 'clip');
      if (outcome !== 'ready') return { reason: outcome.reason };
      const bytes = await cache.get(source.sha256, 'clip');
      return bytes ? { bytes } : { reason: 'preview-not-kept' };
    },
    original: (receiptId) => {
      const receipt = receiptById(catalog, receiptId);
      if (!receipt) return undefined;
      sources.requireLibrary();
      const mediaType = mediaTypeOf(catalog, receipt.sha256);
      return { receipt, path: pathOf(receipt.path), mediaType };
    },
  };
}

function shownReceipt(catalog: CatalogReader, assetId: string): Receipt | undefined {
  const row = catalog.get<{ shown_receipt_id: string }>(
    'SELECT shown_receipt_id FROM assets WHERE asset_id = ?',
    assetOfPart(catalog, assetId),
  );
  const shownId = row?.shown_receipt_id ?? receiptIdInTrash(catalog, assetOfPart(catalog, assetId));
  return shownId === undefined ? undefined : receiptById(catalog, shownId);
}
