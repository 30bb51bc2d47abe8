import type { AssetKind } from '../../shared/asset-kinds.ts';
import type { FidelityWarning } from '../../shared/fidelity-warnings.ts';
import { formatCount, formatLocalDate, formatMonth, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

/** Words of the search bar. */
export const searchText = inLanguage({
  en: {
    label: 'Search photos and videos',
    placeholder: 'Search: 4711, Zurich, August 2019, iPhone …',
    go: 'Search',
    clear: 'Clear the search',
    showFilters: 'Show filters',
    hideFilters: 'Hide filters',
    narrow: 'Narrow down',
    remove: (label: string) => `Remove filter: ${label}`,
    removeAll: 'Clear all',
    results: (count: number) => formatPlural(count, 'result', 'results'),
    suggestions: 'Suggestions',
    withCount: (label: string, count: number) => `${label}, ${formatCount(count)}`,
    more: { year: 'Year', device: 'Device', camera: 'Camera', lens: 'Lens', warning: 'Warning' },
    nothing: {
      title: 'Nothing found',
      hint: 'Each part of the search has to be met. Leave one out to see more:',
      alone: (label: string) => `Nothing here matches “${label}”.`,
      without: (label: string, count: number) =>
        `Without “${label}”: ${formatPlural(count, 'result', 'results')}`,
      all: 'Show everything',
    },
  },
  de: {
    label: 'Fotos und Videos suchen',
    placeholder: 'Suchen: 4711, Zürich, August 2019, iPhone …',
    go: 'Suchen',
    clear: 'Suche leeren',
    showFilters: 'Filter zeigen',
    hideFilters: 'Filter verbergen',
    narrow: 'Eingrenzen',
    remove: (label: string) => `Filter entfernen: ${label}`,
    removeAll: 'Alle entfernen',
    results: (count: number) => formatPlural(count, 'Treffer', 'Treffer'),
    suggestions: 'Vorschläge',
    withCount: (label: string, count: number) => `${label}, ${formatCount(count)}`,
    more: { year: 'Jahr', device: 'Gerät', camera: 'Kamera', lens: 'Objektiv', warning: 'Hinweis' },
    nothing: {
      title: 'Nichts gefunden',
      hint: 'Jeder Teil der Suche muss zutreffen. Ohne einen davon gibt es mehr:',
      alone: (label: string) => `Zu „${label}“ gibt es hier nichts.`,
      without: (label: string, count: number) =>
        `Ohne „${label}“: ${formatPlural(count, 'Treffer', 'Treffer')}`,
      all: 'Alles zeigen',
    },
  },
});

/** What a suggestion is. */
export const suggestionGroups = inLanguage({
  en: {
    date: 'Date',
    kind: 'Kind',
    device: 'Device',
    camera: 'Camera',
    lens: 'Lens',
    warning: 'Warning',
  },
  de: {
    date: 'Datum',
    kind: 'Art',
    device: 'Gerät',
    camera: 'Kamera',
    lens: 'Objektiv',
    warning: 'Hinweis',
  },
});

export const favouriteWords = inLanguage({ en: 'Favourites', de: 'Favoriten' });

export const deviceWords = inLanguage({
  en: { unknown: 'Unknown device' },
  de: { unknown: 'Unbekanntes Gerät' },
});

const kinds = inLanguage<Readonly<Record<AssetKind, string>>>({
  en: {
    photo: 'Photos',
    'live-photo': 'Live Photos',
    video: 'Videos',
    raw: 'RAW',
    'raw-jpeg': 'RAW + JPEG',
    proraw: 'ProRAW',
    edited: 'Edited',
    burst: 'Bursts',
    panorama: 'Panoramas',
    screenshot: 'Screenshots',
    'slow-motion': 'Slow motion',
    hdr: 'HDR',
  },
  de: {
    photo: 'Fotos',
    'live-photo': 'Live Photos',
    video: 'Videos',
    raw: 'RAW',
    'raw-jpeg': 'RAW + JPEG',
    proraw: 'ProRAW',
    edited: 'Bearbeitet',
    burst: 'Serien',
    panorama: 'Panoramen',
    screenshot: 'Bildschirmfotos',
    'slow-motion': 'Zeitlupe',
    hdr: 'HDR',
  },
});

/** A kind as a group of photos: "Videos". */
export function kindWords(kind: AssetKind): string {
  return kinds[kind];
}

const warnings = inLanguage<Readonly<Record<FidelityWarning, string>>>({
  en: {
    'location-missing': 'Place removed',
    'location-emptied': 'Place emptied',
    'converted-to-jpeg': 'Converted to JPEG',
    'raw-is-jpeg': 'RAW is a JPEG',
    'live-photo-without-movie': 'Movie missing',
    'live-photo-without-still': 'Still missing',
    'original-missing': 'Original missing',
    'edit-alone': 'Edit without its photo',
    'cut-off': 'Incomplete',
  },
  de: {
    'location-missing': 'Ort entfernt',
    'location-emptied': 'Ort geleert',
    'converted-to-jpeg': 'In JPEG umgewandelt',
    'raw-is-jpeg': 'RAW ist ein JPEG',
    'live-photo-without-movie': 'Film fehlt',
    'live-photo-without-still': 'Bild fehlt',
    'original-missing': 'Original fehlt',
    'edit-alone': 'Bearbeitung ohne ihr Foto',
    'cut-off': 'Unvollständig',
  },
});

/** In what way a photo is less than it was, in a few words. */
export function warningWords(warning: FidelityWarning): string {
  return warnings[warning];
}

const span = inLanguage({
  en: {
    since: (day: string) => `Since ${day}`,
    until: (day: string) => `Until ${day}`,
    fromTo: (from: string, to: string) => `${from} – ${to}`,
  },
  de: {
    since: (day: string) => `Seit ${day}`,
    until: (day: string) => `Bis ${day}`,
    fromTo: (from: string, to: string) => `${from} – ${to}`,
  },
});

/** Days as short as they can be said: "2019", "August 2019", "August 2019 – October 2019", "Since 15 August 2019". */
export function spanWords({ from, to }: { readonly from?: string; readonly to?: string }): string {
  if (from === undefined) return to === undefined ? '' : span.until(formatLocalDate(to));
  if (to === undefined) return span.since(formatLocalDate(from));
  if (from === to) return formatLocalDate(from);
  if (!from.endsWith('-01') || !isLastOfMonth(to)) {
    return span.fromTo(formatLocalDate(from), formatLocalDate(to));
  }
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  if (first === last) return formatMonth(first);
  if (!first.endsWith('-01') || !last.endsWith('-12')) {
    return span.fromTo(formatMonth(first), formatMonth(last));
  }
  const [firstYear, lastYear] = [first.slice(0, 4), last.slice(0, 4)];
  return firstYear === lastYear ? firstYear : span.fromTo(firstYear, lastYear);
}

function isLastOfMonth(day: string): boolean {
  const next = new Date(Date.parse(day) + 86_400_000);
  return next.getUTCDate() === 1;
}
