import { formatByteCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

const title = (page: string) => (page === '' ? 'Roost' : `${page} · Roost`);

/** Words of the shell around the pages. */
export const appText = inLanguage({
  en: {
    product: 'Roost',
    nav: {
      label: 'Main',
      home: 'Home',
      timeline: 'Timeline',
      jobs: 'Jobs',
      devices: 'Devices',
      settings: 'Settings',
      more: 'More',
      moreWith: (page: string) => `More: ${page}`,
      skip: 'Skip to content',
    },
    title,
    close: 'Close',
    cancel: 'Cancel',
    retry: 'Try again',
    loading: 'Loading',
    copied: 'Copied',
    copyFailed: 'Copying is not allowed here',
    connection: {
      lost: 'Roost cannot be reached. Trying again by itself.',
      lostNext: (since: string) => `What you see is as of ${since}. What is backed up stays safe.`,
      notDone: 'Roost cannot be reached, so this was not done. Nothing was changed.',
      back: 'Roost is there again.',
      signedOut: 'This window is not signed in to Roost.',
      signedOutNext:
        'Open the address that Roost printed at its last start, or that “roost status” prints (“npm run roost status” in a folder with the source).',
      stopping: 'Roost is closing or starting again.',
    },
    error: {
      title: 'This page could not be shown',
      crashed:
        'Something in this window went wrong. Your photos are not affected: what is backed up stays safe.',
      reload: 'Load the page again',
      elsewhere: 'Go to the timeline',
      details: 'What went wrong',
    },
    notFound: {
      title: 'There is nothing at this address',
      next: 'Go to the timeline',
    },
    theme: {
      label: 'Colours',
      system: 'As the computer',
      light: 'Light',
      dark: 'Dark',
    },
    language: {
      label: 'Language',
      system: 'As the computer',
      hint: 'The page is loaded again in it.',
    },
    library: {
      summary: (fileCount: number, byteCount: number) =>
        fileCount === 0
          ? 'Nothing backed up yet'
          : `${formatPlural(fileCount, 'file', 'files')} safe, ${formatByteCount(byteCount)}`,
      opening: 'Opening the library',
    },
  },
  de: {
    product: 'Roost',
    nav: {
      label: 'Hauptbereich',
      home: 'Übersicht',
      timeline: 'Zeitleiste',
      jobs: 'Aufträge',
      devices: 'Geräte',
      settings: 'Einstellungen',
      more: 'Mehr',
      moreWith: (page: string) => `Mehr: ${page}`,
      skip: 'Zum Inhalt',
    },
    title,
    close: 'Schließen',
    cancel: 'Abbrechen',
    retry: 'Erneut versuchen',
    loading: 'Wird geladen',
    copied: 'Kopiert',
    copyFailed: 'Kopieren ist hier nicht erlaubt',
    connection: {
      lost: 'Roost ist nicht erreichbar. Es wird von selbst erneut versucht.',
      lostNext: (since: string) =>
        `Zu sehen ist der Stand von ${since}. Was gesichert ist, bleibt sicher.`,
      notDone: 'Roost ist nicht erreichbar, also wurde das nicht getan. Nichts wurde geändert.',
      back: 'Roost ist wieder da.',
      signedOut: 'Dieses Fenster ist bei Roost nicht angemeldet.',
      signedOutNext:
        'Die Adresse öffnen, die Roost beim letzten Start angezeigt hat oder die „roost status“ anzeigt („npm run roost status“ in einem Ordner mit dem Quelltext).',
      stopping: 'Roost wird beendet oder startet neu.',
    },
    error: {
      title: 'Diese Seite lässt sich nicht anzeigen',
      crashed:
        'In diesem Fenster ist etwas schiefgegangen. Die Fotos sind nicht betroffen: Was gesichert ist, bleibt sicher.',
      reload: 'Seite neu laden',
      elsewhere: 'Zur Zeitleiste',
      details: 'Was schiefgegangen ist',
    },
    notFound: {
      title: 'Unter dieser Adresse gibt es nichts',
      next: 'Zur Zeitleiste',
    },
    theme: {
      label: 'Farben',
      system: 'Wie der Computer',
      light: 'Hell',
      dark: 'Dunkel',
    },
    language: {
      label: 'Sprache',
      system: 'Wie der Computer',
      hint: 'Die Seite wird darin neu geladen.',
    },
    library: {
      summary: (fileCount: number, byteCount: number) =>
        fileCount === 0
          ? 'Noch nichts gesichert'
          : `${formatPlural(fileCount, 'Datei', 'Dateien')} sicher, ${formatByteCount(byteCount)}`,
      opening: 'Die Bibliothek wird geöffnet',
    },
  },
});

/** Each language by its own name, so that whoever reads only that one finds it. */
export const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const;
