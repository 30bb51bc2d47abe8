import { MAX_SEARCH_LENGTH } from '../../shared/asset-filter.ts';
import {
  foldText,
  searchTokens,
  type SearchToken,
  tokensAsText,
} from '../../shared/search-text.ts';
import {
  AFTER,
  AND,
  BEFORE,
  BETWEEN,
  LEADING,
  monthNumber,
  SINCE,
  TO,
  UNTIL,
} from './date-words.ts';
import { addDays, type ClosedSpan, type DaySpan } from './day-span.ts';
import { type DateContext, maySingleWordStand, readDate, type ReadDate } from './read-date.ts';

/** What a typed text asks for. */
export interface ParsedSearch extends DaySpan {
  /** The words that name no date; absent for none. */
  readonly q?: string;
}

/**
 * Takes the first date or range out of a typed text; the rest stays text, quotations always do. It belongs to the window
 * and not to the service, since only here there is somebody with a calendar, a first day of the week and a language:
 * what stands in an address, and what the service gets, are plain days.
 */
export function parseSearch(text: string, context: DateContext): ParsedSearch {
  const tokens = searchTokens(text);
  const found = findSpan(tokens, context);
  const rest = found ? [...tokens.slice(0, found.start), ...tokens.slice(found.end)] : tokens;
  const q = textOf(rest);
  return { ...found?.span, ...(q !== '' && { q }) };
}

/** Whole tokens only: half of a word finds something else. */
function textOf(tokens: readonly SearchToken[]): string {
  const kept = [...tokens];
  while (tokensAsText(kept).length > MAX_SEARCH_LENGTH && kept.length > 1) kept.pop();
  const [only] = kept;
  const isTooLong = only !== undefined && tokensAsText(kept).length > MAX_SEARCH_LENGTH;
  return isTooLong ? only.text.slice(0, MAX_SEARCH_LENGTH) : tokensAsText(kept);
}

/** A word of a token: `2015-2018` is three. */
interface Atom {
  readonly word: string;
  readonly token: number;
}

interface FoundSpan {
  readonly span: DaySpan;
  /** Of tokens; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
}

function findSpan(tokens: readonly SearchToken[], context: DateContext): FoundSpan | undefined {
  const atoms = tokens.flatMap((token, at) =>
    wordsOf(token).map((word): Atom => ({ word, token: at })),
  );
  const words = atoms.map(({ word }) => word);
  for (const [at, { token: start }] of atoms.entries()) {
    if (at > 0 && atoms[at - 1]?.token === start) continue;
    const read = readSpan(words.slice(at), context);
    if (read === undefined || (read.span.from ?? '') > (read.span.to ?? '9999')) continue;
    const next = atoms[at + read.length];
    const last = atoms[at + read.length - 1];
    // A date that ends inside of a word is none.
    if (last === undefined || next?.token === last.token) continue;
    return { span: read.span, start, end: last.token + 1 };
  }
  return undefined;
}

/** No date ever looks like this. */
const QUOTED = '"';

function wordsOf({ text, isQuoted }: SearchToken): string[] {
  if (isQuoted) return [QUOTED];
  return foldText(text)
    .split(/(\.{2,}|…|–|—)/)
    .flatMap((part) => hyphenated(part))
    .map((part) => (/^[.…]+$/.test(part) ? part : part.replace(/[.,;]+$/, '')))
    .filter((part) => part !== '');
}

/** `2015-2018`, `aug-oct`, `15.-20.`; but not `2019-08` and not `live-photo`. */
function hyphenated(part: string): string[] {
  const [left = '', right = '', ...more] = part.split('-');
  const areYears = /^\d{4}$/.test(left) && /^\d{4}$/.test(right);
  const areMonths = monthNumber(left) !== undefined && monthNumber(right) !== undefined;
  const areDays = /^\d{1,2}\.?$/.test(left) && /^\d{1,2}\.?$/.test(right);
  return more.length === 0 && (areYears || areMonths || areDays) ? [left, '-', right] : [part];
}

interface ReadSpan {
  readonly span: DaySpan;
  readonly length: number;
}

function readSpan(words: readonly string[], context: DateContext): ReadSpan | undefined {
  const [first = ''] = words;
  const plain = readRange(words, TO, context) ?? readSingle(words, context);
  if (plain) return plain;
  const rest = words.slice(1);
  if (BETWEEN.test(first)) return longer(readRange(rest, AND, context));
  // "from May to July" is a range, "from May" has no end.
  if (SINCE.test(first)) {
    return longer(readRange(rest, TO, context)) ?? opened(rest, context, ({ from }) => ({ from }));
  }
  if (AFTER.test(first)) return opened(rest, context, ({ to }) => ({ from: addDays(to, 1) }));
  if (BEFORE.test(first)) return opened(rest, context, ({ from }) => ({ to: addDays(from, -1) }));
  if (UNTIL.test(first)) return opened(rest, context, ({ to }) => ({ to }));
  return LEADING.test(first) ? longer(readSpan(rest, context)) : undefined;
}

function longer(read: ReadSpan | undefined): ReadSpan | undefined {
  return read && { ...read, length: read.length + 1 };
}

function opened(
  words: readonly string[],
  context: DateContext,
  open: (span: ClosedSpan) => DaySpan,
): ReadSpan | undefined {
  const skipped = LEADING.test(words[0] ?? '') ? 1 : 0;
  const read = readDate(words.slice(skipped), context);
  return read && { span: open(read.span), length: read.length + 1 + skipped };
}

function readSingle(words: readonly string[], context: DateContext): ReadSpan | undefined {
  const read = readDate(words, context);
  return read && maySingleWordStand(words, read, context) ? read : undefined;
}

function readRange(
  words: readonly string[],
  separator: RegExp,
  context: DateContext,
): ReadSpan | undefined {
  const start = readDate(words, context) ?? readDayNumber(words);
  if (start === undefined || !separator.test(words[start.length] ?? '')) return undefined;
  const behind = start.length + 1;
  const end = readDate(words.slice(behind), context);
  if (end === undefined) return undefined;
  const from = startBefore(start, end);
  if (from === undefined || from > end.span.to) return undefined;
  return { span: { from, to: end.span.to }, length: behind + end.length };
}

interface StartOfRange {
  readonly length: number;
  readonly span?: ClosedSpan;
  readonly inYear?: ReadDate['inYear'];
  readonly dayNumber?: number;
}

/** The `15` of "15 - 20 August 2019". */
function readDayNumber([first = '']: readonly string[]): StartOfRange | undefined {
  return /^\d{1,2}$/.test(first) ? { length: 1, dayNumber: Number(first) } : undefined;
}

/** What has no year, or only a day, takes the rest from the end of its range. */
function startBefore(start: StartOfRange, end: ReadDate): string | undefined {
  const { from, to } = end.span;
  if (start.dayNumber !== undefined) {
    const day = `${from.slice(0, 8)}${String(start.dayNumber).padStart(2, '0')}`;
    return from === to && start.dayNumber > 0 && day <= to ? day : undefined;
  }
  if (start.inYear === undefined) return start.span?.from;
  const year = Number(to.slice(0, 4));
  const same = start.inYear(year);
  return same !== undefined && same.from <= to ? same.from : start.inYear(year - 1)?.from;
}
