import type { CaptureTime, CaptureTimeSource, OffsetSource } from '../../shared/capture-time.ts';
import type { OriginalOutcome } from '../../shared/shell-bridge.ts';
import type { AssetPart } from '../../shared/window-views.ts';
import {
  formatCount,
  formatExactLocalTime,
  formatLocalDate,
  formatOffset,
  formatPlural,
  formatRelativeTime,
} from './format.ts';
import { inLanguage, pageLanguage } from './language.ts';

const SOURCE = inLanguage<Record<CaptureTimeSource, string>>({
  en: {
    exif: 'From the photo itself',
    quicktime: 'From the video itself',
    xmp: 'From a note that a program wrote into the file',
    'movie-header': 'From the video’s header, which knows no time zone',
    'device-created': 'As the device told it',
    'device-modified': 'When the file was last changed on the device',
    arrival: 'Not known: this is when it arrived',
  },
  de: {
    exif: 'Aus dem Foto selbst',
    quicktime: 'Aus dem Video selbst',
    xmp: 'Aus einer Notiz, die ein Programm in die Datei schrieb',
    'movie-header': 'Aus dem Kopf des Videos, der keine Zeitzone kennt',
    'device-created': 'Wie das Gerät es angab',
    'device-modified': 'Wann die Datei auf dem Gerät zuletzt geändert wurde',
    arrival: 'Nicht bekannt: hier steht, wann es ankam',
  },
});

const OFFSET_SOURCE = inLanguage<Record<OffsetSource, string>>({
  en: {
    file: '',
    place: 'time zone of the place where it was taken',
    device: 'time zone as the device told it',
    computer: 'time zone of this computer, because nothing else tells one',
  },
  de: {
    file: '',
    place: 'Zeitzone des Ortes der Aufnahme',
    device: 'Zeitzone, wie das Gerät sie angab',
    computer: 'Zeitzone dieses Computers, weil nichts anderes eine nennt',
  },
});

const PART_REASON = inLanguage<Record<AssetPart['why'], string>>({
  en: {
    key: 'Sent by the device as one photo.',
    'content-id': 'Same Live Photo: its files carry the same mark.',
    'same-folder': 'Same name in the same folder.',
    'same-name': 'Same name and moment.',
    'sent-with': 'Same name, and sent together.',
    'by-hand': 'Put together by hand.',
  },
  de: {
    key: 'Vom Gerät als ein Foto gesendet.',
    'content-id': 'Dasselbe Live-Foto: seine Dateien tragen dasselbe Kennzeichen.',
    'same-folder': 'Gleicher Name im selben Ordner.',
    'same-name': 'Gleicher Name und Zeitpunkt.',
    'sent-with': 'Gleicher Name, und zusammen gesendet.',
    'by-hand': 'Von Hand zusammengefügt.',
  },
});

const megapixels = new Intl.NumberFormat(pageLanguage, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Words of the viewer and its details. */
export const viewerText = {
  ...inLanguage({
    en: {
      label: 'Viewer',
      close: 'Close',
      newer: 'Newer',
      older: 'Older',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      fit: 'Fit to the window',
      fullSize: 'Full size',
      details: 'Details',
      download: 'Download the original',
      exportAll: 'Export all files',
      downloadOf: (fileName: string) => `Download ${fileName}`,
      openOutside: 'Open in another program',
      openOutsideOf: (fileName: string) => `Open ${fileName} in another program`,
      showInFolder: 'Show in folder',
      showInFolderOf: (fileName: string) => `Show ${fileName} in its folder`,
      notFound: 'This photo is not here',
      notFoundNext: 'It may have moved. Go back to the timeline.',
      waiting: 'Its preview is being made.',
      waitingNext: 'The original is safe already.',
      noScreen: 'The large preview cannot be shown; this is the small one.',
      previewOnly: (format: string) =>
        `Browsers cannot show ${format} in full size; this is its large preview.`,
      cannotPlay: 'This browser cannot play this video.',
      cannotPlayNext: 'The original is safe. Download it to watch it in another player.',
      cannotPlayOpen: 'The original is safe. Watch it in the player of this computer.',
      retry: 'Try again',
      retryAsked: 'Making the preview again',
      originalSafe: 'The original is safe.',
      filmstrip: 'Photos before and after',
      showJob: 'Show how it came here',
      shown: 'Shown',
      undo: 'Undo',
      copyPlace: 'Copy coordinates',
      placeTold: 'As the device told it; the file does not say it',
      files: (count: number) => `Its ${formatCount(count)} files`,
      burst: (count: number) => `${formatPlural(count, 'more photo', 'more photos')} of this burst`,
      burstMore: (count: number) => `and ${formatCount(count)} more`,
      alsoSentBy: (
        deviceName: string,
        fileName: string | undefined,
        linkedAt: number,
        now: number,
      ) =>
        `by ${deviceName}${fileName === undefined ? '' : ` as ${fileName}`}, ${formatRelativeTime(
          linkedAt,
          now,
        )}`,
    },
    de: {
      label: 'Einzelansicht',
      close: 'Schließen',
      newer: 'Neuer',
      older: 'Älter',
      zoomIn: 'Vergrößern',
      zoomOut: 'Verkleinern',
      fit: 'Ins Fenster einpassen',
      fullSize: 'Volle Größe',
      details: 'Details',
      download: 'Original herunterladen',
      exportAll: 'Alle Dateien exportieren',
      downloadOf: (fileName: string) => `${fileName} herunterladen`,
      openOutside: 'In anderem Programm öffnen',
      openOutsideOf: (fileName: string) => `${fileName} in anderem Programm öffnen`,
      showInFolder: 'Im Ordner zeigen',
      showInFolderOf: (fileName: string) => `${fileName} im Ordner zeigen`,
      notFound: 'Dieses Foto ist nicht hier',
      notFoundNext: 'Vielleicht ist es jetzt woanders. Zurück zur Zeitleiste.',
      waiting: 'Die Vorschau wird gerade erstellt.',
      waitingNext: 'Das Original ist schon sicher.',
      noScreen: 'Die große Vorschau lässt sich nicht zeigen; dies ist die kleine.',
      previewOnly: (format: string) =>
        `Browser können ${format} nicht in voller Größe zeigen; dies ist die große Vorschau.`,
      cannotPlay: 'Dieser Browser kann das Video nicht abspielen.',
      cannotPlayNext:
        'Das Original ist sicher. Nach dem Herunterladen spielt ein anderer Player es ab.',
      cannotPlayOpen: 'Das Original ist sicher. Der Player dieses Computers kann es abspielen.',
      retry: 'Noch einmal versuchen',
      retryAsked: 'Die Vorschau wird neu erstellt',
      originalSafe: 'Das Original ist sicher.',
      filmstrip: 'Fotos davor und danach',
      showJob: 'Zeigen, wie es hierher kam',
      shown: 'Gezeigt',
      undo: 'Rückgängig',
      copyPlace: 'Koordinaten kopieren',
      placeTold: 'Wie das Gerät es angab; in der Datei steht es nicht',
      files: (count: number) => `${formatPlural(count, 'Datei', 'Dateien')} dieses Fotos`,
      burst: (count: number) =>
        `${formatPlural(count, 'weiteres Foto', 'weitere Fotos')} dieser Serie`,
      burstMore: (count: number) => `und ${formatCount(count)} weitere`,
      alsoSentBy: (
        deviceName: string,
        fileName: string | undefined,
        linkedAt: number,
        now: number,
      ) =>
        `von ${deviceName}${fileName === undefined ? '' : ` als ${fileName}`}, ${formatRelativeTime(
          linkedAt,
          now,
        )}`,
    },
  }),
  /** What came of handing an original to the system; nothing needs to be said where it worked. */
  outcome: inLanguage<Record<Exclude<OriginalOutcome, 'done'>, string>>({
    en: {
      refused:
        'Roost opens only pictures and videos. This file can be shown in its folder instead.',
      missing: 'The file cannot be reached right now.',
      failed: 'This computer has no program that opens it, or it did not start.',
    },
    de: {
      refused:
        'Roost öffnet nur Bilder und Videos. Diese Datei lässt sich stattdessen im Ordner zeigen.',
      missing: 'Die Datei ist gerade nicht erreichbar.',
      failed: 'Kein Programm dieses Computers öffnet sie, oder es startete nicht.',
    },
  }),
  versions: inLanguage({
    en: {
      label: 'Version',
      edited: 'Edited',
      original: 'Original',
      raw: 'RAW',
      base: 'Before the edits',
      other: 'Smaller copy',
    },
    de: {
      label: 'Fassung',
      edited: 'Bearbeitet',
      original: 'Original',
      raw: 'RAW',
      base: 'Vor der Bearbeitung',
      other: 'Kleinere Kopie',
    },
  }),
  fields: inLanguage({
    en: {
      file: 'File',
      sentAs: 'Sent as',
      kind: 'Kind',
      captured: 'Taken',
      device: 'Device',
      pixels: 'Pixels',
      duration: 'Duration',
      camera: 'Camera',
      lens: 'Lens',
      exposure: 'Exposure',
      place: 'Place',
      hdr: 'HDR',
      rating: 'Rating',
      software: 'Software',
      path: 'Stored as',
      size: 'Size',
      sha256: 'SHA-256',
      storedAt: 'Stored',
      receipt: 'Receipt',
      alsoSent: 'Also sent',
      job: 'Job',
    },
    de: {
      file: 'Datei',
      sentAs: 'Gesendet als',
      kind: 'Art',
      captured: 'Aufnahme',
      device: 'Gerät',
      pixels: 'Pixel',
      duration: 'Dauer',
      camera: 'Kamera',
      lens: 'Objektiv',
      exposure: 'Belichtung',
      place: 'Ort',
      hdr: 'HDR',
      rating: 'Bewertung',
      software: 'Software',
      path: 'Liegt unter',
      size: 'Größe',
      sha256: 'SHA-256',
      storedAt: 'Gesichert',
      receipt: 'Beleg',
      alsoSent: 'Auch gesendet',
      job: 'Auftrag',
    },
  }),
  copy: inLanguage({
    en: { path: 'Copy path', sha256: 'Copy SHA-256', receipt: 'Copy receipt' },
    de: { path: 'Pfad kopieren', sha256: 'SHA-256 kopieren', receipt: 'Beleg kopieren' },
  }),
  parts: inLanguage({
    en: {
      title: 'Put together by Roost',
      intro: (count: number) =>
        `These files came separately, in ${formatPlural(count, 'part', 'parts')}. Roost shows them as one. What does not belong here can be split off; no file moves.`,
      why: (why: AssetPart['why']) => PART_REASON[why],
      splitOff: 'Split off',
      splitOffLabel: (fileName: string) => `Split off ${fileName}`,
      done: (fileName: string) => `${fileName} stands on its own now`,
      undone: 'Put together again',
      undoFailed: 'It could not be put together again.',
    },
    de: {
      title: 'Von Roost zusammengefügt',
      intro: (count: number) =>
        `Diese Dateien kamen einzeln, in ${formatPlural(count, 'Teil', 'Teilen')}. Roost zeigt sie als eines. Was nicht hierher gehört, lässt sich abtrennen; keine Datei wird verschoben.`,
      why: (why: AssetPart['why']) => PART_REASON[why],
      splitOff: 'Abtrennen',
      splitOffLabel: (fileName: string) => `${fileName} abtrennen`,
      done: (fileName: string) => `${fileName} steht jetzt für sich`,
      undone: 'Wieder zusammengefügt',
      undoFailed: 'Es ließ sich nicht wieder zusammenfügen.',
    },
  }),
  live: inLanguage({
    en: {
      play: 'Play the Live Photo',
      stop: 'Stop the Live Photo',
      label: 'Live',
      silent: 'This browser cannot play the movie itself; this is a short copy without sound.',
      cannotPlay: 'This browser cannot play the movie of this Live Photo. The original is safe.',
    },
    de: {
      play: 'Live-Foto abspielen',
      stop: 'Live-Foto anhalten',
      label: 'Live',
      silent:
        'Dieser Browser kann den Film selbst nicht abspielen; dies ist eine kurze Kopie ohne Ton.',
      cannotPlay:
        'Dieser Browser kann den Film dieses Live-Fotos nicht abspielen. Das Original ist sicher.',
    },
  }),
  shortcuts: inLanguage({
    en: {
      newer: 'Newer photo; while zoomed in, move to the left',
      older: 'Older photo; while zoomed in, move to the right',
      up: 'While zoomed in, move up',
      down: 'While zoomed in, move down',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      fit: 'Fit to the window',
      fullSize: 'Full size',
      play: 'Play or stop a video or Live Photo',
      details: 'Details',
      nextVersion: 'Next version: edited, original, RAW',
      edited: 'Show the edited version',
      original: 'Show the original',
      raw: 'Show the RAW',
      export: 'Export all files of the photo',
      favourite: 'Mark as favourite, or not',
      trash: 'Move to trash',
      close: 'Back to the timeline',
    },
    de: {
      newer: 'Neueres Foto; vergrößert: nach links',
      older: 'Älteres Foto; vergrößert: nach rechts',
      up: 'Vergrößert: nach oben',
      down: 'Vergrößert: nach unten',
      zoomIn: 'Vergrößern',
      zoomOut: 'Verkleinern',
      fit: 'Ins Fenster einpassen',
      fullSize: 'Volle Größe',
      play: 'Video oder Live-Foto abspielen oder anhalten',
      details: 'Details',
      nextVersion: 'Nächste Fassung: bearbeitet, Original, RAW',
      edited: 'Bearbeitete Fassung zeigen',
      original: 'Original zeigen',
      raw: 'RAW zeigen',
      export: 'Alle Dateien des Fotos exportieren',
      favourite: 'Als Favorit markieren oder nicht',
      trash: 'In den Papierkorb legen',
      close: 'Zurück zur Zeitleiste',
    },
  }),
  pixels: (width: number, height: number) => `${formatCount(width)} × ${formatCount(height)}`,
  megapixels: (width: number, height: number) => {
    const millions = (width * height) / 1e6;
    if (millions < 1) return '';
    return ` (${millions < 10 ? megapixels.format(millions) : formatCount(Math.round(millions))} MP)`;
  },
  captureTime: ({ local, offsetMinutes }: CaptureTime) =>
    `${formatLocalDate(local)}, ${formatExactLocalTime(local)}${
      offsetMinutes === undefined ? '' : ` (${formatOffset(offsetMinutes)})`
    }`,
  /** "From the photo itself; time zone of the place where it was taken". */
  captureSource: ({ source, offsetSource }: CaptureTime) =>
    [SOURCE[source], offsetSource === undefined ? '' : OFFSET_SOURCE[offsetSource]]
      .filter((words) => words !== '')
      .join('; '),
};
