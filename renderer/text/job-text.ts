import { isLive, type JobState } from '../../shared/job-state.ts';
import type { JobNow, JobView, UploadView } from '../../shared/window-views.ts';
import type { Shortcut } from '../ui/shortcut.ts';
import { formatByteCount, formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

type StateWords = Readonly<Record<JobState, string>>;
type ResultWords = Readonly<Record<NonNullable<UploadView['result']>, string>>;

const STATES = inLanguage<StateWords>({
  en: {
    receiving: 'Receiving',
    proving: 'Checking',
    stored: 'Safe',
    duplicate: 'Already here',
    interrupted: 'Waiting for the device',
    failed: 'Failed',
  },
  de: {
    receiving: 'Kommt an',
    proving: 'Wird geprüft',
    stored: 'Sicher',
    duplicate: 'Schon da',
    interrupted: 'Wartet auf das Gerät',
    failed: 'Fehlgeschlagen',
  },
});

const STATE_MEANINGS = inLanguage<StateWords>({
  en: {
    receiving: 'Bytes are arriving.',
    proving: 'All bytes are here. Roost compares them with what the device announced.',
    stored: 'The original is in the library, bit for bit.',
    duplicate: 'The same bytes were in the library already. No second copy was made.',
    interrupted: 'The connection ended in the middle. Nothing was kept of it.',
    failed: 'Nothing was kept of it.',
  },
  de: {
    receiving: 'Bytes kommen an.',
    proving: 'Alle Bytes sind da. Roost vergleicht sie mit dem, was das Gerät angekündigt hat.',
    stored: 'Das Original liegt Bit für Bit in der Bibliothek.',
    duplicate: 'Dieselben Bytes lagen schon in der Bibliothek. Es gibt keine zweite Kopie.',
    interrupted: 'Die Verbindung endete mittendrin. Es wurde nichts davon behalten.',
    failed: 'Es wurde nichts davon behalten.',
  },
});

const NOWS = inLanguage<Readonly<Record<JobNow, string>>>({
  en: {
    'in-trash': 'In the trash',
    'given-up': 'Deleted for good',
    damaged: 'Damaged',
    missing: 'Missing',
  },
  de: {
    'in-trash': 'Im Papierkorb',
    'given-up': 'Endgültig gelöscht',
    damaged: 'Beschädigt',
    missing: 'Verschwunden',
  },
});

const NOW_MEANINGS = inLanguage<Readonly<Record<JobNow, string>>>({
  en: {
    'in-trash':
      'It came bit for bit and was thrown away later. It lies in the trash and can be brought back from there.',
    'given-up':
      'It came bit for bit and was deleted for good with the trash later. It is not in the library any more.',
    damaged:
      'It came bit for bit, but the file in the library is not as it was any more. If the device still has it, send it again.',
    missing:
      'It came bit for bit, but the file is not in the library any more. If the device still has it, send it again.',
  },
  de: {
    'in-trash':
      'Es kam Bit für Bit an und wurde später weggeworfen. Es liegt im Papierkorb und lässt sich von dort zurückholen.',
    'given-up':
      'Es kam Bit für Bit an und wurde später mit dem Papierkorb endgültig gelöscht. In der Bibliothek ist es nicht mehr.',
    damaged:
      'Es kam Bit für Bit an, aber die Datei in der Bibliothek ist nicht mehr wie damals. Falls das Gerät sie noch hat, bitte noch einmal senden.',
    missing:
      'Es kam Bit für Bit an, aber die Datei liegt nicht mehr in der Bibliothek. Falls das Gerät sie noch hat, bitte noch einmal senden.',
  },
});

const RESULTS = inLanguage<ResultWords>({
  en: {
    stored: 'Stored',
    duplicate: 'Already here',
    repeated: 'Sent again, already safe',
    interrupted: 'Broke off',
    failed: 'Failed',
  },
  de: {
    stored: 'Gesichert',
    duplicate: 'Schon da',
    repeated: 'Noch einmal gesendet, schon sicher',
    interrupted: 'Abgebrochen',
    failed: 'Fehlgeschlagen',
  },
});

const COUNTS = inLanguage<Readonly<Record<JobState, (count: number) => string>>>({
  en: {
    receiving: (count) => `${formatCount(count)} receiving`,
    proving: (count) => `${formatCount(count)} being checked`,
    stored: (count) => `${formatCount(count)} safe`,
    duplicate: (count) => `${formatCount(count)} already here`,
    interrupted: (count) => `${formatCount(count)} waiting`,
    failed: (count) => `${formatCount(count)} failed`,
  },
  de: {
    receiving: (count) => `${formatCount(count)} im Empfang`,
    proving: (count) => `${formatCount(count)} in Prüfung`,
    stored: (count) => `${formatCount(count)} sicher`,
    duplicate: (count) => `${formatCount(count)} schon da`,
    interrupted: (count) => `${formatCount(count)} wartend`,
    failed: (count) => `${formatCount(count)} fehlgeschlagen`,
  },
});

const PAUSED = inLanguage({ en: 'Paused by the device', de: 'Vom Gerät angehalten' });
const PAUSED_HERE = inLanguage({ en: 'Paused', de: 'Angehalten' });
const NOT_COMING = inLanguage<Readonly<Record<NonNullable<JobView['comesBack']>, string>>>({
  en: { 'by-hand': 'Broke off', never: 'Did not come' },
  de: { 'by-hand': 'Abgebrochen', never: 'Nicht angekommen' },
});
const RUNNING = inLanguage({ en: 'Running', de: 'Läuft' });

/** A job whose bytes are kept is paused; another that broke off begins anew. */
function stateOf({
  state,
  errorCode,
  cause,
  now,
  comesBack,
}: Pick<JobView, 'state' | 'errorCode' | 'cause' | 'now' | 'comesBack'>): string {
  if (now !== undefined) return NOWS[now];
  if (comesBack !== undefined) return NOT_COMING[comesBack];
  if (state !== 'interrupted' || errorCode !== 'upload/paused') return STATES[state];
  return cause === undefined ? PAUSED : PAUSED_HERE;
}

function resultOf({
  result,
  errorCode,
  cause,
}: Pick<UploadView, 'result' | 'errorCode' | 'cause'>): string {
  if (result === undefined) return RUNNING;
  if (result !== 'interrupted' || errorCode !== 'upload/paused') return RESULTS[result];
  return cause === undefined ? PAUSED : PAUSED_HERE;
}

const states = {
  state: (state: JobState) => STATES[state],
  stateOf,
  stateMeaning: ({ state, now }: Pick<JobView, 'state' | 'now'>) =>
    now === undefined ? STATE_MEANINGS[state] : NOW_MEANINGS[now],
  stateCount: (state: JobState, count: number) => COUNTS[state](count),
  result: resultOf,
};

/** Words of the jobs pages. */
export const jobText = {
  ...states,
  ...inLanguage({
    en: {
      title: 'Jobs',
      filters: {
        states: 'Show by state',
        all: 'All',
        device: 'Device',
        allDevices: 'All devices',
        unknownDevice: 'Unknown device',
        clear: 'Show all jobs',
        search: 'Search jobs',
        searchPlaceholder: 'File name, device or reason',
        clearSearch: 'Clear the search',
        day: 'Day',
        anyDay: 'Any day',
        export: 'Export',
        exportCsv: 'Table (CSV)',
        exportJson: 'Data (JSON)',
      },
      live: {
        title: 'Arriving now',
        titleEnded: 'A moment ago',
        notArrived: (count: number) => `${formatPlural(count, 'file', 'files')} broke off`,
        files: (count: number) => formatPlural(count, 'file', 'files'),
        ended: 'Just arrived',
        more: (count: number) => `and ${formatCount(count)} more`,
        progress: (fileName: string) => `Receiving ${fileName}`,
        waiting: 'Waiting for the device',
        checking: 'All bytes are here, comparing',
      },
      history: 'History',
      today: 'Today',
      yesterday: 'Yesterday',
      span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
      open: (device: string, day: string) => `All jobs of ${device}, ${day}`,
      moreTroubles: (count: number) => `and ${formatCount(count)} more that are not safe`,
      loading: 'Loading',
      tryAgain: 'This could not be loaded. Try again',
      uploads: (count: number) => formatPlural(count, 'upload', 'uploads'),
      newer: (count: number) => formatPlural(count, 'newer job', 'newer jobs'),
      loadingMore: 'Loading older jobs',
      lookingBack: 'Looking through older jobs',
      end: 'No older jobs',
      said: {
        safe: (count: number) => `${formatPlural(count, 'file is', 'files are')} safe.`,
        failed: (name: string, reason: string) => `${name} failed. ${reason}`,
        failedMany: (count: number) => `${formatCount(count)} files failed.`,
      },
      empty: {
        title: 'No jobs yet',
        next: 'Each photo a device sends becomes a job here, with how it went.',
        link: 'Get the first photo here',
      },
      noMatch: {
        title: 'No job fits this filter',
        live: 'Nothing is arriving at the moment.',
        next: 'Other jobs are still in the history.',
      },
    },
    de: {
      title: 'Aufträge',
      filters: {
        states: 'Nach Zustand zeigen',
        all: 'Alle',
        device: 'Gerät',
        allDevices: 'Alle Geräte',
        unknownDevice: 'Unbekanntes Gerät',
        clear: 'Alle Aufträge zeigen',
        search: 'Aufträge durchsuchen',
        searchPlaceholder: 'Dateiname, Gerät oder Grund',
        clearSearch: 'Suche leeren',
        day: 'Tag',
        anyDay: 'Jeder Tag',
        export: 'Exportieren',
        exportCsv: 'Tabelle (CSV)',
        exportJson: 'Daten (JSON)',
      },
      live: {
        title: 'Kommt gerade an',
        titleEnded: 'Eben gerade',
        notArrived: (count: number) =>
          `${formatPlural(count, 'Datei', 'Dateien')} nicht ganz angekommen`,
        files: (count: number) => formatPlural(count, 'Datei', 'Dateien'),
        ended: 'Gerade angekommen',
        more: (count: number) => `und ${formatCount(count)} weitere`,
        progress: (fileName: string) => `${fileName} kommt an`,
        waiting: 'Wartet auf das Gerät',
        checking: 'Alle Bytes sind da, werden verglichen',
      },
      history: 'Verlauf',
      today: 'Heute',
      yesterday: 'Gestern',
      span: (from: string, to: string) => (from === to ? from : `${from} bis ${to}`),
      open: (device: string, day: string) => `Alle Aufträge von ${device}, ${day}`,
      moreTroubles: (count: number) => `und ${formatCount(count)} weitere, die nicht sicher sind`,
      loading: 'Wird geladen',
      tryAgain: 'Das ließ sich nicht laden. Noch einmal versuchen',
      uploads: (count: number) => formatPlural(count, 'Übertragung', 'Übertragungen'),
      newer: (count: number) => formatPlural(count, 'neuerer Auftrag', 'neuere Aufträge'),
      loadingMore: 'Ältere Aufträge werden geladen',
      lookingBack: 'Ältere Aufträge werden durchsucht',
      end: 'Keine älteren Aufträge',
      said: {
        safe: (count: number) => `${formatPlural(count, 'Datei ist', 'Dateien sind')} sicher.`,
        failed: (name: string, reason: string) => `${name} ist fehlgeschlagen. ${reason}`,
        failedMany: (count: number) => `${formatCount(count)} Dateien sind fehlgeschlagen.`,
      },
      empty: {
        title: 'Noch keine Aufträge',
        next: 'Jedes Foto, das ein Gerät sendet, wird hier zu einem Auftrag, mit seinem Verlauf.',
        link: 'Das erste Foto herholen',
      },
      noMatch: {
        title: 'Kein Auftrag passt zu diesem Filter',
        live: 'Im Moment kommt nichts an.',
        next: 'Andere Aufträge stehen weiter im Verlauf.',
      },
    },
  }),
};

const KEYS = inLanguage({
  en: {
    search: 'Search the jobs',
    next: 'Next job',
    previous: 'Previous job',
    open: 'Open the job, or the jobs of a day',
    first: 'First job',
    last: 'Last job that is loaded',
  },
  de: {
    search: 'Aufträge durchsuchen',
    next: 'Nächster Auftrag',
    previous: 'Voriger Auftrag',
    open: 'Auftrag öffnen, oder die Aufträge eines Tages',
    first: 'Erster Auftrag',
    last: 'Letzter geladener Auftrag',
  },
});

/** The keys of the jobs page. */
export const jobShortcuts: readonly Shortcut[] = [
  { keys: ['/'], text: KEYS.search },
  { keys: ['j'], text: KEYS.next },
  { keys: ['k'], text: KEYS.previous },
  { keys: ['Enter'], text: KEYS.open },
  { keys: ['Home'], text: KEYS.first },
  { keys: ['End'], text: KEYS.last },
];

const OF = inLanguage({
  en: (part: string, whole: string) => `${part} of ${whole}`,
  de: (part: string, whole: string) => `${part} von ${whole}`,
});

/** "1.2 MB of 2.6 MB" while it arrives, else the size; nothing where no byte came and none was announced. */
export function jobSizeWords(job: JobView): string | undefined {
  const { receivedByteCount, expectedByteCount, state } = job;
  const isWhole = state === 'stored' || state === 'duplicate';
  if (isWhole) return formatByteCount(expectedByteCount ?? receivedByteCount);
  if (expectedByteCount === undefined) {
    return receivedByteCount === 0 ? undefined : formatByteCount(receivedByteCount);
  }
  if (!isLive(state) && receivedByteCount === 0) return formatByteCount(expectedByteCount);
  return OF(formatByteCount(receivedByteCount), formatByteCount(expectedByteCount));
}

/** What a job is called: its file's name, or the device's key for it where the device told no name. */
export function jobName(job: Pick<JobView, 'fileName' | 'assetKey'>): string {
  return job.fileName.trim() === '' ? job.assetKey : job.fileName;
}

const REMAINING = inLanguage({
  en: {
    few: 'a few seconds left',
    seconds: (count: string) => `about ${count} s left`,
    minutes: (count: string) => `about ${count} min left`,
    hours: (count: string) => `about ${count} h left`,
  },
  de: {
    few: 'noch ein paar Sekunden',
    seconds: (count: string) => `noch etwa ${count} s`,
    minutes: (count: string) => `noch etwa ${count} min`,
    hours: (count: string) => `noch etwa ${count} h`,
  },
});

/** "about 20 s left"; coarse on purpose, since a number that jumps helps nobody. */
export function formatRemaining(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 5) return REMAINING.few;
  if (seconds < 55) return REMAINING.seconds(String(Math.ceil(seconds / 5) * 5));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return REMAINING.minutes(String(minutes));
  return REMAINING.hours(formatCount(Math.ceil(minutes / 60)));
}
