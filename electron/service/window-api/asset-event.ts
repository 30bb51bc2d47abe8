import type { Move, Receipt } from '../../../shared/receipt.ts';
import type { WindowEvent } from '../../../shared/window-api.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { assetOfPart, partsOfAsset } from '../catalog/regroup.ts';
import { nameOf } from '../library/library-layout.ts';
import { assetById } from '../catalog/timeline-queries.ts';

/** What the window is told of assets that came, changed or went; the ids may be of parts that are others' now. */
export function assetEvent(
  catalog: CatalogReader,
  changedIds: readonly string[],
): WindowEvent | undefined {
  const shownIds = new Set(changedIds.map((id) => assetOfPart(catalog, id)));
  const assets = [...shownIds].flatMap((id) => assetById(catalog, id) ?? []);
  const removed = new Set<string>();
  for (const id of changedIds) if (!shownIds.has(id)) removed.add(id);
  for (const id of shownIds) {
    for (const part of partsOfAsset(catalog, id)) if (!shownIds.has(part)) removed.add(part);
    if (!assets.some(({ assetId }) => assetId === id)) removed.add(id);
  }
  if (assets.length + removed.size === 0) return undefined;
  const months = [...new Set(assets.map((asset) => asset.capturedLocal.slice(0, 7)))];
  return { type: 'assets', assets, months, removedAssetIds: [...removed] };
}

/** What the window is told of a photo that left the trash because a device sent it anew: once, by its shown file. */
export function returnedEvents(
  catalog: CatalogReader,
  receipt: Receipt,
  move: Move,
): WindowEvent[] {
  if (move.cause !== 'restore' || move.batchId !== undefined) return [];
  const assetId = assetOfPart(catalog, receipt.assetId);
  const shown = catalog.get<{ shown_receipt_id: string }>(
    'SELECT shown_receipt_id FROM assets WHERE asset_id = ?',
    assetId,
  );
  if (shown?.shown_receipt_id !== receipt.receiptId) return [];
  return [{ type: 'returned', assetId, fileName: nameOf(receipt.path) }];
}
