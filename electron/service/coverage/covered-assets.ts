import { setImmediate as nextTurn } from 'node:timers/promises';

import type { CoverageGroup, CoveredAsset } from '../../../shared/coverage-view.ts';
import type { ErrorCode } from '../../../shared/error-catalogue.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import type { VerifiedSpan } from './coverage-counts.ts';
import { judgeAssets, type AssetVerdict } from './judge-assets.ts';

/** So many rows are looked through before others have their turn. */
const SCAN_ROWS = 5_000;

export interface CoveredFilter {
  readonly deviceId: string;
  readonly inventoryNo: number;
  readonly group: CoverageGroup;
  readonly span: VerifiedSpan;
  /** Part of a name, whatever the case. */
  readonly search?: string | undefined;
  /** Cursor of the previous page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

interface AssetRow {
  readonly asset_no: number;
  readonly asset_key: string;
  readonly name: string;
  readonly kind: string | null;
  readonly created_at: number | null;
  readonly verified_at: number;
  readonly resource_count: number;
}

/** An asset of a list, with the files that cover it where it is here. */
export interface ListedAsset {
  readonly view: CoveredAsset;
  readonly verdict: AssetVerdict;
}

export interface CoveredPage {
  readonly assets: readonly ListedAsset[];
  readonly nextCursor?: string;
}

/**
 * A page of the assets of a group, those re-read longest ago first. Each is judged anew: what is listed is so now.
 * @throws RoostError `request/invalid` for text that was never a cursor.
 */
export async function coveredAssets(
  catalog: CatalogReader,
  filter: CoveredFilter,
): Promise<CoveredPage> {
  const found: ListedAsset[] = [];
  let position = positionOf(filter.before);
  for (;;) {
    const scanned = scan(catalog, filter, position);
    const matching = scanned.filter(({ name }) => matches(name, filter.search));
    const taken = matching.slice(0, filter.limit - found.length);
    found.push(...judged(catalog, filter, taken));
    const isFull = found.length >= filter.limit || taken.length < matching.length;
    const last = isFull ? taken.at(-1) : scanned.at(-1);
    if (!isFull && scanned.length < SCAN_ROWS) return { assets: found };
    position = last && { verifiedAt: last.verified_at, assetNo: last.asset_no };
    if (isFull && position) {
      const hasMore = scan(catalog, filter, position, 1).length > 0;
      return {
        assets: found,
        ...(hasMore && { nextCursor: `${position.verifiedAt}.${position.assetNo}` }),
      };
    }
    await nextTurn();
  }
}

interface Position {
  readonly verifiedAt: number;
  readonly assetNo: number;
}

function scan(
  catalog: CatalogReader,
  { inventoryNo, group, span, search, limit }: CoveredFilter,
  after: Position | undefined,
  rowLimit = search === undefined ? Math.min(limit + 1, SCAN_ROWS) : SCAN_ROWS,
): AssetRow[] {
  const isHere = group === 'verified' || group === 'here';
  const state = group === 'counting' ? 'stale' : isHere ? 'here' : group;
  const from = group === 'verified' ? span.from : 0;
  const to = group === 'verified' ? span.to : span.from;
  // One bound alone: of two SQLite would seek by either, and go through what lies between them.
  const start =
    after && after.verifiedAt >= from
      ? after
      : { verifiedAt: from - 1, assetNo: Number.MAX_SAFE_INTEGER };
  return catalog.all<AssetRow>(
    `SELECT asset_no, asset_key, name, kind, created_at, verified_at, resource_count FROM inventory_assets
     WHERE inventory_no = ? AND state = ? AND (verified_at, asset_no) > (?, ?) AND verified_at < ?
     ORDER BY verified_at, asset_no LIMIT ?`,
    inventoryNo,
    state,
    start.verifiedAt,
    start.assetNo,
    to,
    rowLimit,
  );
}

function judged(
  catalog: CatalogReader,
  { deviceId, group, span }: CoveredFilter,
  rows: readonly AssetRow[],
): ListedAsset[] {
  if (rows.length === 0) return [];
  const verdicts = new Map(
    judgeAssets(
      catalog,
      deviceId,
      rows.map((row) => row.asset_no),
    ).map((verdict) => [verdict.assetNo, verdict]),
  );
  return rows.flatMap((row) => {
    const verdict = verdicts.get(row.asset_no);
    if (!verdict) return [];
    if (group !== 'counting' && groupOf(verdict, span) !== group) return [];
    return [{ view: viewOf(catalog, deviceId, row, verdict), verdict }];
  });
}

function groupOf({ state, verifiedAt }: AssetVerdict, span: VerifiedSpan): CoverageGroup {
  const isVerified = state === 'here' && verifiedAt >= span.from && verifiedAt < span.to;
  return isVerified ? 'verified' : state;
}

function viewOf(
  catalog: CatalogReader,
  deviceId: string,
  row: AssetRow,
  verdict: AssetVerdict,
): CoveredAsset {
  const assetId = shownAs(catalog, deviceId, row.asset_key);
  return {
    assetKey: row.asset_key,
    name: row.name,
    resourceCount: row.resource_count,
    byteCount: verdict.byteCount,
    unsizedCount: verdict.unsizedCount,
    openTypes: [...verdict.openTypes],
    isUntold: verdict.isUntold,
    ...(row.kind !== null && { kind: row.kind }),
    ...(row.created_at !== null && { createdAt: row.created_at }),
    ...(verdict.verifiedAt > 0 && { verifiedAt: verdict.verifiedAt }),
    ...(verdict.reason && { errorCode: verdict.reason satisfies ErrorCode }),
    ...(assetId !== undefined && { assetId }),
  };
}

/** The asset in the timeline that a device's key leads to; none where it is thrown away. */
function shownAs(catalog: CatalogReader, deviceId: string, assetKey: string): string | undefined {
  return catalog.get<{ asset_id: string }>(
    `SELECT assets.asset_id FROM asset_keys
     CROSS JOIN asset_parts ON asset_parts.part_id = asset_keys.asset_id
     CROSS JOIN assets ON assets.asset_id = asset_parts.asset_id
     WHERE asset_keys.device_id = ? AND asset_keys.asset_key = ?`,
    deviceId,
    assetKey,
  )?.asset_id;
}

function matches(name: string, search: string | undefined): boolean {
  return search === undefined || name.toLowerCase().includes(search.toLowerCase());
}

function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor);
  if (!match) throw new RoostError('request/invalid', 'The cursor makes no sense.');
  return { verifiedAt: Number(match[1]), assetNo: Number(match[2]) };
}
