import lookUpZone from '@photostructure/tz-lookup';

import type { Location } from '../../../shared/receipt.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Programs that know no place tell 0, 0, which lies in the sea off Africa. */
export function isKnownPlace({ latitude, longitude }: Location): boolean {
  return latitude !== 0 || longitude !== 0;
}

/** The IANA name of the time zone of a place, at sea a nautical one; `undefined` where no place is known. */
export function zoneAt(place: Location): string | undefined {
  const { latitude, longitude } = place;
  if (!isKnownPlace(place)) return undefined;
  try {
    return lookUpZone(latitude, longitude);
  } catch {
    return undefined;
  }
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Making a format takes much longer than using it, and a household's photos come from few zones. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
      year: 'numeric',
    });
  } catch {
    // The lookup may know a zone that this Node does not.
    return undefined;
  }
}

/** Minutes east of UTC of a zone at an instant, whole ones: before there were time zones, places had seconds. */
export function zoneOffset(zone: string, at: number): number | undefined {
  const parts = formatOf(zone)?.formatToParts(at);
  const name = parts?.find(({ type }) => type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? '');
  if (!match) return undefined;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? 0 - minutes : minutes;
}

/**
 * The offset that a wall clock at a place stood at. In the hour that comes twice when summer time ends, the one
 * that is nearer to `near`, else the first. In the hour that summer time skips, the clock had not been set yet.
 */
export function offsetOfWallClock(zone: string, local: string, near?: number): number | undefined {
  const asUtc = Date.parse(`${local}Z`);
  const before = zoneOffset(zone, asUtc - DAY_MS);
  const after = zoneOffset(zone, asUtc + DAY_MS);
  if (before === undefined || after === undefined) return undefined;
  const fits = [...new Set([before, after])].filter(
    (offset) => zoneOffset(zone, asUtc - offset * MINUTE_MS) === offset,
  );
  const [first = before, second = first] = fits;
  if (near === undefined) return first;
  const distance = (offset: number): number => Math.abs(asUtc - offset * MINUTE_MS - near);
  return distance(second) < distance(first) ? second : first;
}
