import { receiptSchema, type Link, type Receipt } from '../../../shared/receipt.ts';

import { foldName } from '../library/folder-names.ts';

import type { CatalogReader } from './open-catalog.ts';

interface ReceiptRow {
  readonly receipt: string;
}

/** The receipts of rows that have them as JSON. */
export function receiptsOfRows(rows: readonly ReceiptRow[]): Receipt[] {
  return rows.flatMap((row) => receiptOf(row) ?? []);
}

export function receiptById(catalog: CatalogReader, receiptId: string): Receipt | undefined {
  return receiptOf(
    catalog.get<ReceiptRow>('SELECT receipt FROM resources WHERE receipt_id = ?', receiptId),
  );
}

/** A receipt with its path of now, when its file was moved since it was asked for. */
export function movedOn(catalog: CatalogReader, receipt: Receipt): Receipt | undefined {
  const now = receiptById(catalog, receipt.receiptId);
  return now?.path === receipt.path ? undefined : now;
}

/** Receipts of some bytes, newest first: an older one may name a file that is gone since. */
export function receiptsByHash(catalog: CatalogReader, sha256: string): Receipt[] {
  return catalog
    .all<ReceiptRow>('SELECT receipt FROM resources WHERE sha256 = ? ORDER BY rowid DESC', sha256)
    .flatMap((row) => receiptOf(row) ?? []);
}

/**
 * What tells that bytes are the same: their hash, or their length and the modification time that was told, where
 * needed with the name that was.
 */
export type Sameness =
  | { readonly sha256: string }
  | {
      readonly byteCount: number;
      readonly modifiedAt: number;
      readonly fileName?: string | undefined;
    };

/** Receipts of what a device already sent as one resource and that is the same, last sent first. */
export function receiptsSentAs(
  catalog: CatalogReader,
  named: Pick<Receipt, 'deviceId' | 'assetKey' | 'resourceType'>,
  same: Sameness,
): Receipt[] {
  const [condition, ...values] =
    'sha256' in same
      ? (['resources.sha256 = ?', same.sha256] as const)
      : ([
          'resources.byte_count = ? AND sent.modified_at = ?',
          same.byteCount,
          same.modifiedAt,
        ] as const);
  const fileName = 'sha256' in same ? undefined : same.fileName;
  return catalog
    .all<ReceiptRow>(
      `SELECT resources.receipt FROM sent JOIN resources USING (receipt_id)
       WHERE sent.device_id = ? AND sent.asset_key = ? AND sent.resource_type = ? AND ${condition}
       ORDER BY sent.sent_at DESC, resources.rowid DESC`,
      named.deviceId,
      named.assetKey,
      named.resourceType,
      ...values,
    )
    .flatMap((row) => receiptOf(row) ?? [])
    .filter(
      (receipt) => fileName === undefined || namesSentFor(catalog, named, receipt).has(fileName),
    );
}

/** What a device called the file of a receipt when it sent it as one resource. */
function namesSentFor(
  catalog: CatalogReader,
  named: Parameters<typeof receiptsSentAs>[1],
  receipt: Receipt,
): ReadonlySet<string | undefined> {
  return new Set(
    [receipt, ...linksOfReceipt(catalog, receipt.receiptId)]
      .filter(
        ({ deviceId, assetKey, resourceType }) =>
          deviceId === named.deviceId &&
          assetKey === named.assetKey &&
          resourceType === named.resourceType,
      )
      .map(({ told }) => told.fileName),
  );
}

/**
 * Whether a file with these bytes may stand at a path below the library. One that a receipt or a move names belongs
 * to its bytes for ever, also after a person deleted the file or it was moved away: else an old line of the journal
 * would vouch for other bytes, and a move could not be taken back.
 */
export function isPathFree(catalog: CatalogReader, path: string, sha256: string): boolean {
  const other = catalog.get(
    `SELECT 1 FROM resources WHERE path_key = ? AND sha256 <> ?
     UNION ALL
     SELECT 1 FROM moves JOIN resources USING (receipt_id)
       WHERE moves.from_key = ? AND resources.sha256 <> ? LIMIT 1`,
    foldName(path),
    sha256,
    foldName(path),
    sha256,
  );
  return other === undefined;
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

/** The first receipt of each resource type of an asset, oldest first; of a few types, whatever a device sends. */
export function firstReceiptsOfAsset(catalog: CatalogReader, assetId: string): Receipt[] {
  return catalog
    .all<ReceiptRow>(
      `SELECT receipt, min(rowid) AS first FROM resources WHERE asset_id = ?
       GROUP BY resource_type ORDER BY first LIMIT 50`,
      assetId,
    )
    .flatMap((row) => receiptOf(row) ?? []);
}

/** Receipts of one asset, oldest first. */
export function receiptsOfAsset(catalog: CatalogReader, assetId: string): Receipt[] {
  return catalog
    .all<ReceiptRow>('SELECT receipt FROM resources WHERE asset_id = ? ORDER BY rowid', assetId)
    .flatMap((row) => receiptOf(row) ?? []);
}

/** The first receipts of one asset, oldest first. */
export function oldestOfAsset(catalog: CatalogReader, assetId: string, limit: number): Receipt[] {
  return catalog
    .all<ReceiptRow>(
      'SELECT receipt FROM resources WHERE asset_id = ? ORDER BY rowid LIMIT ?',
      assetId,
      limit,
    )
    .flatMap((row) => receiptOf(row) ?? []);
}

/** Receipts of what a device sent under one key, oldest first. */
export function receiptsOfPart(catalog: CatalogReader, partId: string): Receipt[] {
  return catalog
    .all<ReceiptRow>('SELECT receipt FROM resources WHERE part_id = ? ORDER BY rowid', partId)
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
