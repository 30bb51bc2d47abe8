import {
  FIDELITY_WARNINGS,
  type FidelityWarning,
  isFidelityWarning,
} from '../../shared/fidelity-warnings.ts';
import { inLanguage } from './language.ts';

/** In what way an asset is less than what was taken; what is safe all the same; what can be done. */
export interface FidelityWarningWords {
  readonly title: string;
  readonly next: string;
}

interface WarningFacts {
  readonly sentence: string;
  readonly safe: string;
  readonly next: string;
}

const GERMAN: Readonly<Record<FidelityWarning, WarningFacts>> = {
  'location-missing': {
    sentence: 'Das Gerät kennt den Aufnahmeort, aber in der gesendeten Datei steht er nicht.',
    safe: 'Das Bild ist vollständig, und Roost merkt sich den Ort, den das Gerät genannt hat.',
    next: 'Der App das Lesen von Orten erlauben oder beim Teilen „Alle Fotodaten“ einschalten, dann erneut senden.',
  },
  'location-emptied': {
    sentence: 'Diese Datei hat Felder für den Aufnahmeort, und etwas hat sie geleert.',
    safe: 'Das Bild ist vollständig.',
    next: 'Der App, die es gesendet hat, das Lesen von Orten erlauben, dann erneut senden.',
  },
  'converted-to-jpeg': {
    sentence:
      'Aufgenommen wurde HEIC, angekommen ist ein JPEG davon. Farben und Tiefe können gemindert sein.',
    safe: 'Das JPEG ist so gespeichert, wie es kam.',
    next: 'Die App Originale senden lassen (auf dem iPhone: Einstellungen, Fotos, Originale behalten), dann erneut senden.',
  },
  'raw-is-jpeg': {
    sentence: 'Diese Datei heißt wie ein RAW-Foto, enthält aber ein JPEG.',
    safe: 'Das JPEG ist so gespeichert, wie es kam.',
    next: 'Die App unveränderte Originale senden lassen, dann erneut senden.',
  },
  'live-photo-without-movie': {
    sentence: 'Das ist das Standbild eines Live Photos, dessen Film nicht angekommen ist.',
    safe: 'Das Standbild ist vollständig.',
    next: 'Er kann noch unterwegs sein. Kommt er nicht, die App Live Photos mit ihrem Film senden lassen.',
  },
  'live-photo-without-still': {
    sentence: 'Das ist der Film eines Live Photos, dessen Standbild nicht angekommen ist.',
    safe: 'Der Film ist vollständig.',
    next: 'Es kann noch unterwegs sein. Kommt es nicht, das Foto erneut senden.',
  },
  'edit-alone': {
    sentence:
      'Nur das Rezept einer Bearbeitung kam an, nicht das Foto oder Video, zu dem es gehört.',
    safe: 'Das Rezept ist so aufgehoben, wie es kam.',
    next: 'Auch das Foto oder Video vom selben Gerät senden. Roost fügt beide dann zusammen.',
  },
  'original-missing': {
    sentence:
      'Nur die bearbeitete Fassung ist angekommen, nicht das Original, aus dem sie entstand.',
    safe: 'Die bearbeitete Fassung ist vollständig.',
    next: 'Die App auch Originale senden lassen, damit sich die Bearbeitung später zurücknehmen lässt.',
  },
  'cut-off': {
    sentence: 'Diese Datei endet mittendrin: Ein Teil des Bildes oder Films fehlt.',
    safe: 'Was ankam, ist so gespeichert, wie das Gerät es gesendet hat; abgeschnitten wurde es also vorher.',
    next: 'Auf dem Gerät öffnen. Ist es dort ganz, erneut senden.',
  },
};

const words = inLanguage<{
  readonly facts: Readonly<Record<FidelityWarning, WarningFacts>>;
  readonly unknown: (code: string) => string;
  readonly unknownNext: string;
}>({
  en: {
    facts: FIDELITY_WARNINGS,
    unknown: (code: string) => `This may be less than what the device has (${code}).`,
    unknownNext: 'What came is safe, bit for bit.',
  },
  de: {
    facts: GERMAN,
    unknown: (code: string) => `Das ist womöglich weniger, als das Gerät hat (${code}).`,
    unknownNext: 'Was angekommen ist, ist sicher, Bit für Bit.',
  },
});

/** Words for a code; one that this window does not know is from a newer Roost. */
export function fidelityWarningWords(code: string): FidelityWarningWords {
  if (!isFidelityWarning(code)) return { title: words.unknown(code), next: words.unknownNext };
  const { sentence, safe, next } = words.facts[code];
  return { title: sentence, next: `${safe} ${next}` };
}
