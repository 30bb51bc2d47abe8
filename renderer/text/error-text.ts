import { type ErrorCode, ERRORS } from '../../shared/error-catalogue.ts';
import { inLanguage } from './language.ts';

/** An error as a person reads it. */
export interface ErrorWords {
  /** What happened. */
  readonly title: string;
  /** What is safe and what to do next. */
  readonly nextStep: string;
}

const SEND_AGAIN = 'Nichts davon wurde behalten. Die Datei erneut senden.';
const SENT_AGAIN =
  'Nichts davon wurde behalten. Telefone senden von selbst erneut; sonst erneut senden.';
/** The catalogue speaks to who writes an app there; in the window nobody has written what was sent. */
const SEE_PROTOCOL =
  'Diese Seite neu laden. Hilft das nicht, passen das Programm, das gesendet hat, und Roost nicht zusammen: beide aktualisieren.';
const RELOAD =
  'Reload this page. If that does not help, what was sent and this Roost do not fit each other: update both.';

/** The catalogue of shared/error-catalogue.ts; each code has to be here, too. */
const GERMAN: Readonly<Record<ErrorCode, ErrorWords>> = {
  'auth/token-missing': {
    title: 'Die Anfrage hatte kein Token eines Geräts.',
    nextStep: 'Dieses Gerät mit Roost koppeln und sein Token als „Authorization: Bearer“ senden.',
  },
  'auth/token-invalid': {
    title: 'Das Token des Geräts ist falsch oder wurde entzogen.',
    nextStep: 'Das Gerät erneut koppeln. Gesicherte Fotos bleiben, wo sie sind.',
  },
  'auth/window-key-invalid': {
    title: 'Dieses Fenster ist bei Roost nicht angemeldet.',
    nextStep:
      'Die Adresse öffnen, die Roost beim letzten Start angezeigt hat, oder Roost neu starten.',
  },
  'auth/login-wrong': {
    title: 'Name oder Passwort ist falsch.',
    nextStep:
      'Beides so eingeben, wie der Computer es anzeigt, oder dort ein neues Passwort anlegen.',
  },
  'auth/login-paused': {
    title: 'Zu viele falsche Passwörter.',
    nextStep: 'Eine Minute warten, dann erneut versuchen.',
  },
  'auth/login-locked': {
    title: 'Diese Anmeldung wurde nach vielen falschen Passwörtern gesperrt.',
    nextStep: 'Am Computer auf der Seite der Geräte entsperren. Gesicherte Fotos sind sicher.',
  },
  'auth/not-by-device': {
    title: 'Das können Geräte nicht.',
    nextStep: 'Gesichertes wird nur am Computer gelöscht, von Hand.',
  },
  'auth/wrong-origin': {
    title: 'Die Anfrage kam von einer anderen Website.',
    nextStep: 'Roost unter seiner eigenen Adresse öffnen.',
  },
  'pairing/code-invalid': {
    title: 'Der Kopplungscode ist falsch, verbraucht oder abgelaufen.',
    nextStep: 'Am Computer einen neuen Code anzeigen und diesen eingeben.',
  },
  'pairing/too-many-tries': {
    title: 'Zu viele falsche Kopplungscodes.',
    nextStep:
      'Offene Codes gelten nicht mehr. Eine Minute warten, dann am Computer einen neuen Code anzeigen.',
  },
  'request/invalid': {
    title: 'Die Anfrage war nicht zu verstehen.',
    nextStep: SEE_PROTOCOL,
  },
  'request/not-found': {
    title: 'Unter dieser Adresse gibt es nichts.',
    nextStep: SEE_PROTOCOL,
  },
  'request/method-not-allowed': {
    title: 'Diese Methode gibt es unter dieser Adresse nicht.',
    nextStep: SEE_PROTOCOL,
  },
  'request/too-large': {
    title: 'Die Anfrage ist größer als erlaubt.',
    nextStep: 'In kleineren Teilen senden.',
  },
  'request/wrong-media-type': {
    title: 'Den Content-Type der Anfrage gibt es hier nicht.',
    nextStep: SEE_PROTOCOL,
  },
  'request/unsupported-version': {
    title: 'Die Anfrage spricht eine Fassung von tus, die Roost nicht spricht.',
    nextStep: '„Tus-Resumable: 1.0.0“ senden.',
  },
  'upload/empty-body': {
    title: 'Der Upload hatte keine Bytes.',
    nextStep: 'Eine Datei ohne Bytes lässt sich nicht sichern; nichts wurde behalten.',
  },
  'upload/length-mismatch': {
    title: 'Der Upload war nicht so lang wie angekündigt.',
    nextStep: SEND_AGAIN,
  },
  'upload/digest-mismatch': {
    title: 'Die angekommenen Bytes passen nicht zur gesendeten Prüfsumme.',
    nextStep: SEND_AGAIN,
  },
  'upload/too-large': {
    title: 'Die Datei ist größer, als Roost annimmt.',
    nextStep: 'Diese eine Datei von Hand kopieren. Alles andere kann weitergehen.',
  },
  'upload/interrupted': {
    title: 'Die Verbindung endete, bevor die ganze Datei da war.',
    nextStep: SENT_AGAIN,
  },
  'upload/idle': {
    title: 'Das Gerät hat aufgehört zu senden.',
    nextStep: SENT_AGAIN,
  },
  'upload/paused': {
    title: 'Die Verbindung endete, bevor die ganze Datei da war.',
    nextStep:
      'Was ankam, wird bis zu einer Woche behalten. Das Gerät macht von selbst dort weiter, wo es aufgehört hat.',
  },
  'upload/superseded': {
    title: 'Das Gerät hat für diesen Upload eine neue Verbindung geöffnet.',
    nextStep: 'Was ankam, ist behalten. Das Gerät macht über die neue Verbindung weiter.',
  },
  'upload/not-found': {
    title: 'Diesen Upload gibt es nicht.',
    nextStep:
      'Er ist beendet, abgelaufen oder wurde abgebrochen. Mit dem ersten Byte neu beginnen.',
  },
  'upload/offset-mismatch': {
    title: 'Der Upload geht an einer anderen Stelle weiter.',
    nextStep: 'An der Stelle weitermachen, die diese Antwort nennt.',
  },
  'upload/inconsistent-length': {
    title: 'Die Angaben zur Länge des Uploads passen nicht zusammen.',
    nextStep: 'Eine Länge angeben und ebenso viele Bytes senden.',
  },
  'upload/completed': {
    title: 'Der Upload ist schon beendet.',
    nextStep: 'Die Datei ist sicher. Es kann nichts mehr dazukommen.',
  },
  'upload/part-digest-mismatch': {
    title: 'Die Bytes dieser Anfrage passen nicht zur mitgesendeten Prüfsumme.',
    nextStep: 'Nichts von dieser Anfrage wurde behalten. Denselben Teil erneut senden.',
  },
  'upload/cancelled': {
    title: 'Das Gerät hat den Upload abgebrochen.',
    nextStep: 'Nichts davon wurde behalten. Das Gerät kann die Datei erneut senden.',
  },
  'upload/let-go': {
    title: 'Ein unfertiger Upload wurde aufgegeben.',
    nextStep:
      'Er wartete zu lange, oder sein Platz wurde gebraucht. Das Gerät sendet die Datei von vorn.',
  },
  'inventory/incomplete': {
    title: 'Dem Verzeichnis fehlen Seiten.',
    nextStep:
      'Die genannten Seiten und danach die letzte erneut senden. Das frühere Verzeichnis gilt weiter.',
  },
  'inventory/closed': {
    title:
      'Dieses Verzeichnis wurde schon abgeschlossen, mit einer anderen Seite an dieser Stelle.',
    nextStep: 'Ein neues Verzeichnis unter einer neuen Kennung senden.',
  },
  'library/disk-full': {
    title: 'Auf dem Laufwerk der Bibliothek ist nicht genug Platz.',
    nextStep: 'Platz schaffen oder die Bibliothek verlegen. Was gesichert ist, bleibt sicher.',
  },
  'library/missing': {
    title: 'Der Ordner der Bibliothek ist nicht erreichbar.',
    nextStep: 'Das Laufwerk wieder anschließen. Der Empfang geht von selbst weiter.',
  },
  'library/other-library': {
    title: 'Im Ordner der Bibliothek liegt eine andere Bibliothek.',
    nextStep:
      'Das Laufwerk mit der richtigen anschließen. Um stattdessen diese zu verwenden, ihren Ordner umbenennen und ihn in den Einstellungen wählen. Beide sind unberührt.',
  },
  'library/write-failed': {
    title: 'Der Computer konnte nicht in die Bibliothek schreiben.',
    nextStep: 'Das Laufwerk und die Rechte prüfen. Was gesichert ist, bleibt sicher.',
  },
  'library/in-use': {
    title: 'Ein anderes Roost verwendet diese Bibliothek.',
    nextStep: 'Das andere Roost beenden oder einen anderen Ordner wählen.',
  },
  'library/not-a-library': {
    title: 'Dieser Ordner gehört zu einem neueren Roost.',
    nextStep: 'Roost aktualisieren oder einen anderen Ordner wählen.',
  },
  'library/identity-damaged': {
    title: 'Die Datei .roost/library.json der Bibliothek ist nicht lesbar.',
    nextStep:
      'Sie aus einer Sicherung zurücklegen oder einen anderen Ordner wählen. Die Fotos sind unberührt.',
  },
  'export/folder-unusable': {
    title: 'In diesen Ordner kann nicht exportiert werden.',
    nextStep: 'Einen anderen Ordner wählen. Die Originale bleiben, wo sie sind.',
  },
  'export/folder-full': {
    title: 'Der Datenträger, auf den exportiert wird, ist voll.',
    nextStep:
      'Dort Platz schaffen und noch einmal exportieren: Was schon dort ist, wird nicht noch einmal kopiert.',
  },
  'export/too-many': {
    title: 'Es sind zu viele Exporte zugleich offen.',
    nextStep: 'Auf einen davon warten oder einen anhalten.',
  },
  'service/stopping': {
    title: 'Roost wird beendet oder startet neu.',
    nextStep: 'Das Gerät sendet den Rest von selbst, sobald Roost läuft.',
  },
  'service/overloaded': {
    title: 'Zu viele Uploads auf einmal.',
    nextStep: 'Das Gerät sendet den Rest gleich von selbst.',
  },
  'service/not-running': {
    title: 'Roost läuft auf diesem Computer nicht.',
    nextStep: 'Roost starten, dann erneut versuchen.',
  },
  'service/already-running': {
    title: 'Roost läuft mit diesem Datenordner schon.',
    nextStep: 'Das laufende verwenden oder es zuerst beenden.',
  },
  'service/port-in-use': {
    title: 'Ein anderes Programm belegt den Port von Roost.',
    nextStep: 'Dieses Programm beenden oder in den Einstellungen einen anderen Port wählen.',
  },
  'service/failed': {
    title: 'In Roost ist etwas schiefgegangen.',
    nextStep: 'Was gesichert ist, bleibt sicher. Das Protokoll im Datenordner sagt mehr.',
  },
};

const WORDS: Readonly<Record<ErrorCode, ErrorWords>> = inLanguage<
  Readonly<Record<ErrorCode, ErrorWords>>
>({
  en: {
    ...ERRORS,
    'request/invalid': { ...ERRORS['request/invalid'], nextStep: RELOAD },
    'request/not-found': { ...ERRORS['request/not-found'], nextStep: RELOAD },
    'request/method-not-allowed': { ...ERRORS['request/method-not-allowed'], nextStep: RELOAD },
    'request/wrong-media-type': { ...ERRORS['request/wrong-media-type'], nextStep: RELOAD },
  },
  de: GERMAN,
});

/** What an error of the catalogue is called in the page's language. */
export function errorWords(code: ErrorCode): ErrorWords {
  return WORDS[code];
}
