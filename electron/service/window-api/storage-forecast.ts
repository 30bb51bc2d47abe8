import type { DayArrivals, StorageForecast } from '../../../shared/home-view.ts';

/** What a phone brings home in its first days is all it ever took, and says nothing of the days to come. */
const FIRST_DAYS_LEFT_OUT = 7;
/** Fewer days say nothing: one holiday would be the rule. */
const FEWEST_DAYS = 14;
const FARTHEST_DAYS = 3_650;

/**
 * How long the free space lasts if photos keep coming as in the days that are known. `days` are whole days, the
 * oldest first, without today; `knownDayCount` is how many of them lie after the first arrival.
 */
export function forecastStorage(
  days: readonly DayArrivals[],
  knownDayCount: number,
  freeByteCount: number | undefined,
): StorageForecast {
  const usable = Math.max(0, Math.min(days.length, knownDayCount - FIRST_DAYS_LEFT_OUT));
  if (freeByteCount === undefined || usable < FEWEST_DAYS) {
    return { kind: 'unknown', dayCount: usable, neededDayCount: FEWEST_DAYS };
  }
  const byteCount = days.slice(-usable).reduce((sum, day) => sum + day.byteCount, 0);
  const perDay = byteCount / usable;
  const dayCount = perDay === 0 ? Infinity : Math.floor(freeByteCount / perDay);
  const seen = { dayCount: usable, byteCountPerDay: Math.round(perDay) };
  return dayCount > FARTHEST_DAYS
    ? { kind: 'far', ...seen }
    : { kind: 'full-in', fullInDays: dayCount, ...seen };
}
