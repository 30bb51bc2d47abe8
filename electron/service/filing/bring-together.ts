import { RoostError } from '../../../shared/error-catalogue.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';
import { anchorGrade, anchorOf } from '../assets/anchor.ts';
import type { OriginalPlace } from '../assets/original-place.ts';
import { wasBroughtTogether } from '../catalog/move-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { oldestOfAsset, receiptById } from '../catalog/receipt-queries.ts';
import { stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import type { OriginalMover } from './move-original.ts';

export interface TogetherParts {
  readonly catalog: CatalogReader;
  readonly mover: Pick<OriginalMover, 'move'>;
  /** Where a file goes beside another one of its asset. */
  readonly placeBeside: (receipt: Receipt, anchor: Receipt) => OriginalPlace;
}

/** Of an asset so many files are looked at; one sent in more versions is brought together when the person re-files. */
const MAX_FILES = 100;

/**
 * Moves what came before its asset's anchor, and had no name or day of its own, beside the anchor; see
 * [Note: Anchors]. Each file at most once, whatever comes later. A file that does not stand there is passed over.
 * @throws RoostError of the library, with the files that were not moved where they are.
 */
export async function bringTogether(parts: TogetherParts, assetId: string): Promise<void> {
  const { catalog, mover, placeBeside } = parts;
  const receipts = oldestOfAsset(catalog, assetId, MAX_FILES).filter(
    ({ path }) => !isInTrash(path),
  );
  const anchorId = anchorOf(receipts)?.receiptId;
  if (anchorId === undefined) return;
  const homes = new Set(
    receipts.filter((each) => anchorGrade(each) === 'anchor').map(({ path }) => homeOf(path)),
  );
  for (const { receiptId, path } of receipts) {
    if (homes.has(homeOf(path)) || wasBroughtTogether(catalog, receiptId)) continue;
    // As they are now: while another file moved, a person may have thrown these away.
    const [receipt, anchor] = [receiptById(catalog, receiptId), receiptById(catalog, anchorId)];
    if (!receipt || !anchor || isInTrash(receipt.path) || isInTrash(anchor.path)) continue;
    try {
      const place = placeBeside(receipt, anchor);
      await mover.move(receiptId, place, 'together', { assetIds: [assetId] });
    } catch (error) {
      if (!(error instanceof RoostError) || error.code !== 'request/not-found') throw error;
    }
  }
}

/** Folder and stem: alike for all files that lie together. */
function homeOf(path: string): string {
  return `${folderOf(path)}/${stemKey(path)}`;
}
