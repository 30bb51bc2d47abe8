import {
  COVERAGE_GROUPS,
  type CoverageGroup,
  type GroupCount,
} from '../../../shared/coverage-view.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Between which moments a file must have been re-read to count as verified; whole hours, as they are counted. */
export interface VerifiedSpan {
  readonly from: number;
  /** Not any more. A reading from a time to come says nothing. */
  readonly to: number;
}

export function verifiedSpan(now: number, withinDays: number): VerifiedSpan {
  return {
    // Up: what is at the edge is not in time.
    from: Math.max(Math.ceil((now - withinDays * DAY_MS) / HOUR_MS) * HOUR_MS, HOUR_MS),
    to: (Math.floor(now / HOUR_MS) + 1) * HOUR_MS,
  };
}

export type GroupCounts = Record<CoverageGroup, GroupCount>;

/** How many assets of an inventory stand how, with their bytes. */
export function groupCounts(
  catalog: CatalogReader,
  inventoryNo: number,
  span: VerifiedSpan,
): GroupCounts {
  const rows = catalog.all<{
    grouped: CoverageGroup;
    asset_count: number;
    byte_count: number;
    unsized_count: number;
  }>(
    `SELECT CASE WHEN state = 'stale' THEN 'counting' WHEN state = 'here' AND hour >= ? AND hour < ? THEN 'verified'
       ELSE state END AS grouped,
       sum(asset_count) AS asset_count, sum(byte_count) AS byte_count, sum(unsized_count) AS unsized_count
     FROM inventory_counts WHERE inventory_no = ? GROUP BY grouped`,
    span.from / HOUR_MS,
    span.to / HOUR_MS,
    inventoryNo,
  );
  const none = { assetCount: 0, byteCount: 0, unsizedCount: 0 };
  const counts = Object.fromEntries(COVERAGE_GROUPS.map((group) => [group, none])) as GroupCounts;
  for (const row of rows) {
    counts[row.grouped] = {
      assetCount: row.asset_count,
      byteCount: row.byte_count,
      unsizedCount: row.unsized_count,
    };
  }
  return counts;
}
