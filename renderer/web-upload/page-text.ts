import { pageLanguage, pageWords, WORDS, type PageLanguage } from './page-words.ts';

const BYTE_UNITS = ['kB', 'MB', 'GB', 'TB'];

/** `1 photo`, `12 photos and 2 videos`; a number and its noun stay on one line. */
export function countText(photoCount: number, videoCount: number, words = pageWords): string {
  if (videoCount === 0) return words.photos(photoCount);
  const videos = words.videos(videoCount);
  return photoCount === 0 ? videos : words.and(words.photos(photoCount), videos);
}

/** Decimal units, as phones and file managers show them. */
export function byteCountText(byteCount: number, language = pageLanguage): string {
  if (byteCount < 1000) return WORDS[language].bytes(byteCount);
  let value = byteCount;
  let unit = '';
  for (const next of BYTE_UNITS) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const digits = value < 10 && unit !== 'kB' ? 1 : 0;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${new Intl.NumberFormat(language, format).format(value)} ${unit}`;
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(pageLanguage).format(value);
}

/** `4.2 MB a second · about 3 min left`; without a rate nothing. `restByteCount` is what is still to be sent. */
export function paceText(
  bytesPerSecond: number | undefined,
  restByteCount: number,
  language = pageLanguage,
): string {
  if (bytesPerSecond === undefined) return '';
  const speed = WORDS[language].perSecond(byteCountText(Math.round(bytesPerSecond), language));
  return `${speed} · ${timeLeftText(restByteCount / bytesPerSecond, language)}`;
}

/** In steps that a person can believe: minutes, and quarters of an hour from an hour on. */
function timeLeftText(seconds: number, language: PageLanguage): string {
  const words = WORDS[language];
  if (seconds < 60) return words.secondsLeft;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return words.minutesLeft(minutes);
  const quarters = Math.ceil(minutes / 15);
  return words.hoursLeft(Math.floor(quarters / 4), (quarters % 4) * 15);
}
