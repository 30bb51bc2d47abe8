import type { TimelineAsset } from '../../shared/window-views.ts';
import { mainKindWords, moreKindWords } from './asset-kind-text.ts';
import {
  formatCount,
  formatDuration,
  formatLocalDate,
  formatMonth,
  formatPlural,
} from './format.ts';
import { inLanguage, pageLanguage } from './language.ts';
import { previewReasonText } from './preview-reason-text.ts';

/** `2019-08-14` is "Wed 14 Aug". */
const shortDay = new Intl.DateTimeFormat(
  navigator.languages.find((each) => each.startsWith(pageLanguage)) ?? pageLanguage,
  { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' },
);

/** `2019-08` is "August". */
const monthOnly = new Intl.DateTimeFormat(
  navigator.languages.find((each) => each.startsWith(pageLanguage)) ?? pageLanguage,
  { month: 'long', timeZone: 'UTC' },
);

function formatMonthName(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(at) ? month : monthOnly.format(at);
}

function formatDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : shortDay.format(at);
}

/** Words of the timeline. */
export const timelineText = {
  month: formatMonth,
  monthName: formatMonthName,
  day: formatDay,
  count: formatCount,
  ...inLanguage({
    en: {
      title: 'Timeline',
      newAssets: (count: number, arePhotos: boolean) =>
        arePhotos ? formatPlural(count, 'new photo', 'new photos') : `${formatCount(count)} new`,
      empty: {
        title: 'No photos here yet',
        next: 'Photos appear here as soon as a paired device has sent them.',
        link: 'Get the first photo here',
      },
      nothingPasses: {
        title: 'No photos like that',
        next: 'Nothing in the library passes these filters.',
      },
      monthFailed: 'This month could not be loaded.',
      tilesLabel: (month: string) => `Photos and videos of ${formatMonth(month)}`,
      scrubber: 'Date',
      yearLabel: (year: string, count: number) =>
        `${year}, ${formatPlural(count, 'photo or video', 'photos and videos')}`,
      monthCard: (month: string, count: number) =>
        `${formatMonth(month)}, ${formatPlural(count, 'photo or video', 'photos and videos')}`,
      zoom: {
        label: 'View',
        closer: 'Larger pictures',
        further: 'Smaller pictures',
        square: 'Show squares',
        justified: 'Show whole pictures',
        level: { years: 'Years', months: 'Months', days: 'Days', large: 'Large pictures' },
      },
      select: (name: string) => `Select ${name}`,
      selectDay: (day: string) => `Select everything of ${day}`,
      selectMonth: (month: string) => `Select everything of ${month}`,
    },
    de: {
      title: 'Zeitleiste',
      newAssets: (count: number, arePhotos: boolean) =>
        arePhotos ? formatPlural(count, 'neues Foto', 'neue Fotos') : `${formatCount(count)} neu`,
      empty: {
        title: 'Noch keine Fotos',
        next: 'Fotos erscheinen hier, sobald ein gekoppeltes Gerät sie gesendet hat.',
        link: 'Das erste Foto holen',
      },
      nothingPasses: {
        title: 'Keine passenden Fotos',
        next: 'Nichts in der Bibliothek entspricht diesen Filtern.',
      },
      monthFailed: 'Dieser Monat konnte nicht geladen werden.',
      tilesLabel: (month: string) => `Fotos und Videos vom ${formatMonth(month)}`,
      scrubber: 'Datum',
      yearLabel: (year: string, count: number) =>
        `${year}, ${formatPlural(count, 'Foto oder Video', 'Fotos und Videos')}`,
      monthCard: (month: string, count: number) =>
        `${formatMonth(month)}, ${formatPlural(count, 'Foto oder Video', 'Fotos und Videos')}`,
      zoom: {
        label: 'Ansicht',
        closer: 'Größere Bilder',
        further: 'Kleinere Bilder',
        square: 'Quadrate zeigen',
        justified: 'Ganze Bilder zeigen',
        level: { years: 'Jahre', months: 'Monate', days: 'Tage', large: 'Große Bilder' },
      },
      select: (name: string) => `${name} auswählen`,
      selectDay: (day: string) => `Alles vom ${day} auswählen`,
      selectMonth: (month: string) => `Alles vom ${month} auswählen`,
    },
  }),
};

const favouriteWord = inLanguage({ en: 'favourite', de: 'Favorit' });

/** What a screen reader says of a tile: "Live Photo, IMG_4711.HEIC, 15 August 2019, edited". */
export function tileLabel(asset: TimelineAsset): string {
  const parts = [mainKindWords(asset), asset.fileName, formatLocalDate(asset.capturedLocal)];
  if (asset.kind === 'video' && asset.durationMs !== undefined) {
    parts.push(formatDuration(asset.durationMs));
  }
  parts.push(...moreKindWords(asset));
  if (asset.isFavourite === true) parts.push(favouriteWord);
  if (asset.tile === 'failed' || asset.tile === 'none') {
    parts.push(previewReasonText(asset.tileReason));
  }
  return parts.join(', ');
}
