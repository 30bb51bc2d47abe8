import type { Receipt } from '../../../shared/receipt.ts';

import type { CatalogReader } from './open-catalog.ts';
import { receiptById } from './receipt-queries.ts';
import { assetOfPart } from './regroup.ts';

/**
 * The resource from which the clip of an asset is to be made: its movie, the edited one before the original and the
 * newest version of it, else what is shown, which may carry a movie. `undefined` when there is no such asset.
 */
export function clipSource(catalog: CatalogReader, askedId: string): Receipt | undefined {
  const row = catalog.get<{ receipt_id: string }>(
    `SELECT coalesce(
       (SELECT receipt_id FROM resources
        WHERE resources.asset_id = assets.asset_id AND role IN ('edited-movie', 'movie')
          AND path NOT LIKE '.roost/trash/%'
        ORDER BY role = 'edited-movie' DESC, resources.rowid DESC LIMIT 1),
       shown_receipt_id) AS receipt_id
     FROM assets WHERE asset_id = ?`,
    assetOfPart(catalog, askedId),
  );
  return row && receiptById(catalog, row.receipt_id);
}
