import type { Receipt } from '../../../shared/receipt.ts';
import { anchorGrade, anchorOf } from '../assets/anchor.ts';
import type { OriginalPlace } from '../assets/original-place.ts';
import { wasBroughtTogether } from '../catalog/move-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptsOfAsset } from '../catalog/receipt-queries.ts';
import { stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';
import { isInTrash } from '../../../shared/receipt.ts';

import type { OriginalMover } from './move-original.ts';

export interface TogetherParts {
  readonly catalog: CatalogReader;
  readonly mover: Pick<OriginalMover, 'move'>;
  /** Where a file goes beside another one of its asset. */
  readonly placeBeside: (receipt: Receipt, anchor: Receipt) => OriginalPlace;
}

/**
 * Moves what came before its asset's anchor, and had no name or day of its own, beside the anchor; see
 * [Note: Anchors]. Each file at most once, whatever comes later.
 * @throws RoostError of the library, with the files that were not moved where they are.
 */
export async function bringTogether(parts: TogetherParts, assetId: string): Promise<void> {
  const { catalog, mover, placeBeside } = parts;
  const receipts = receiptsOfAsset(catalog, assetId).filter(({ path }) => !isInTrash(path));
  const anchor = anchorOf(receipts);
  if (!anchor) return;
  const homes = new Set(
    receipts.filter((each) => anchorGrade(each) === 'anchor').map(({ path }) => homeOf(path)),
  );
  for (const receipt of receipts) {
    if (homes.has(homeOf(receipt.path)) || wasBroughtTogether(catalog, receipt.receiptId)) continue;
    const assetIds = [assetId];
    await mover.move(receipt.receiptId, placeBeside(receipt, anchor), 'together', { assetIds });
  }
}

/** Folder and stem: alike for all files that lie together. */
function homeOf(path: string): string {
  return `${folderOf(path)}/${stemKey(path)}`;
}
