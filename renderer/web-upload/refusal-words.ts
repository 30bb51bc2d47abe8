import type { ErrorCode } from '../../shared/error-catalogue.ts';

import { pageLanguage, type PageLanguage } from './page-words.ts';

/** What a refusal is called, and what is safe or to be done. */
export interface RefusalWords {
  readonly title: string;
  readonly detail: string;
}

/** Something answered that is not this Roost. */
export const ODD_ANSWER_CODE = 'page/odd-answer';

type Told = Readonly<Partial<Record<ErrorCode | typeof ODD_ANSWER_CODE, RefusalWords>>>;

const SEND_AGAIN = 'Nichts davon wurde behalten. Die Datei erneut senden.';
const AT_COMPUTER = 'Am Computer nachsehen. Was gesichert ist, bleibt sicher.';

/** Only what this page can meet: the computer says the rest, and the English of all, by itself. */
const GERMAN: Told = {
  'auth/token-missing': {
    title: 'Dieses Gerät ist nicht gekoppelt.',
    detail: 'Erneut mit einem Code verbinden.',
  },
  'auth/token-invalid': {
    title: 'Dieses Gerät ist nicht mehr gekoppelt.',
    detail: 'Erneut verbinden. Gesicherte Fotos bleiben, wo sie sind.',
  },
  'pairing/code-invalid': {
    title: 'Der Kopplungscode ist falsch, verbraucht oder abgelaufen.',
    detail: 'Am Computer einen neuen Code anzeigen und diesen eingeben.',
  },
  'pairing/too-many-tries': {
    title: 'Zu viele falsche Kopplungscodes.',
    detail:
      'Offene Codes gelten nicht mehr. Eine Minute warten, dann am Computer einen neuen Code anzeigen.',
  },
  'upload/empty-body': {
    title: 'Die Datei hat keine Bytes.',
    detail: 'Sie lässt sich nicht sichern.',
  },
  'upload/length-mismatch': {
    title: 'Es kam weniger oder mehr an als angekündigt.',
    detail: SEND_AGAIN,
  },
  'upload/digest-mismatch': {
    title: 'Die angekommenen Bytes passen nicht zur gesendeten Prüfsumme.',
    detail: SEND_AGAIN,
  },
  'upload/too-large': {
    title: 'Die Datei ist größer, als Roost annimmt.',
    detail: 'Diese eine von Hand kopieren. Alles andere kann weitergehen.',
  },
  'upload/interrupted': {
    title: 'Die Verbindung endete, bevor die ganze Datei da war.',
    detail: SEND_AGAIN,
  },
  'upload/idle': { title: 'Von der Datei kam nichts mehr an.', detail: SEND_AGAIN },
  'library/disk-full': {
    title: 'Auf dem Laufwerk der Bibliothek ist nicht genug Platz.',
    detail: 'Am Computer Platz schaffen. Was gesichert ist, bleibt sicher.',
  },
  'library/missing': {
    title: 'Der Ordner der Bibliothek ist nicht erreichbar.',
    detail: 'Am Computer das Laufwerk wieder anschließen.',
  },
  'library/other-library': {
    title: 'Im Ordner der Bibliothek liegt eine andere Bibliothek.',
    detail: AT_COMPUTER,
  },
  'library/write-failed': {
    title: 'Der Computer konnte nicht in die Bibliothek schreiben.',
    detail: AT_COMPUTER,
  },
  'library/in-use': {
    title: 'Ein anderes Roost verwendet diese Bibliothek.',
    detail: AT_COMPUTER,
  },
  'library/not-a-library': {
    title: 'Die Bibliothek gehört zu einem neueren Roost.',
    detail: AT_COMPUTER,
  },
  'library/identity-damaged': {
    title: 'Die Bibliothek ist nicht zu erkennen.',
    detail: AT_COMPUTER,
  },
  'service/stopping': {
    title: 'Roost wird beendet oder startet neu.',
    detail: 'Gleich erneut versuchen.',
  },
  'service/overloaded': {
    title: 'Zu viele Uploads auf einmal.',
    detail: 'Gleich erneut versuchen.',
  },
  'service/failed': { title: 'In Roost ist etwas schiefgegangen.', detail: AT_COMPUTER },
  [ODD_ANSWER_CODE]: {
    title: 'Etwas anderes als Roost hat geantwortet.',
    detail: 'Nachsehen, ob die Adresse noch die des Computers ist, und diese Seite neu laden.',
  },
};

/** A refusal in the page's language; `said` is what the computer says of it, in English. */
export function refusalWords(
  code: string,
  said: RefusalWords,
  language: PageLanguage = pageLanguage,
): RefusalWords {
  if (language === 'en') return said;
  const known = Object.entries(GERMAN).find(([each]) => each === code)?.[1];
  return known ?? { title: 'Der Computer hat abgelehnt.', detail: `Grund: ${code}.` };
}
