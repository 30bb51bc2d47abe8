import {
  isPreviewReason,
  PREVIEW_REASONS,
  type PreviewReason,
} from '../../shared/preview-reasons.ts';
import { inLanguage } from './language.ts';

const GERMAN: Readonly<Record<PreviewReason, string>> = {
  'not-an-image': 'Diese Datei ist kein Foto oder Video, es gibt also nichts zu zeigen.',
  'unsupported-format': 'Diese Art von Foto oder Video kann Roost noch nicht zeigen.',
  'no-embedded-preview': 'Diese RAW-Datei enthält kein Bild, das sich zeigen ließe.',
  'no-movie': 'In dieser Datei ist kein bewegtes Bild.',
  damaged: 'Das Bild in dieser Datei ist beschädigt oder unvollständig.',
  'too-large': 'Dieses Bild ist zu groß für eine Vorschau.',
  'file-unreadable': 'Die Datei ließ sich nicht aus der Bibliothek lesen.',
  'decoder-timeout': 'Die Vorschau dauerte zu lange und wurde abgebrochen.',
  'decoder-crashed': 'Die Vorschau ist an etwas in dieser Datei fehlgeschlagen.',
  'decoder-out-of-memory': 'Die Vorschau brauchte mehr Speicher als erlaubt.',
  'decoder-unavailable': 'Roost konnte seinen Bilddecoder nicht starten.',
  'preview-not-kept':
    'Die Vorschau ließ sich nicht speichern. Womöglich ist auf diesem Computer kein Platz mehr.',
};

const words = inLanguage<{
  readonly reason: (reason: PreviewReason) => string;
  readonly none: string;
  readonly unknown: (code: string) => string;
}>({
  en: {
    reason: (reason) => PREVIEW_REASONS[reason].sentence,
    none: 'There is no preview.',
    unknown: (code) => `There is no preview (${code}).`,
  },
  de: {
    reason: (reason) => GERMAN[reason],
    none: 'Es gibt keine Vorschau.',
    unknown: (code) => `Es gibt keine Vorschau (${code}).`,
  },
});

/** Why a file has no preview, as a sentence. A code this window does not know is from a newer Roost. */
export function previewReasonText(code: string | undefined): string {
  if (code === undefined) return words.none;
  return isPreviewReason(code) ? words.reason(code) : words.unknown(code);
}
