import { isInTrash, type MoveCause, type Receipt } from '../../../shared/receipt.ts';
import { pathBefore } from '../catalog/filing-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById, receiptsOfAsset } from '../catalog/receipt-queries.ts';
import { folderOf, nameOf } from '../library/library-layout.ts';

import type { OriginalMover } from './move-original.ts';

/** A file and the path it shall go back to; a free name near it where that is taken by now. */
export interface Restoring {
  readonly receipt: Pick<Receipt, 'receiptId'>;
  readonly to: string;
}

/** Moves files back to where they were. @throws like `OriginalMover.move`. */
export async function restoreFiles(
  mover: Pick<OriginalMover, 'move'>,
  files: readonly Restoring[],
  cause: MoveCause,
  batchId?: string,
): Promise<void> {
  for (const { receipt, to } of files) {
    const place = isInTrash(to) ? 'trash' : { folder: folderOf(to), name: nameOf(to) };
    await mover.move(receipt.receiptId, place, cause, batchId === undefined ? {} : { batchId });
  }
}

/** Whether all files of an asset are in the trash, so that a person does not see it. */
export function isTrashed(catalog: CatalogReader, assetId: string): boolean {
  const receipts = receiptsOfAsset(catalog, assetId);
  return receipts.length > 0 && receipts.every(({ path }) => isInTrash(path));
}

/**
 * Takes all files of an asset out of the trash, as when its bytes were sent anew by somebody who has them still.
 * Takes no locks but those of moves. @throws like `OriginalMover.move`.
 */
export async function restoreAsset(
  mover: Pick<OriginalMover, 'move'>,
  catalog: CatalogReader,
  assetId: string,
): Promise<void> {
  for (const { receiptId } of receiptsOfAsset(catalog, assetId)) {
    // As it is now: receipts that name one file move together.
    const receipt = receiptById(catalog, receiptId);
    if (!receipt || !isInTrash(receipt.path)) continue;
    const to = pathBefore(catalog, receiptId, receipt.path);
    if (to !== undefined) await restoreFiles(mover, [{ receipt, to }], 'restore');
  }
}
