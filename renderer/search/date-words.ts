import type { Language } from '../text/language.ts';

/** Words for dates in both languages, folded: people type either, whatever the window speaks. */

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'januar', 'janner', 'jan'],
  ['february', 'februar', 'feb'],
  ['march', 'marz', 'maerz', 'mar', 'mrz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'juni', 'jun'],
  ['july', 'juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oktober', 'oct', 'okt'],
  ['november', 'nov'],
  ['december', 'dezember', 'dec', 'dez'],
];

const WEEKDAYS: readonly (readonly string[])[] = [
  ['sunday', 'sonntag'],
  ['monday', 'montag'],
  ['tuesday', 'dienstag'],
  ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'],
  ['friday', 'freitag'],
  ['saturday', 'samstag', 'sonnabend'],
];

/** A part of the year that people call by a name: its first and last month from 1 on, or its days. */
export type Season =
  | { readonly months: readonly [first: number, last: number] }
  | { readonly days: readonly [month: number, first: number, last: number] };

/** Seasons as the weather service of the north counts them: whole months. */
const SEASONS: Readonly<Record<string, Season>> = {
  spring: { months: [3, 5] },
  fruhling: { months: [3, 5] },
  fruhjahr: { months: [3, 5] },
  summer: { months: [6, 8] },
  sommer: { months: [6, 8] },
  autumn: { months: [9, 11] },
  fall: { months: [9, 11] },
  herbst: { months: [9, 11] },
  winter: { months: [12, 14] },
  christmas: { days: [12, 24, 26] },
  weihnachten: { days: [12, 24, 26] },
};

const UNITS = {
  day: ['day', 'days', 'tag', 'tage', 'tagen'],
  week: ['week', 'weeks', 'woche', 'wochen'],
  month: ['month', 'months', 'monat', 'monate', 'monaten', 'monats'],
  year: ['year', 'years', 'jahr', 'jahre', 'jahren', 'jahres'],
} as const;

export type Unit = keyof typeof UNITS;

export const LAST = /^(?:last|past|previous|letzte[rsnm]?|vergangene[rsnm]?|vorige[rsnm]?)$/;
export const THIS = /^(?:this|diese[rsnm]?)$/;
export const ONE = /^(?:a|an|one|ein|eine|einem|einer|einen)$/;
export const TO = /^(?:-|–|—|\.{2,3}|…|to|till|until|through|bis)$/;
export const SINCE = /^(?:since|from|seit|ab|von)$/;
export const AFTER = /^(?:after|nach)$/;
export const BEFORE = /^(?:before|vor)$/;
export const UNTIL = /^(?:until|till|bis)$/;
export const BETWEEN = /^(?:between|zwischen)$/;
export const AND = /^(?:and|und)$/;
export const LEADING = /^(?:in|im|am|on|during|the|der|den|dem|vom|aus)$/;
export const OF = /^(?:of|the)$/;

/** From 1 on. */
export function monthNumber(word: string): number | undefined {
  const at = MONTHS.findIndex((names) => names.includes(word));
  return at < 0 ? undefined : at + 1;
}

/** 0 for Sunday. */
export function weekdayNumber(word: string): number | undefined {
  const at = WEEKDAYS.findIndex((names) => names.includes(word));
  return at < 0 ? undefined : at;
}

export function seasonOf(word: string): Season | undefined {
  return Object.hasOwn(SEASONS, word) ? SEASONS[word] : undefined;
}

export function unitOf(word: string): Unit | undefined {
  return (Object.keys(UNITS) as Unit[]).find((unit) =>
    (UNITS[unit] as readonly string[]).includes(word),
  );
}

/** English words that a German sentence has for other things. */
const ENGLISH_ONLY: readonly string[] = ['may', 'march', 'fall', 'spring'];

/** Whether a month or season by itself, without a year, is meant as a date: names are, abbreviations are not. */
export function standsAlone(word: string, language: Language): boolean {
  if (word.length <= 3 && word !== 'mai' && word !== 'may') return false;
  if (word === 'sept' || word === 'mrz') return false;
  return language === 'en' || !ENGLISH_ONLY.includes(word);
}
