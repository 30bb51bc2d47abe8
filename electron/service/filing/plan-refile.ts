import { setImmediate } from 'node:timers/promises';

import type { RefilePlan } from '../../../shared/filing-view.ts';
import { assetsBehind } from '../catalog/asset-files.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { relativePath } from '../library/library-layout.ts';

import { wantedMoves, type WantedPlaceParts } from './wanted-places.ts';

/** Looked at without a pause; takes about as many tenths of a millisecond. */
const ASSETS_AT_ONCE = 50;
const EXAMPLE_COUNT = 5;

/** Says what filing anew would do, without holding up anybody. */
export async function planRefile(
  catalog: CatalogReader,
  parts: WantedPlaceParts,
): Promise<RefilePlan> {
  const reasons = { template: 0, time: 0, scattered: 0 };
  const examples: RefilePlan['examples'] = [];
  let assetCount = 0;
  let fileCount = 0;
  for (let behind = ''; ;) {
    const assets = assetsBehind(catalog, behind, ASSETS_AT_ONCE);
    for (const asset of assets) {
      const { moves, reason } = wantedMoves(parts, asset);
      if (moves.length === 0) continue;
      assetCount += 1;
      fileCount += moves.length;
      reasons[reason] += 1;
      for (const { receipt, place } of moves.slice(0, EXAMPLE_COUNT - examples.length)) {
        examples.push({ from: receipt.path, to: relativePath(place.folder, place.name), reason });
      }
    }
    const last = assets.at(-1);
    if (!last) return { assetCount, fileCount, reasons, examples };
    behind = last.assetId;
    await setImmediate();
  }
}
