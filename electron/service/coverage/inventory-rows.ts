import type { InventoryAsset, InventoryStatus } from '../../../shared/inventory.ts';
import { viewingRank } from '../../../shared/resource-type.ts';
import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';

/** One inventory of a device. */
export interface InventoryRow {
  readonly inventory_no: number;
  readonly inventory_id: string;
  readonly begun_at: number;
  readonly changed_at: number;
  readonly committed_at: number | null;
}

/** The inventory of a device that counts, or the one that is still being sent. */
export function inventoryOf(
  catalog: CatalogReader,
  deviceId: string,
  state: 'current' | 'draft',
): InventoryRow | undefined {
  return catalog.get<InventoryRow>(
    'SELECT * FROM inventories WHERE device_id = ? AND state = ? ORDER BY inventory_no DESC LIMIT 1',
    deviceId,
    state,
  );
}

/** How much an inventory names. */
export function inventorySize(
  catalog: CatalogReader,
  inventoryNo: number,
): { readonly assetCount: number; readonly resourceCount: number } {
  const row = catalog.get<{ assets: number; resources: number }>(
    `SELECT coalesce(sum(asset_count), 0) AS assets, coalesce(sum(resource_count), 0) AS resources
     FROM inventory_counts WHERE inventory_no = ?`,
    inventoryNo,
  );
  return { assetCount: row?.assets ?? 0, resourceCount: row?.resources ?? 0 };
}

/** How many pages are here, the highest, and the first that is not. */
export function pagesOf(
  catalog: CatalogReader,
  inventoryNo: number,
): { readonly pageCount: number; readonly nextPage: number } {
  const row = catalog.get<{ count: number }>(
    'SELECT count(*) AS count FROM inventory_pages WHERE inventory_no = ?',
    inventoryNo,
  );
  return {
    pageCount: row?.count ?? 0,
    nextPage: missingPages(catalog, inventoryNo, Number.MAX_SAFE_INTEGER, 1)[0] ?? 0,
  };
}

/** The first pages below `end` that are not here. */
export function missingPages(
  catalog: CatalogReader,
  inventoryNo: number,
  end: number,
  limit: number,
): number[] {
  const present = catalog.all<{ page_no: number }>(
    'SELECT page_no FROM inventory_pages WHERE inventory_no = ? ORDER BY page_no',
    inventoryNo,
  );
  const missing: number[] = [];
  let next = 0;
  for (const { page_no: page } of [...present, { page_no: end }]) {
    for (; next < page && next < end && missing.length < limit; next++) missing.push(next);
    if (missing.length >= limit) break;
    next = page + 1;
  }
  return missing;
}

/**
 * Called before a page is written anew. Where it has assets, pages that lost one to another page are not here any more:
 * the asset may go with this one.
 */
export function dropLostPages(catalog: CatalogWriter, inventoryNo: number, pageNo: number): void {
  catalog.run(
    `DELETE FROM inventory_pages WHERE inventory_no = ? AND has_lost = 1
       AND EXISTS (SELECT 1 FROM inventory_assets WHERE inventory_no = ? AND page_no = ?)`,
    inventoryNo,
    inventoryNo,
    pageNo,
  );
}

/** What the device is told of its inventories. */
export function inventoryStatus(catalog: CatalogReader, deviceId: string): InventoryStatus {
  const current = inventoryOf(catalog, deviceId, 'current');
  const draft = inventoryOf(catalog, deviceId, 'draft');
  return {
    ...(current && {
      current: {
        inventoryId: current.inventory_id,
        committedAt: current.committed_at ?? current.changed_at,
        assetCount: inventorySize(catalog, current.inventory_no).assetCount,
      },
    }),
    ...(draft && {
      draft: {
        inventoryId: draft.inventory_id,
        ...pagesOf(catalog, draft.inventory_no),
        assetCount: inventorySize(catalog, draft.inventory_no).assetCount,
      },
    }),
  };
}

/** Puts assets into an inventory; one that is in it already moves to this page. */
export function saveAssets(
  catalog: CatalogWriter,
  inventoryNo: number,
  pageNo: number,
  assets: readonly InventoryAsset[],
): void {
  catalog.transaction(() => {
    for (const asset of assets) saveAsset(catalog, inventoryNo, pageNo, asset);
  });
}

function saveAsset(
  catalog: CatalogWriter,
  inventoryNo: number,
  pageNo: number,
  asset: InventoryAsset,
): void {
  const { resources } = asset;
  catalog.run(
    `UPDATE inventory_pages SET has_lost = 1 WHERE inventory_no = ? AND page_no <> ? AND page_no IN (
       SELECT page_no FROM inventory_assets WHERE inventory_no = ? AND asset_key = ?)`,
    inventoryNo,
    pageNo,
    inventoryNo,
    asset.assetKey,
  );
  const row = catalog.get<{ asset_no: number }>(
    `INSERT INTO inventory_assets (inventory_no, page_no, asset_key, name, kind, created_at, state, verified_at,
       resource_count, byte_count, unsized_count)
     VALUES (?, ?, ?, ?, ?, ?, 'stale', 0, ?, ?, ?)
     ON CONFLICT DO UPDATE SET page_no = excluded.page_no, name = excluded.name, kind = excluded.kind,
       created_at = excluded.created_at, state = 'stale', verified_at = 0, reason = NULL,
       resource_count = excluded.resource_count, byte_count = excluded.byte_count,
       unsized_count = excluded.unsized_count
     RETURNING asset_no`,
    inventoryNo,
    pageNo,
    asset.assetKey,
    nameOf(asset),
    asset.kind ?? null,
    asset.createdAt ?? null,
    resources.length,
    resources.reduce((sum, { byteCount }) => sum + (byteCount ?? 0), 0),
    resources.filter(({ byteCount }) => byteCount === undefined).length,
  );
  const assetNo = row?.asset_no ?? 0;
  catalog.run('DELETE FROM inventory_resources WHERE asset_no = ?', assetNo);
  for (const [at, resource] of resources.entries()) {
    catalog.run(
      `INSERT INTO inventory_resources (asset_no, resource_no, resource_type, byte_count, sha256, modified_at, file_name)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      assetNo,
      at,
      resource.resourceType,
      resource.byteCount ?? null,
      resource.sha256 ?? null,
      resource.modifiedAt ?? null,
      resource.fileName ?? null,
    );
  }
}

/** The name a person knows it by: that of the original, since an edited one is called alike everywhere. */
function nameOf({ assetKey, resources }: InventoryAsset): string {
  const named = resources.filter(({ fileName }) => fileName !== undefined && fileName !== '');
  const original = named.find(({ resourceType }) => ['photo', 'video'].includes(resourceType));
  const first = named.toSorted((a, b) => viewingRank(a.resourceType) - viewingRank(b.resourceType));
  return (original ?? first[0])?.fileName ?? assetKey;
}

/** Deletes a few assets of an inventory, of one page or of those from it on; gives how many there were. */
export function removeAssets(
  catalog: CatalogWriter,
  inventoryNo: number,
  pages: { readonly from: number; readonly to: number },
  limit: number,
): number {
  return catalog.run(
    `DELETE FROM inventory_assets WHERE asset_no IN (
       SELECT asset_no FROM inventory_assets WHERE inventory_no = ? AND page_no BETWEEN ? AND ? LIMIT ?)`,
    inventoryNo,
    pages.from,
    pages.to,
    limit,
  );
}

/** How much text the pages of an inventory are, whether they came in full or not. */
export function textByteCount(catalog: CatalogReader, inventoryNo: number): number {
  const row = catalog.get<{ total: number }>(
    'SELECT coalesce(sum(byte_count), 0) AS total FROM inventory_page_sizes WHERE inventory_no = ?',
    inventoryNo,
  );
  return row?.total ?? 0;
}

export function saveSize(
  catalog: CatalogWriter,
  inventoryNo: number,
  pageNo: number,
  byteCount: number,
): void {
  catalog.run(
    'INSERT OR REPLACE INTO inventory_page_sizes (inventory_no, page_no, byte_count) VALUES (?, ?, ?)',
    inventoryNo,
    pageNo,
    byteCount,
  );
}

export function removeSizes(
  catalog: CatalogWriter,
  inventoryNo: number,
  from: number,
  to: number,
): void {
  catalog.run(
    'DELETE FROM inventory_page_sizes WHERE inventory_no = ? AND page_no BETWEEN ? AND ?',
    inventoryNo,
    from,
    to,
  );
}
