import type { DayArrivals } from '../../../shared/home-view.ts';
import type { TimelineAsset } from '../../../shared/window-views.ts';

import type { CatalogReader } from './open-catalog.ts';
import { assetById } from './timeline-queries.ts';

const QUARTER_MS = 900_000;
/** Of what came last so many files are looked at for the photos they belong to. */
const LOOKED_AT = 200;

/** Midnight of the day that many days before the one of `now`, in this computer's time zone. */
export function dayStart(now: number, daysBefore = 0): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}

/** What came on each of the last `dayCount` days, the oldest first and today last. */
export function arrivalsByDay(
  catalog: CatalogReader,
  now: number,
  dayCount: number,
): DayArrivals[] {
  const days: DayArrivals[] = [];
  for (let before = dayCount - 1; before >= 0; before -= 1) {
    const startAt = dayStart(now, before);
    const sums = catalog.get<{ fileCount: number; byteCount: number }>(
      `SELECT coalesce(sum(file_count), 0) AS fileCount, coalesce(sum(byte_count), 0) AS byteCount
       FROM arrivals WHERE quarter >= ? AND quarter < ?`,
      Math.floor(startAt / QUARTER_MS),
      Math.floor(dayStart(now, before - 1) / QUARTER_MS),
    );
    days.push({ day: localDay(startAt), fileCount: 0, byteCount: 0, ...sums });
  }
  return days;
}

function localDay(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When the first file came; `undefined` where none did. */
export function firstArrivalAt(catalog: CatalogReader): number | undefined {
  const first = catalog.get<{ quarter: number | null }>(
    'SELECT min(quarter) AS quarter FROM arrivals WHERE file_count > 0',
  );
  return first?.quarter === null || first === undefined ? undefined : first.quarter * QUARTER_MS;
}

/** Bytes of all files that ever came. */
export function arrivedByteCount(catalog: CatalogReader): number {
  return (
    catalog.get<{ sum: number }>('SELECT coalesce(sum(byte_count), 0) AS sum FROM arrivals')?.sum ??
    0
  );
}

/** The photos and videos that came last since an instant, the newest arrival first. */
export function arrivedAssets(
  catalog: CatalogReader,
  since: number,
  limit: number,
): TimelineAsset[] {
  // The rowid counts receipts in the order they came.
  const rows = catalog.all<{ asset_id: string; stored_at: number }>(
    'SELECT asset_id, stored_at FROM resources ORDER BY rowid DESC LIMIT ?',
    LOOKED_AT,
  );
  const ids = new Set(rows.filter((row) => row.stored_at >= since).map((row) => row.asset_id));
  const assets: TimelineAsset[] = [];
  for (const id of ids) {
    if (assets.length === limit) break;
    // One whose files are all in the trash is not shown.
    const asset = assetById(catalog, id);
    if (asset) assets.push(asset);
  }
  return assets;
}
