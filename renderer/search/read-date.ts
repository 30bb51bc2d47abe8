import type { Language } from '../text/language.ts';
import {
  LAST,
  monthNumber,
  OF,
  ONE,
  type Season,
  seasonOf,
  standsAlone,
  THIS,
  type Unit,
  unitOf,
  weekdayNumber,
} from './date-words.ts';
import { addDays, type ClosedSpan, dayOf, monthsSpan, weekdayOf, yearSpan } from './day-span.ts';

/** What words like "yesterday" go by. */
export interface DateContext {
  /** `YYYY-MM-DD` of the computer's wall clock. */
  readonly today: string;
  /** The first day of a week, 0 for Sunday. */
  readonly weekStart: number;
  readonly language: Language;
}

/** A date that words from some place on name, and how many words. */
export interface ReadDate {
  readonly span: ClosedSpan;
  readonly length: number;
  /** Of one that was named without a year: the same in a year. */
  readonly inYear?: (year: number) => ClosedSpan | undefined;
}

type Words = readonly string[];

/** Reads one date at the beginning of folded words: the reading that takes the most of them. */
export function readDate(words: Words, context: DateContext): ReadDate | undefined {
  const found = [
    readRelative(words, context),
    readDay(words, context),
    readMonth(words, context),
    readSeason(words, context),
    readYear(words),
  ];
  return found.filter((each) => each !== undefined).toSorted((a, b) => b.length - a.length)[0];
}

function readYear([word = '']: Words): ReadDate | undefined {
  const year = yearOf(word);
  return year === undefined ? undefined : { span: yearSpan(year), length: 1 };
}

/** From the first photograph on. */
function yearOf(word = ''): number | undefined {
  if (!/^\d{4}$/.test(word)) return undefined;
  const year = Number(word);
  return year >= 1826 && year <= 2199 ? year : undefined;
}

function readDay(words: Words, context: DateContext): ReadDate | undefined {
  const [first = '', second = '', third = ''] = words;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(first);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]), 1);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(first);
  if (dotted) return day(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]), 1);
  const dayFirst = dayNumber(first);
  const dayMonth = monthNumber(second);
  if (dayFirst !== undefined && dayMonth !== undefined) {
    return dayInYear(dayMonth, dayFirst, yearOf(third), 2, context);
  }
  const monthFirst = monthNumber(first);
  const daySecond = dayNumber(second);
  if (monthFirst !== undefined && daySecond !== undefined) {
    return dayInYear(monthFirst, daySecond, yearOf(third), 2, context);
  }
  return undefined;
}

/** `15`, `15th`; the dot of `15.` is gone by now. */
function dayNumber(word: string): number | undefined {
  const match = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word);
  const number = Number(match?.[1]);
  return number >= 1 && number <= 31 ? number : undefined;
}

function dayInYear(
  month: number,
  dayOfMonth: number,
  year: number | undefined,
  length: number,
  { today }: DateContext,
): ReadDate | undefined {
  if (year !== undefined) return day(year, month, dayOfMonth, length + 1);
  const inYear = (each: number): ClosedSpan | undefined => {
    const found = dayOf(each, month, dayOfMonth);
    return found === undefined ? undefined : { from: found, to: found };
  };
  return yearless(inYear, length, today);
}

function day(
  year: number,
  month: number,
  dayOfMonth: number,
  length: number,
): ReadDate | undefined {
  const found = dayOf(year, month, dayOfMonth);
  if (found === undefined || yearOf(String(year)) === undefined) return undefined;
  return { span: { from: found, to: found }, length };
}

function readMonth(words: Words, context: DateContext): ReadDate | undefined {
  const [first = ''] = words;
  const iso = /^(\d{4})-(\d{1,2})$/.exec(first) ?? /^(?<m>\d{1,2})[./](?<y>\d{4})$/.exec(first);
  if (iso) {
    const year = yearOf(iso.groups?.['y'] ?? iso[1]);
    const number = Number(iso.groups?.['m'] ?? iso[2]);
    if (year === undefined || number < 1 || number > 12) return undefined;
    return { span: monthsSpan(year, number), length: 1 };
  }
  const named = withYear(words, monthNumber);
  if (named === undefined) return undefined;
  const { value: number, year, length } = named;
  if (year !== undefined) return { span: monthsSpan(year, number), length };
  return yearless((each) => monthsSpan(each, number), length, context.today);
}

function readSeason(words: Words, { today }: DateContext): ReadDate | undefined {
  const named = withYear(words, seasonOf);
  if (named === undefined) return undefined;
  const { value: season, year, length } = named;
  if (year !== undefined) return { span: seasonSpan(season, year), length };
  return yearless((each) => seasonSpan(season, each), length, today);
}

function seasonSpan(season: Season, year: number): ClosedSpan {
  if ('months' in season) return monthsSpan(year, ...season.months);
  const [month, first, last] = season.days;
  const two = (number: number): string => String(number).padStart(2, '0');
  return { from: `${year}-${two(month)}-${two(first)}`, to: `${year}-${two(month)}-${two(last)}` };
}

/** A name with a year behind it, or before it. */
function withYear<Value>(
  [first = '', second = '', third = '']: Words,
  read: (word: string) => Value | undefined,
): { value: Value; year?: number; length: number } | undefined {
  const value = read(first);
  if (value === undefined) {
    const year = yearOf(first);
    const behind = read(second);
    return year === undefined || behind === undefined
      ? undefined
      : { value: behind, year, length: 2 };
  }
  const isJoined = OF.test(second);
  const year = yearOf(isJoined ? third : second);
  return year === undefined ? { value, length: 1 } : { value, year, length: isJoined ? 3 : 2 };
}

/** The last one that has begun. */
function yearless(
  inYear: (year: number) => ClosedSpan | undefined,
  length: number,
  today: string,
): ReadDate | undefined {
  const thisYear = Number(today.slice(0, 4));
  // The 29th of February is there every fourth year, or eighth.
  for (let year = thisYear; year > thisYear - 9; year--) {
    const span = inYear(year);
    if (span !== undefined && span.from <= today) return { span, length, inYear };
  }
  return undefined;
}

/** Whether a date named without a year and by one word may stand by itself. */
export function maySingleWordStand(words: Words, read: ReadDate, context: DateContext): boolean {
  const [first = ''] = words;
  return read.inYear === undefined || read.length > 1 || standsAlone(first, context.language);
}

function readRelative(words: Words, context: DateContext): ReadDate | undefined {
  const { today, weekStart } = context;
  const [first = '', second = '', third = ''] = words;
  const ago = agoOf(first, second, third);
  if (ago) return { span: unitSpan(ago.unit, -ago.count, context), length: 3 };
  const single = DAYS_AGO[first];
  if (single !== undefined)
    return { span: { from: addDays(today, -single), to: addDays(today, -single) }, length: 1 };
  if (THIS.test(first)) {
    const unit = unitOf(second);
    return unit && { span: unitSpan(unit, 0, context), length: 2 };
  }
  const weekday = weekdayNumber(first);
  if (weekday !== undefined) return { span: lastWeekday(weekday, today), length: 1 };
  if (!LAST.test(first)) return undefined;
  const unit = unitOf(second);
  if (unit) return { span: unitSpan(unit, -1, context), length: 2 };
  const counted = /^\d{1,3}$/.test(second) ? unitOf(third) : undefined;
  if (counted) return { span: lastUnits(counted, Number(second), today), length: 3 };
  if (second === 'weekend' || second === 'wochenende') {
    const sunday = addDays(today, -(weekdayOf(today) === 0 ? 7 : weekdayOf(today)));
    return { span: { from: addDays(sunday, -1), to: sunday }, length: 2 };
  }
  const lastDay = weekdayNumber(second);
  if (lastDay !== undefined) return { span: lastWeekday(lastDay, addDays(today, -1)), length: 2 };
  return lastOf(words, { today, weekStart, language: context.language });
}

const DAYS_AGO: Readonly<Record<string, number>> = {
  today: 0,
  heute: 0,
  yesterday: 1,
  gestern: 1,
  vorgestern: 2,
};

/** `3 days ago`, `vor 3 Tagen`. */
function agoOf(first: string, second: string, third: string) {
  const [number, word] = third === 'ago' ? [first, second] : first === 'vor' ? [second, third] : [];
  const unit = unitOf(word ?? '');
  const count = ONE.test(number ?? '') ? 1 : /^\d{1,3}$/.test(number ?? '') ? Number(number) : 0;
  return unit !== undefined && count > 0 ? { unit, count } : undefined;
}

/** A day, or the calendar's week, month or year, so many after this one. */
function unitSpan(unit: Unit, distance: number, { today, weekStart }: DateContext): ClosedSpan {
  const year = Number(today.slice(0, 4));
  switch (unit) {
    case 'day':
      return { from: addDays(today, distance), to: addDays(today, distance) };
    case 'week': {
      const first = addDays(today, -((weekdayOf(today) - weekStart + 7) % 7) + 7 * distance);
      return { from: first, to: addDays(first, 6) };
    }
    case 'month':
      return monthsSpan(year, Number(today.slice(5, 7)) + distance);
    case 'year':
      return yearSpan(year + distance);
  }
}

/** So many units up to today. */
function lastUnits(unit: Unit, count: number, today: string): ClosedSpan {
  if (unit === 'day') return { from: addDays(today, 1 - Math.max(1, count)), to: today };
  if (unit === 'week') return { from: addDays(today, 1 - 7 * Math.max(1, count)), to: today };
  const months = unit === 'year' ? 12 * count : count;
  const { from, to } = monthsSpan(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - months);
  const sameDay = `${from.slice(0, 8)}${today.slice(8)}`;
  return { from: addDays(sameDay < to ? sameDay : to, 1), to: today };
}

function lastWeekday(weekday: number, upTo: string): ClosedSpan {
  const found = addDays(upTo, -((weekdayOf(upTo) - weekday + 7) % 7));
  return { from: found, to: found };
}

/** `last summer`: the one before where it is summer. */
function lastOf([, ...rest]: Words, context: DateContext): ReadDate | undefined {
  const read = readMonth(rest, context) ?? readSeason(rest, context);
  if (read?.inYear === undefined) return undefined;
  const isNow = read.span.to >= context.today;
  const span = isNow ? read.inYear(Number(read.span.from.slice(0, 4)) - 1) : read.span;
  return span && { span, length: read.length + 1 };
}
