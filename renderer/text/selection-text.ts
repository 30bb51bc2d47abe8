import { formatByteCount, formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

interface SelectionTexts {
  readonly bar: string;
  readonly count: (count: number) => string;
  readonly size: (byteCount: number) => string;
  readonly clear: string;
  readonly selectAll: string;
  readonly favourite: string;
  readonly unfavourite: string;
  /** So many photos, or the one with a name. */
  readonly marked: (photos: number | string) => string;
  readonly unmarked: (photos: number | string) => string;
  readonly export: string;
  readonly undo: string;
  readonly cut: (limit: number) => string;
  readonly failed: (words: string) => string;
}

const photos = (which: number | string) =>
  typeof which === 'string' ? which : formatPlural(which, 'photo or video', 'photos and videos');
const photosDe = (which: number | string) =>
  typeof which === 'string' ? which : formatPlural(which, 'Foto oder Video', 'Fotos und Videos');

/** Words of choosing photos and of what is done with them. */
export const selectionText = inLanguage<SelectionTexts>({
  en: {
    bar: 'Selected photos',
    count: (count) => `${formatCount(count)} selected`,
    size: formatByteCount,
    clear: 'Clear selection',
    selectAll: 'Select all',
    favourite: 'Mark as favourite',
    unfavourite: 'Remove from favourites',
    marked: (count) => `${photos(count)} marked as favourite`,
    unmarked: (count) => `${photos(count)} removed from favourites`,
    export: 'Export',
    undo: 'Undo',
    cut: (limit) =>
      `Only the newest ${formatCount(limit)} are selected: there cannot be more at once. An export can take everything.`,
    failed: (words) => `That could not be done. ${words}`,
  },
  de: {
    bar: 'Ausgewählte Fotos',
    count: (count) => `${formatCount(count)} ausgewählt`,
    size: formatByteCount,
    clear: 'Auswahl aufheben',
    selectAll: 'Alle auswählen',
    favourite: 'Als Favorit markieren',
    unfavourite: 'Aus den Favoriten nehmen',
    marked: (count) => `${photosDe(count)} als Favorit markiert`,
    unmarked: (count) => `${photosDe(count)} aus den Favoriten genommen`,
    export: 'Exportieren',
    undo: 'Rückgängig',
    cut: (limit) =>
      `Nur die neuesten ${formatCount(limit)} sind ausgewählt: mehr lassen sich nicht zugleich auswählen. Ein Export kann alles nehmen.`,
    failed: (words) => `Das ging nicht. ${words}`,
  },
});
