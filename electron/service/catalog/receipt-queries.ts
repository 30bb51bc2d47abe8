import { receiptSchema, type Link, type Receipt } from '../../../shared/receipt.ts';

import type { CatalogReader } from './open-catalog.ts';

interface ReceiptRow {
  readonly receipt: string;
}

export function receiptById(catalog: CatalogReader, receiptId: string): Receipt | undefined {
  return receiptOf(
    catalog.get<ReceiptRow>('SELECT receipt FROM resources WHERE receipt_id = ?', receiptId),
  );
}

/** Receipts of some bytes, newest first: an older one may name a file that is gone since. */
export function receiptsByHash(catalog: CatalogReader, sha256: string): Receipt[] {
  return catalog
    .all<ReceiptRow>(
      'SELECT receipt FROM resources WHERE sha256 = ? ORDER BY stored_at DESC',
      sha256,
    )
    .flatMap((row) => receiptOf(row) ?? []);
}

/** What a device already sent as one resource: receipts newest first, with the modification times it told. */
export function receiptsSentAs(
  catalog: CatalogReader,
  deviceId: string,
  assetKey: string,
  resourceType: string,
): { receipt: Receipt; modifiedAt: number | undefined }[] {
  return catalog
    .all<ReceiptRow & { modified_at: number | null }>(
      `SELECT resources.receipt, sent.modified_at FROM sent JOIN resources USING (receipt_id)
       WHERE sent.device_id = ? AND sent.asset_key = ? AND sent.resource_type = ?
       ORDER BY sent.sent_at DESC`,
      deviceId,
      assetKey,
      resourceType,
    )
    .flatMap((row) => {
      const receipt = receiptOf(row);
      return receipt ? [{ receipt, modifiedAt: row.modified_at ?? undefined }] : [];
    });
}

/** The asset a device's key stands for, with the first resource that was placed for it. */
export function assetOfKey(
  catalog: CatalogReader,
  deviceId: string,
  assetKey: string,
): string | undefined {
  return catalog.get<{ asset_id: string }>(
    'SELECT asset_id FROM asset_keys WHERE device_id = ? AND asset_key = ?',
    deviceId,
    assetKey,
  )?.asset_id;
}

/** Receipts of one asset, oldest first. */
export function receiptsOfAsset(catalog: CatalogReader, assetId: string): Receipt[] {
  return catalog
    .all<ReceiptRow>(
      'SELECT receipt FROM resources WHERE asset_id = ? ORDER BY stored_at, receipt_id',
      assetId,
    )
    .flatMap((row) => receiptOf(row) ?? []);
}

export function linksOfReceipt(catalog: CatalogReader, receiptId: string): Link[] {
  return catalog
    .all<{ link: string }>(
      'SELECT link FROM links WHERE receipt_id = ? ORDER BY linked_at',
      receiptId,
    )
    .map((row) => JSON.parse(row.link) as Link);
}

function receiptOf(row: ReceiptRow | undefined): Receipt | undefined {
  return row && receiptSchema.parse(JSON.parse(row.receipt));
}
