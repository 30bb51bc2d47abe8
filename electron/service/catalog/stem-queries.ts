import { foldName, stemKey } from '../library/folder-names.ts';

import type { CatalogReader } from './open-catalog.ts';

/**
 * Whether the stem of a file name may be used in a folder below the library by some assets, by their ids in
 * the catalog: no file of another asset has it, in whatever spelling, with whatever extension.
 */
export function isStemFree(
  catalog: CatalogReader,
  folder: string,
  name: string,
  assetIds: readonly string[],
): boolean {
  return catalog
    .all<{ asset_id: string }>(
      'SELECT DISTINCT asset_id FROM resources WHERE folder_key = ? AND stem_key = ?',
      foldName(folder),
      stemKey(name),
    )
    .every((row) => assetIds.includes(row.asset_id));
}

/** The asset that the file of a receipt belongs to. */
export function assetOfReceipt(catalog: CatalogReader, receiptId: string): string | undefined {
  return catalog.get<{ asset_id: string }>(
    'SELECT asset_id FROM resources WHERE receipt_id = ?',
    receiptId,
  )?.asset_id;
}
