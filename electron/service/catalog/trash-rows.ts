import { isInTrash, type Emptied } from '../../../shared/receipt.ts';
import type { TrashedAsset, TrashPage, TrashTotals } from '../../../shared/trash-view.ts';
import { foldName } from '../library/folder-names.ts';
import { nameOf } from '../library/library-layout.ts';

import { refreshAsset } from './asset-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/**
 * Takes receipts out of the catalog whose files were given up: nothing here vouches for those bytes any more, so who
 * asks is told that they are needed. Their files are noted as to be removed.
 */
export function recordEmptied(catalog: CatalogWriter, { emptyingId, receiptIds }: Emptied): void {
  const isNew = catalog.run('INSERT OR IGNORE INTO emptyings (emptying_id) VALUES (?)', emptyingId);
  if (isNew === 0) return;
  const assetIds = new Set<string>();
  for (const receiptId of receiptIds) {
    const row = catalog.get<{ asset_id: string; path: string; sha256: string }>(
      'SELECT asset_id, path, sha256 FROM resources WHERE receipt_id = ?',
      receiptId,
    );
    // One that was brought back, as a journal put together by hand may tell it, is not given up.
    if (!row || !isInTrash(row.path)) continue;
    assetIds.add(row.asset_id);
    for (const table of ['resources', 'readings', 'sent', 'links', 'app_metadata'] as const) {
      catalog.run(`DELETE FROM ${table} WHERE receipt_id = ?`, receiptId);
    }
    catalog.run('INSERT OR IGNORE INTO emptied_receipts (receipt_id) VALUES (?)', receiptId);
    catalog.run('INSERT OR IGNORE INTO files_to_remove (path) VALUES (?)', row.path);
    forgetBytes(catalog, row.sha256);
  }
  for (const assetId of assetIds) refreshAsset(catalog, assetId);
}

/** Whether the file of a receipt was given up. */
export function isGivenUp(catalog: CatalogReader, receiptId: string): boolean {
  return (
    catalog.get('SELECT 1 FROM emptied_receipts WHERE receipt_id = ?', receiptId) !== undefined
  );
}

/** What was read of bytes that are nowhere here any more tells of what a person did not want to keep. */
function forgetBytes(catalog: CatalogWriter, sha256: string): void {
  if (areBytesHere(catalog, sha256)) return;
  for (const table of ['media', 'metadata', 'previews'] as const) {
    catalog.run(`DELETE FROM ${table} WHERE sha256 = ?`, sha256);
  }
}

export function areBytesHere(catalog: CatalogReader, sha256: string): boolean {
  return catalog.get('SELECT 1 FROM resources WHERE sha256 = ? LIMIT 1', sha256) !== undefined;
}

/** Paths of files that were given up and that no receipt names any more, some at a time. */
export function filesToRemove(catalog: CatalogReader, behind: string, limit: number): string[] {
  return catalog
    .all<{ path: string }>(
      'SELECT path FROM files_to_remove WHERE path > ? ORDER BY path LIMIT ?',
      behind,
      limit,
    )
    .map((row) => row.path);
}

export function isNamed(catalog: CatalogReader, path: string): boolean {
  const row = catalog.get('SELECT 1 FROM resources WHERE path_key = ?', foldName(path));
  return row !== undefined;
}

export function markRemoved(catalog: CatalogWriter, path: string): void {
  catalog.run('DELETE FROM files_to_remove WHERE path = ?', path);
}

/** A file in the trash. */
export interface TrashedFile {
  readonly receiptId: string;
  readonly assetId: string;
  readonly path: string;
  readonly sha256: string;
  readonly deviceId: string;
  readonly assetKey: string;
}

const TRASHED_FILE = `
  SELECT receipt_id AS receiptId, asset_id AS assetId, path, sha256, device_id AS deviceId, asset_key AS assetKey
  FROM resources`;

/** Files that were thrown away at a moment or before, oldest first. */
export function filesTrashedUntil(
  catalog: CatalogReader,
  until: number,
  limit: number,
): TrashedFile[] {
  return catalog.all<TrashedFile>(
    `${TRASHED_FILE} WHERE trashed_at <= ? ORDER BY trashed_at LIMIT ?`,
    until,
    limit,
  );
}

/** Files of an asset that were thrown away at a moment or before. */
export function trashedFilesOf(
  catalog: CatalogReader,
  assetId: string,
  until: number,
): TrashedFile[] {
  return catalog.all<TrashedFile>(
    `${TRASHED_FILE} WHERE asset_id = ? AND trashed_at <= ? ORDER BY rowid`,
    assetId,
    until,
  );
}

/** By its own index: SQLite would go through a million files in the order of their assets to find the few. */
const IN_TRASH = 'resources INDEXED BY resources_trashed WHERE trashed_at IS NOT NULL';

export function trashedAssetIds(catalog: CatalogReader): string[] {
  return catalog
    .all<{ asset_id: string }>(`SELECT DISTINCT asset_id FROM ${IN_TRASH} ORDER BY asset_id`)
    .map((row) => row.asset_id);
}

/** What is in the trash; with `until` what was thrown away at that moment or before. */
export function trashTotals(catalog: CatalogReader, until = Number.MAX_SAFE_INTEGER): TrashTotals {
  return (
    catalog.get<TrashTotals>(
      `SELECT count(DISTINCT asset_id) AS assetCount, count(*) AS fileCount,
         coalesce(sum(byte_count), 0) AS byteCount FROM resources WHERE trashed_at <= ?`,
      until,
    ) ?? { assetCount: 0, fileCount: 0, byteCount: 0 }
  );
}

interface TrashedRow {
  readonly asset_id: string;
  readonly trashed_at: number;
  readonly file_count: number;
  readonly byte_count: number;
}

/** A page of the assets in the trash, last thrown away first. A cursor that makes no sense starts from the beginning. */
export function listTrash(
  catalog: CatalogReader,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Pick<TrashPage, 'assets' | 'nextCursor'> {
  const cursor = /^(\d{1,16})-([0-9a-f-]{36})$/.exec(before ?? '');
  const rows = catalog.all<TrashedRow>(
    `SELECT asset_id, max(trashed_at) AS trashed_at, count(*) AS file_count, sum(byte_count) AS byte_count
     FROM ${IN_TRASH} GROUP BY asset_id
     HAVING (max(trashed_at), asset_id) < (?, ?) ORDER BY 2 DESC, 1 DESC LIMIT ?`,
    cursor ? Number(cursor[1]) : Number.MAX_SAFE_INTEGER,
    cursor?.[2] ?? '',
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    assets: page.flatMap((row) => trashedAsset(catalog, row) ?? []),
    ...(rows.length > limit && last && { nextCursor: `${last.trashed_at}-${last.asset_id}` }),
  };
}

interface ShownRow {
  readonly receipt_id: string;
  readonly path: string;
  readonly sha256: string;
  readonly captured_local: string;
  readonly kind: TrashedAsset['kind'] | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbhash: string | null;
  readonly duration_ms: number | null;
  readonly tile_state: string | null;
}

/** In the order in which a file stands for its asset, as RESOURCE_ROLES has it. */
const RANK = `CASE role WHEN 'edited-still' THEN 0 WHEN 'still' THEN 1 WHEN 'raw' THEN 2 WHEN 'edited-movie' THEN 3
  WHEN 'movie' THEN 4 WHEN 'recipe' THEN 9 ELSE 5 END`;

function shownInTrash(catalog: CatalogReader, assetId: string): ShownRow | undefined {
  return catalog.get<ShownRow>(
    `SELECT resources.receipt_id, path, resources.sha256, json_extract(receipt, '$.captureTime.local') AS captured_local,
       media.kind, media.width, media.height, media.thumbhash, media.duration_ms, tile.state AS tile_state
     FROM resources LEFT JOIN media ON media.sha256 = resources.sha256
     LEFT JOIN previews AS tile ON tile.sha256 = resources.sha256 AND tile.kind = 'tile'
     WHERE asset_id = ? AND trashed_at IS NOT NULL ORDER BY ${RANK}, resources.rowid DESC LIMIT 1`,
    assetId,
  );
}

/** The receipt whose picture stands for what lies in the trash of an asset. */
export function receiptIdInTrash(catalog: CatalogReader, assetId: string): string | undefined {
  return shownInTrash(catalog, assetId)?.receipt_id;
}

function trashedAsset(catalog: CatalogReader, row: TrashedRow): TrashedAsset | undefined {
  const shown = shownInTrash(catalog, row.asset_id);
  if (!shown) return undefined;
  return {
    assetId: row.asset_id,
    fileName: nameOf(shown.path),
    capturedLocal: shown.captured_local,
    kind: shown.kind ?? 'file',
    version: shown.sha256.slice(0, 16),
    hasTile: shown.tile_state === 'ready' || shown.tile_state === 'waiting',
    fileCount: row.file_count,
    byteCount: row.byte_count,
    trashedAt: row.trashed_at,
    ...(shown.width !== null && { width: shown.width }),
    ...(shown.height !== null && { height: shown.height }),
    ...(shown.thumbhash !== null && { thumbhash: shown.thumbhash }),
    ...(shown.duration_ms !== null && { durationMs: shown.duration_ms }),
  };
}

/** The last assets that left the trash by themselves, newest first. */
export function lastReturned(catalog: CatalogReader, limit: number): TrashPage['returned'] {
  return catalog
    .all<{ asset_id: string; path: string; moved_at: number }>(
      `SELECT asset_id, path, max(moved_at) AS moved_at FROM
         (SELECT receipt_id, moved_at FROM moves WHERE cause = 'restore' AND batch_id IS NULL
          ORDER BY moved_at DESC LIMIT ?)
       JOIN resources USING (receipt_id) WHERE trashed_at IS NULL
       GROUP BY asset_id ORDER BY moved_at DESC LIMIT ?`,
      limit * 8,
      limit,
    )
    .map((row) => ({
      assetId: row.asset_id,
      fileName: nameOf(row.path),
      returnedAt: row.moved_at,
    }));
}
