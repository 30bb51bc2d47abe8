import { ERRORS, type ErrorCode } from '../../shared/error-catalogue.ts';
import type { PauseCause } from '../../shared/job-causes.ts';
import type { JobView } from '../../shared/window-views.ts';
import { errorWords } from './error-text.ts';
import { inLanguage, pageLanguage } from './language.ts';

export interface JobReason {
  /** What happened. */
  readonly what: string;
  /** What is safe and what comes next. */
  readonly nextStep: string;
}

type Reasons = Readonly<Partial<Record<ErrorCode, JobReason>>>;

const KEPT_DE = 'Was hier ist, bleibt sicher.';

/** What a job can end with, where the words of the catalogue are not those for a job that is over. */
const REASONS = inLanguage<Reasons>({
  en: {},
  de: {
    'auth/token-invalid': {
      what: 'Das Token des Geräts ist falsch oder wurde entzogen.',
      nextStep: `Das Gerät neu koppeln. ${KEPT_DE}`,
    },
    'upload/empty-body': {
      what: 'Es kamen keine Bytes an.',
      nextStep: 'Eine leere Datei lässt sich nicht sichern; es wurde nichts behalten.',
    },
    'upload/length-mismatch': {
      what: 'Es kamen nicht so viele Bytes an wie angekündigt.',
      nextStep: 'Es wurde nichts behalten. Bitte noch einmal senden.',
    },
    'upload/digest-mismatch': {
      what: 'Die angekommenen Bytes passen nicht zur mitgesendeten Prüfsumme.',
      nextStep: 'Es wurde nichts behalten. Bitte noch einmal senden.',
    },
    'upload/part-digest-mismatch': {
      what: 'Ein Teil der Datei passt nicht zur mitgesendeten Prüfsumme.',
      nextStep: 'Dieser Teil wurde nicht behalten. Das Gerät sendet ihn noch einmal.',
    },
    'upload/inconsistent-length': {
      what: 'Die Angaben zur Länge der Datei passen nicht zusammen.',
      nextStep: 'Es wurde nichts behalten. Bitte noch einmal senden.',
    },
    'upload/too-large': {
      what: 'Die Datei ist größer, als Roost annimmt.',
      nextStep: 'Diese eine Datei von Hand kopieren. Alles andere kann weitergehen.',
    },
    'upload/interrupted': {
      what: 'Die Verbindung endete, bevor alles angekommen war.',
      nextStep:
        'Es wurde nichts davon behalten. Telefone senden von selbst noch einmal; sonst bitte neu senden.',
    },
    'upload/idle': {
      what: 'Das Gerät hat aufgehört zu senden.',
      nextStep:
        'Es wurde nichts davon behalten. Telefone senden von selbst noch einmal; sonst bitte neu senden.',
    },
    'upload/paused': {
      what: 'Die Verbindung endete, bevor alles angekommen war.',
      nextStep:
        'Was ankam, wird bis zu einer Woche aufgehoben. Das Gerät macht von selbst dort weiter.',
    },
    'upload/superseded': {
      what: 'Das Gerät hat eine neue Verbindung geöffnet.',
      nextStep: 'Was ankam, ist aufgehoben. Über die neue Verbindung geht es weiter.',
    },
    'upload/cancelled': {
      what: 'Das Gerät hat abgebrochen.',
      nextStep: 'Es wurde nichts davon behalten. Das Gerät kann die Datei wieder senden.',
    },
    'upload/let-go': {
      what: 'Eine unfertige Datei wurde losgelassen.',
      nextStep:
        'Sie wartete zu lange, oder ihr Platz wurde gebraucht. Das Gerät sendet sie von vorn.',
    },
    'library/disk-full': {
      what: 'Auf dem Datenträger der Bibliothek ist kein Platz mehr.',
      nextStep: `Platz schaffen oder die Bibliothek verlegen. ${KEPT_DE}`,
    },
    'library/missing': {
      what: 'Der Ordner der Bibliothek ist nicht erreichbar.',
      nextStep: 'Den Datenträger wieder anschließen. Es geht dann von selbst weiter.',
    },
    'library/other-library': {
      what: 'Im Ordner der Bibliothek liegt eine andere Bibliothek.',
      nextStep: 'Den richtigen Datenträger anschließen. Beide Bibliotheken sind unverändert.',
    },
    'library/write-failed': {
      what: 'Der Computer konnte nicht in die Bibliothek schreiben.',
      nextStep: `Datenträger und Rechte prüfen. ${KEPT_DE}`,
    },
    'service/stopping': {
      what: 'Roost wurde beendet oder neu gestartet.',
      nextStep: 'Das Gerät sendet den Rest von selbst, sobald Roost läuft.',
    },
    'service/overloaded': {
      what: 'Es kam zu viel auf einmal an.',
      nextStep: 'Das Gerät sendet den Rest gleich von selbst.',
    },
    'service/failed': {
      what: 'In Roost ging etwas schief.',
      nextStep: `${KEPT_DE} Mehr steht im Protokoll im Datenordner.`,
    },
  },
});

const UNKNOWN = inLanguage({
  en: {
    failed: 'Nothing was kept of it.',
    interrupted: 'The connection ended in the middle. Nothing was kept of it.',
    nextStep: 'Send it again from the device. What is backed up stays safe.',
  },
  de: {
    failed: 'Es wurde nichts davon behalten.',
    interrupted: 'Die Verbindung endete mittendrin. Es wurde nichts davon behalten.',
    nextStep: `Vom Gerät aus noch einmal senden. ${KEPT_DE}`,
  },
});

const CAUSES = inLanguage<Readonly<Partial<Record<PauseCause, JobReason>>>>({
  en: {
    'computer-asleep': {
      what: 'The computer was asleep.',
      nextStep:
        'It goes on by itself once the device tries again. Keep the computer awake meanwhile.',
    },
    'roost-ended-abruptly': {
      what: 'Roost ended without warning, as after a power cut.',
      nextStep: 'The device sends the rest by itself now that Roost runs again.',
    },
  },
  de: {
    'computer-asleep': {
      what: 'Der Computer hat geschlafen.',
      nextStep:
        'Es geht weiter, sobald das Gerät es wieder versucht. Den Computer so lange wach lassen.',
    },
    'roost-ended-abruptly': {
      what: 'Roost endete ohne Vorwarnung, wie bei einem Stromausfall.',
      nextStep: 'Roost läuft wieder; das Gerät sendet den Rest von selbst.',
    },
  },
});

const PAUSES = inLanguage<Readonly<Record<PauseCause, string>>>({
  en: {
    'computer-asleep': 'The computer was asleep',
    'roost-stopped': 'Roost was closed',
    'roost-ended-abruptly': 'Roost was not running: it had ended without warning',
    'library-away': 'The library’s drive was away',
    'disk-full': 'The library’s disk was full',
    'library-unusable': 'The library could not be used',
  },
  de: {
    'computer-asleep': 'Der Computer hat geschlafen',
    'roost-stopped': 'Roost war beendet',
    'roost-ended-abruptly': 'Roost lief nicht: Es war ohne Vorwarnung beendet worden',
    'library-away': 'Der Datenträger der Bibliothek war nicht da',
    'disk-full': 'Der Datenträger der Bibliothek war voll',
    'library-unusable': 'Die Bibliothek war nicht benutzbar',
  },
});

const COMING = inLanguage({
  en: {
    kept: 'What arrived is kept for up to a week.',
    notKept: 'Nothing was kept of it.',
    byHand:
      'Roost’s page goes on by itself while it stays open on the phone. If it was closed: open Roost’s page on the phone again and pick the file again.',
    never:
      'Its device may not send any more, so the file does not come. Pair the device again, then send the file again.',
  },
  de: {
    kept: 'Was ankam, wird bis zu einer Woche aufgehoben.',
    notKept: 'Es wurde nichts davon behalten.',
    byHand:
      'Roosts Seite macht von selbst weiter, solange sie auf dem Telefon offen ist. Wurde sie geschlossen: Roosts Seite auf dem Telefon wieder öffnen und die Datei noch einmal auswählen.',
    never:
      'Das Gerät darf nicht mehr senden, also kommt die Datei nicht. Das Gerät wieder koppeln und die Datei noch einmal senden.',
  },
});

/** A time in which this computer could take nothing, in a few words. */
export function pauseWords(cause: PauseCause): string {
  return PAUSES[cause];
}

/** A reason of the catalogue in the page's language. */
export function reasonOf(code: ErrorCode): JobReason {
  const own = REASONS[code];
  if (own !== undefined) return own;
  const { title, nextStep } = errorWords(code);
  return { what: title, nextStep };
}

const CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** The codes whose words hold a text, so that a search finds what a person reads. */
export function reasonsWith(text: string): readonly ErrorCode[] {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? []
    : CODES.filter((code) => /^(upload|library|service|auth)\//.test(code)).filter((code) =>
        reasonOf(code).what.toLowerCase().includes(wanted),
      );
}

/** Exact words of the service: its own language is English. */
function detailWords(detail: string | undefined): string | undefined {
  if (detail === undefined) return undefined;
  const code = CODES.find((each) => ERRORS[each].title === detail);
  if (code !== undefined) return reasonOf(code).what;
  return pageLanguage === 'en' ? detail : undefined;
}

type ReasonedJob = Pick<JobView, 'state' | 'errorCode' | 'errorDetail' | 'cause' | 'comesBack'>;

/** Why a job is not safe and what comes next; nothing for jobs that are safe or running. */
export function jobReason(job: ReasonedJob): JobReason | undefined {
  const reason = reasonWhoeverSent(job);
  if (reason === undefined || job.comesBack === undefined) return reason;
  if (job.comesBack === 'never') return { ...reason, nextStep: COMING.never };
  const kept = job.errorCode === 'upload/paused' ? COMING.kept : COMING.notKept;
  return { ...reason, nextStep: `${kept} ${COMING.byHand}` };
}

function reasonWhoeverSent({
  state,
  errorCode,
  errorDetail,
  cause,
}: ReasonedJob): JobReason | undefined {
  if (state !== 'failed' && state !== 'interrupted') return undefined;
  const known = cause && CAUSES[cause];
  if (known) return known;
  const detail = detailWords(errorDetail);
  if (errorCode === undefined) {
    return { what: detail ?? UNKNOWN[state], nextStep: UNKNOWN.nextStep };
  }
  const { what, nextStep } = reasonOf(errorCode);
  return { what: detail ?? what, nextStep };
}
