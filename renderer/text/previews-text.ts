import { formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

/** Words of the page of previews that could not be made. */
export const previewsText = inLanguage({
  en: {
    title: 'Missing previews',
    back: 'Settings',
    intro:
      'Roost could not make a picture of these files. The originals are safe, bit for bit: only their small pictures are missing.',
    /** A quiet line that leads here. */
    link: (count: number) => `${formatPlural(count, 'preview', 'previews')} could not be made`,
    reasons: 'Why',
    count: formatCount,
    tried: (count: number) => (count > 1 ? `Tried ${formatCount(count)} times.` : 'Tried once.'),
    list: 'Files without a preview',
    retry: 'Try again',
    retryOf: (fileName: string) => `Try again: ${fileName}`,
    retryAll: 'Try all again',
    retryAllAsked: 'Trying all again. What works out leaves this list by itself.',
    retryAsked: (fileName: string) => `Trying ${fileName} again`,
    more: 'Show more',
    none: {
      title: 'No preview is missing',
      next: 'Every photo and video that can have a picture has one, or it is being made.',
    },
  },
  de: {
    title: 'Fehlende Vorschauen',
    back: 'Einstellungen',
    intro:
      'Von diesen Dateien konnte Roost kein Bild erzeugen. Die Originale sind sicher, Bit für Bit: Nur ihre kleinen Bilder fehlen.',
    link: (count: number) => formatPlural(count, 'Vorschau fehlt', 'Vorschauen fehlen'),
    reasons: 'Warum',
    count: formatCount,
    tried: (count: number) =>
      count > 1 ? `${formatCount(count)}-mal versucht.` : 'Einmal versucht.',
    list: 'Dateien ohne Vorschau',
    retry: 'Erneut versuchen',
    retryOf: (fileName: string) => `Erneut versuchen: ${fileName}`,
    retryAll: 'Alle erneut versuchen',
    retryAllAsked: 'Alle werden erneut versucht. Was gelingt, verlässt diese Liste von selbst.',
    retryAsked: (fileName: string) => `${fileName} wird erneut versucht`,
    more: 'Mehr anzeigen',
    none: {
      title: 'Keine Vorschau fehlt',
      next: 'Jedes Foto und Video, von dem es ein Bild geben kann, hat eines, oder es entsteht gerade.',
    },
  },
});
