/** Days from one to another, both within it, as `YYYY-MM-DD`; without an end it is open there. */
export interface DaySpan {
  readonly from?: string;
  readonly to?: string;
}

/** Days that begin and end. */
export type ClosedSpan = Required<DaySpan>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** `month` counts from 1; `undefined` for a day that no calendar has. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal && year >= 1000 && year <= 9999 ? at.toISOString().slice(0, 10) : undefined;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay();
}

/** Months from a first to a last one, counted from 1 on; those beyond December belong to the year after. */
export function monthsSpan(year: number, first: number, last = first): ClosedSpan {
  const from = new Date(Date.UTC(year, first - 1, 1));
  const to = new Date(Date.UTC(year, last, 0));
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}

export function yearSpan(year: number): ClosedSpan {
  return monthsSpan(year, 1, 12);
}
