import { randomUUID } from 'node:crypto';

import type { Clock } from '../../../shared/clock.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { inSlices } from '../in-slices.ts';

export interface MarkFavouritesParts {
  readonly catalog: CatalogReader;
  /** @throws RoostError of the library while nothing can be recorded. */
  readonly ledger: () => Ledger;
  readonly clock: Clock;
  readonly assetChanged: (assetId: string) => void;
}

/** As many assets as one entry of the journal names: a turn of some milliseconds. */
const AT_ONCE = 50;

/**
 * Makes assets favourites, or takes that from them, in entries of some assets each, between which others have their
 * turn. Gives those that were not so before.
 * @throws RoostError of the library; then those of before it are marked.
 */
export async function markFavourites(
  { catalog, ledger, clock, assetChanged }: MarkFavouritesParts,
  askedIds: readonly string[],
  isFavourite: boolean,
): Promise<string[]> {
  const wanted = isFavourite ? 1 : 0;
  const changed = new Set<string>();
  for await (const slice of inSlices(askedIds, AT_ONCE)) {
    const assetIds = [...new Set(slice.map((id) => assetOfPart(catalog, id)))].filter((assetId) => {
      const row = catalog.get<{ favourite: number }>(
        'SELECT favourite FROM assets WHERE asset_id = ?',
        assetId,
      );
      return row !== undefined && row.favourite !== wanted;
    });
    if (assetIds.length === 0) continue;
    await ledger().record({
      entry: 'favourite',
      decisionId: randomUUID(),
      assetIds,
      isFavourite,
      decidedAt: clock.now(),
    });
    for (const assetId of assetIds) {
      changed.add(assetId);
      assetChanged(assetId);
    }
  }
  return [...changed];
}
