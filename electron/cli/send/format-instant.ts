/** A day inside the years 0000 to 9999, so that no offset leads out of them. */
const EARLIEST = Date.UTC(-1, 11, 31) + 2 * 86_400_000;
const LATEST = Date.UTC(9999, 11, 31);

/**
 * An instant as RFC 3339 text with milliseconds and the offset from UTC that this computer's clock had then:
 * the offset lets Roost tell the wall-clock day on which a file was made.
 * Gives `undefined` for an instant that RFC 3339 has no year for.
 * @param offsetMinutes minutes east of UTC; by default those of this computer at that instant.
 */
export function formatInstant(
  instant: number,
  offsetMinutes = localOffset(instant),
): string | undefined {
  if (!(instant >= EARLIEST && instant < LATEST)) return undefined;
  const wallClock = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.trunc(size / 60)).padStart(2, '0');
  const minutes = String(size % 60).padStart(2, '0');
  return `${wallClock}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`;
}

/** RFC 3339 knows whole minutes; zones before 1972 had seconds. */
function localOffset(instant: number): number {
  return Math.round(-new Date(instant).getTimezoneOffset());
}
