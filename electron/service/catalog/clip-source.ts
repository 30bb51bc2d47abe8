import type { Receipt } from '../../../shared/receipt.ts';

import type { CatalogReader } from './open-catalog.ts';
import { receiptById, receiptsOfAsset } from './receipt-queries.ts';
import { assetOfPart } from './regroup.ts';

/** Resources that are movies, best first: what a person edited goes before what the camera made. */
const MOVIE_TYPES = ['full-size-paired-video', 'paired-video', 'full-size-video', 'video'];

/**
 * The resource from which the clip of an asset is to be made: its best movie, the newest version of it, else what is
 * shown, which may be a movie or carry one. `undefined` when there is no such asset.
 */
export function clipSource(catalog: CatalogReader, askedId: string): Receipt | undefined {
  const assetId = assetOfPart(catalog, askedId);
  const receipts = receiptsOfAsset(catalog, assetId);
  for (const type of MOVIE_TYPES) {
    const newest = receipts.findLast(({ resourceType }) => resourceType === type);
    if (newest !== undefined) return newest;
  }
  const row = catalog.get<{ shown_receipt_id: string }>(
    'SELECT shown_receipt_id FROM assets WHERE asset_id = ?',
    assetId,
  );
  const shown = row && receiptById(catalog, row.shown_receipt_id);
  const kindOf = (sha256: string): string | undefined =>
    catalog.get<{ kind: string }>('SELECT kind FROM media WHERE sha256 = ?', sha256)?.kind;
  // Clients that know no resource types send both halves of a Live Photo as photos.
  if (shown !== undefined && kindOf(shown.sha256) === 'video') return shown;
  return receipts.findLast(({ sha256 }) => kindOf(sha256) === 'video') ?? shown;
}
