import { inLanguage, type Language, pageLanguage } from './language.ts';

const HOME_REGIONS: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/**
 * The first region that the browser asks for of a language, such as `de-CH`: its people differ in how they write
 * dates and numbers. Of another language they would stand in the middle of foreign sentences.
 */
export function localeOf(languages: readonly string[], language: Language = pageLanguage): string {
  const withRegion = new RegExp(`^${language}-([A-Z]{2}|\\d{3})$`);
  return languages.find((each) => withRegion.test(each)) ?? HOME_REGIONS[language];
}

const LOCALE = localeOf(navigator.languages);

const words = inLanguage<{
  readonly bytes: readonly [one: string, other: string];
  readonly soon: string;
  readonly justNow: string;
}>({
  en: { bytes: ['byte', 'bytes'], soon: 'in a moment', justNow: 'just now' },
  de: { bytes: ['Byte', 'Byte'], soon: 'gleich', justNow: 'gerade eben' },
});

const integer = new Intl.NumberFormat(LOCALE);
const plurals = new Intl.PluralRules(LOCALE);

export function formatCount(count: number): string {
  return integer.format(count);
}

/** `formatPlural(3, 'photo', 'photos')` is "3 photos". */
export function formatPlural(count: number, one: string, other: string): string {
  return `${formatCount(count)} ${plurals.select(count) === 'one' ? one : other}`;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Sizes in powers of 1000, as disks, macOS and phones count them: "2.6 MB". */
export function formatByteCount(byteCount: number): string {
  let value = byteCount;
  let step = 0;
  while (value >= 999.5 && step < BYTE_UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(LOCALE, {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** "2,600,220 bytes", for where the exact size matters. */
export function formatExactByteCount(byteCount: number): string {
  return formatPlural(byteCount, ...words.bytes);
}

export function formatByteRate(bytesPerSecond: number): string {
  return `${formatByteCount(bytesPerSecond)}/s`;
}

export function formatPercent(fraction: number): string {
  return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 }).format(
    fraction,
  );
}

const RELATIVE_UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

/** "photos, videos and files" as a list in a sentence. */
export function formatList(parts: readonly string[]): string {
  return list.format(parts);
}

const list = new Intl.ListFormat(pageLanguage, { type: 'conjunction' });

/** "3 minutes ago", "yesterday"; under a minute "just now". Both are instants in milliseconds UTC. */
export function formatRelativeTime(at: number, now: number): string {
  const distance = at - now;
  for (const [unit, unitMs] of RELATIVE_UNITS) {
    if (Math.abs(distance) >= unitMs) return relative.format(Math.trunc(distance / unitMs), unit);
  }
  return distance > 0 ? words.soon : words.justNow;
}

const instant = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'medium' });

/** An instant in the computer's time zone: "15 August 2019 at 10:12:41" where the browser asks for British English. */
export function formatInstant(at: number): string {
  return instant.format(at);
}

const clockTime = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' });

/** An instant in the computer's time zone as "10:12", where it is of today. */
export function formatClock(at: number): string {
  return clockTime.format(at);
}

const localDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' });
const localTime = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short', timeZone: 'UTC' });
const exactTime = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat(LOCALE, {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/**
 * Wall clocks are shown as they are, whatever the computer's zone: they are read and written as UTC.
 * Text that is no date comes back unchanged, so that odd metadata stays visible instead of breaking a page.
 */
function formatWallClock(format: Intl.DateTimeFormat, local: string): string {
  const at = Date.parse(`${local}Z`);
  return Number.isNaN(at) ? local : format.format(at);
}

/** `2019-08-15T10:12:41` is "15 August 2019". */
export function formatLocalDate(local: string): string {
  return formatWallClock(localDate, local);
}

/** `2019-08-15T10:12:41` is "10:12". */
export function formatLocalTime(local: string): string {
  return formatWallClock(localTime, local);
}

/** `2019-08-15T10:12:41` is "10:12:41". */
export function formatExactLocalTime(local: string): string {
  return formatWallClock(exactTime, local);
}

/** `2019-08` is "August 2019". */
export function formatMonth(yearMonth: string): string {
  const at = Date.parse(`${yearMonth}-01T00:00:00Z`);
  return Number.isNaN(at) ? yearMonth : month.format(at);
}

/** Minutes east of UTC as "UTC+2" or "UTC−3:30". */
export function formatOffset(offsetMinutes: number): string {
  const hours = Math.floor(Math.abs(offsetMinutes) / 60);
  const minutes = Math.abs(offsetMinutes) % 60;
  const sign = offsetMinutes < 0 ? '\u2212' : '+';
  return `UTC${sign}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/** A length of video as "0:07", "12:30" or "1:02:03". */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

const tenths = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A time span in words: "340 ms", "2.1 s", "3 min 5 s". */
export function formatTimeSpan(spanMs: number): string {
  if (spanMs < 1_000) return `${Math.round(spanMs)} ms`;
  if (spanMs < 60_000) return `${tenths.format(spanMs / 1000)} s`;
  const seconds = Math.round(spanMs / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
