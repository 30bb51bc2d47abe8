import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { ExportFiles } from '../../../shared/export-view.ts';
import type { ResourceRole } from '../../../shared/resource-role.ts';
import { isEdit } from '../assets/grouping/resource-role.ts';

import { filterClause } from './asset-filter.ts';
import type { CatalogReader } from './open-catalog.ts';
import { assetOfPart } from './regroup.ts';

/** A file of an asset that a person chose, as far as is needed to carry it somewhere. */
export interface ChosenFile {
  readonly receiptId: string;
  /** Of now, below the library. */
  readonly path: string;
  readonly byteCount: number;
}

interface ChosenRow extends ChosenFile {
  readonly role: ResourceRole;
}

/**
 * The files of an asset that stand in the library, oldest first, also those of other assets that it has through
 * duplicates; receipts that name one file count once.
 */
export function chosenFiles(
  catalog: CatalogReader,
  askedId: string,
  files: ExportFiles,
): ChosenFile[] {
  const assetId = assetOfPart(catalog, askedId);
  const rows = catalog.all<ChosenRow>(
    `SELECT receipt_id AS receiptId, path, byte_count AS byteCount, role FROM resources
     WHERE trashed_at IS NULL AND (asset_id = ? OR receipt_id IN (
       SELECT sent.receipt_id FROM asset_parts
       JOIN asset_keys ON asset_keys.asset_id = asset_parts.part_id
       JOIN sent USING (device_id, asset_key) WHERE asset_parts.asset_id = ?))
     ORDER BY rowid`,
    assetId,
    assetId,
  );
  const wanted = rows.filter(({ role }) => files === 'everything' || !isEdit(role));
  // Of an asset that came as an edit alone, that is what there is.
  const chosen = wanted.length > 0 ? wanted : rows;
  return [...new Map(chosen.map(({ role: _role, ...file }) => [file.path, file])).values()];
}

export interface IdsFilter extends AssetFilter {
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly within?: string | undefined;
  /** Two assets, in either order: only from the one to the other, both included. */
  readonly oneEnd?: string | undefined;
  readonly otherEnd?: string | undefined;
}

/** Ids of assets with their days, in the order of the timeline, newest first. */
export function assetIdsOf(
  catalog: CatalogReader,
  { within, oneEnd, otherEnd, ...filter }: IdsFilter,
  limit: number,
): { readonly assetId: string; readonly day: string }[] {
  const { sql, values } = filterClause(filter);
  const conditions = [sql];
  const all: (string | number)[] = [...values];
  if (within !== undefined) {
    conditions.push('assets.captured_local >= ? AND assets.captured_local < ?');
    // ':' and 'U' follow what stands behind the month or the day.
    all.push(within, `${within}${within.length === 7 ? ':' : 'U'}`);
  }
  if (oneEnd !== undefined && otherEnd !== undefined) {
    const between = ends(catalog, oneEnd, otherEnd);
    if (!between) return [];
    conditions.push(
      '(assets.captured_local, assets.asset_id) >= (?, ?) AND (assets.captured_local, assets.asset_id) <= (?, ?)',
    );
    all.push(...between);
  }
  return catalog.all(
    `SELECT assets.asset_id AS assetId, substr(assets.captured_local, 1, 10) AS day FROM assets
     WHERE ${conditions.join(' AND ')} ORDER BY assets.captured_local DESC, assets.asset_id DESC LIMIT ?`,
    ...all,
    limit,
  );
}

/** Older end first, as `captured_local, asset_id` of each. */
function ends(catalog: CatalogReader, oneEnd: string, otherEnd: string): string[] | undefined {
  const rows = catalog.all<{ captured_local: string; asset_id: string }>(
    'SELECT captured_local, asset_id FROM assets WHERE asset_id IN (?, ?) ORDER BY captured_local, asset_id',
    oneEnd,
    otherEnd,
  );
  const [older, newer = older] = rows;
  if (!older || !newer || (rows.length < 2 && oneEnd !== otherEnd)) return undefined;
  return [older.captured_local, older.asset_id, newer.captured_local, newer.asset_id];
}

/** How many of some assets are favourites. */
export function countFavourites(catalog: CatalogReader, assetIds: readonly string[]): number {
  const row = catalog.get<{ count: number }>(
    `SELECT count(*) AS count FROM assets
     WHERE favourite = 1 AND asset_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(assetIds),
  );
  return row?.count ?? 0;
}
