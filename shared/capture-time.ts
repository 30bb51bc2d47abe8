import { z } from 'zod';

/** Where a capture time came from, most trusted first. */
export const CAPTURE_TIME_SOURCES = [
  'exif',
  'quicktime',
  'xmp',
  'device-created',
  'movie-header',
  'device-modified',
  'arrival',
] as const;

export type CaptureTimeSource = (typeof CAPTURE_TIME_SOURCES)[number];

/**
 * Who said how far the wall clock is from UTC. `file`: the file itself. `place`: the time zone of where it was
 * taken. `device`: the phone, when it sent the photo. `computer`: nobody did, so the zone of this computer is taken.
 */
export const OFFSET_SOURCES = ['file', 'place', 'device', 'computer'] as const;

export type OffsetSource = (typeof OFFSET_SOURCES)[number];

/** `YYYY-MM-DDTHH:MM:SS`, without a zone. */
export const wallClockSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

/**
 * The wall clock at the place of capture, plus the offset to UTC where it is known.
 * `local` is `YYYY-MM-DDTHH:MM:SS` without a zone.
 */
export const captureTimeSchema = z.object({
  local: wallClockSchema,
  offsetMinutes: z.number().int().min(-900).max(900).optional(),
  source: z.enum(CAPTURE_TIME_SOURCES),
  /** Absent without an offset, and in receipts of before. */
  offsetSource: z.enum(OFFSET_SOURCES).optional(),
});

export type CaptureTime = z.infer<typeof captureTimeSchema>;

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|([+-])(\d{2}):?(\d{2}))?$/;

/** A point of time as a client told it: the instant, and the wall clock if an offset other than `Z` stood there. */
export interface ToldTime {
  readonly at: number;
  /** Minutes east of UTC; absent for `Z`, which says nothing about the place. */
  readonly offsetMinutes?: number;
}

/**
 * Reads RFC 3339, with or without fractions (kept to the millisecond), tolerating a blank instead of `T`. A time
 * without a zone is taken as UTC. Gives `undefined` for anything else: odd metadata never fails an upload.
 */
export function parseRfc3339(text: string): ToldTime | undefined {
  const match = RFC_3339.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute] =
    match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const whole = utcOfFields(y, mo, d, h, mi, s);
  if (whole === undefined) return undefined;
  const utc = whole + Number(`${fraction?.slice(1) ?? ''}000`.slice(0, 3));
  if (zone === undefined || sign === undefined) return { at: utc };
  const offsetMinutes = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offsetMinutes) > 900 || Number(zoneMinute) > 59) return undefined;
  return { at: utc - offsetMinutes * 60_000, offsetMinutes };
}

function utcOfFields(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  const leapSecond = second === 60 ? 59 : second;
  const at = Date.UTC(year, month - 1, day, hour, minute, leapSecond);
  const back = new Date(at);
  const same =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute;
  return same ? at : undefined;
}

/** The wall clock `YYYY-MM-DDTHH:MM:SS` of an instant at an offset from UTC. */
export function localClock(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Whether a wall clock can be a capture time: a real calendar date, not one of the defaults cameras and
 * containers write when they know nothing (1904, 1970-01-01 00:00, 1980-01-01 00:00, year 0), not before
 * photography.
 */
export function isPlausibleLocal(local: string): boolean {
  const told = wallClockSchema.safeParse(local).success ? parseRfc3339(local) : undefined;
  if (told === undefined) return false;
  const year = Number(local.slice(0, 4));
  if (year < 1826 || year === 1904 || local.startsWith('1903-12-31')) return false;
  return local !== '1980-01-01T00:00:00' && !isStartOf1970Somewhere(told.at);
}

/**
 * Programs put a time zone on the instant 0, so it is written as another hour around the turn of the year. Noon is
 * what people give to old photos of which they know the day.
 */
function isStartOf1970Somewhere(wallClockAt: number): boolean {
  const isAnOffset = wallClockAt % (HOUR_MS / 4) === 0 && wallClockAt !== 12 * HOUR_MS;
  return isAnOffset && wallClockAt >= -12 * HOUR_MS && wallClockAt <= 14 * HOUR_MS;
}

/** The same for an instant, before a time zone is put on it and hides that it is such a default. */
export function isPlausibleInstant(at: number): boolean {
  return Math.abs(at) <= MAX_INSTANT_MS && isPlausibleLocal(localClock(at, 0));
}

/** A day less than a `Date` holds, so that any offset can be added. */
const MAX_INSTANT_MS = 8.64e15 - 24 * 60 * 60 * 1000;

/** The instant of a capture time; without an offset the wall clock is read as UTC. */
export function instantOf(time: Pick<CaptureTime, 'local' | 'offsetMinutes'>): number {
  return Date.parse(`${time.local}Z`) - (time.offsetMinutes ?? 0) * 60_000;
}
