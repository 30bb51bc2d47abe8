import { pageLanguage, pageWords, WORDS } from './page-words.ts';

const BYTE_UNITS = ['kB', 'MB', 'GB', 'TB'];

/** `1 photo`, `12 photos and 2 videos`. */
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
