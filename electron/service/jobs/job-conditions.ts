import type { JobHistoryFilter } from '../../../shared/job-filter.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';

import { DayCalendar } from './day-bounds.ts';
import type { JobRow } from './job-queries.ts';

/** Devices beside which others are not looked for by name: nobody pairs more. */
const MOST_DEVICES = 500;

/** A filter as SQL over `jobs`, and as a question about one row. */
export interface JobConditions {
  /** With `WHERE`, unless it is empty. */
  readonly where: string;
  readonly values: readonly SqlValue[];
  /** What `text` and `reasons` mean; absent where nothing is searched for. */
  readonly search: JobSearch | undefined;
}

export interface JobSearch {
  /** Lower case. */
  readonly text: string;
  readonly reasons: readonly string[];
  readonly deviceIds: readonly string[];
  readonly fits: (row: JobRow) => boolean;
}

/** Puts a filter into SQL, all of it but the search. */
export function jobConditions(catalog: CatalogReader, filter: JobHistoryFilter): JobConditions {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const { state, deviceId, day, timeZone } = filter;
  if (deviceId !== undefined) {
    conditions.push('device_id = ?');
    values.push(deviceId);
  }
  if (state !== undefined) {
    conditions.push('state = ?');
    values.push(state);
  }
  if (day !== undefined) {
    const { fromAt, toAt } = new DayCalendar(timeZone).bounds(day);
    conditions.push('changed_at >= ?', 'changed_at < ?');
    values.push(fromAt, toAt);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return { where, values, search: searchOf(catalog, filter) };
}

function searchOf(
  catalog: CatalogReader,
  { text: told = '', reasons }: JobHistoryFilter,
): JobSearch | undefined {
  const text = told.replaceAll('\0', '').toLowerCase();
  if (text === '') return undefined;
  const deviceIds = catalog
    .all<{ device_id: string; name: string }>(
      'SELECT device_id, name FROM devices LIMIT ?',
      MOST_DEVICES,
    )
    .filter(({ name }) => name.toLowerCase().includes(text))
    .map((row) => row.device_id);
  const fits = (row: JobRow): boolean =>
    (row.file_name === '' ? row.asset_key : row.file_name).toLowerCase().includes(text) ||
    deviceIds.includes(row.device_id) ||
    (row.error_code !== null && reasons.includes(row.error_code));
  return { text, reasons, deviceIds, fits };
}
