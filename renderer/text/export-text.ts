import type { ExportView } from '../../shared/export-view.ts';
import { formatByteCount, formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

interface Size {
  readonly assetCount: number;
  readonly fileCount: number;
  readonly byteCount: number;
  readonly isAll: boolean;
}

interface ExportTexts {
  /** Of so many photos, or of the one with a name. */
  readonly title: (which: number | string) => string;
  readonly titleOfAll: string;
  readonly photos: string;
  readonly all: string;
  readonly chosen: (count: number) => string;
  readonly close: string;
  readonly which: string;
  readonly everything: string;
  readonly originals: string;
  readonly where: string;
  readonly zip: string;
  readonly folder: string;
  readonly zipHint: string;
  readonly folderLabel: string;
  readonly folderHint: string;
  readonly folderExample: string;
  readonly choose: string;
  readonly folderTitle: string;
  readonly more: (count: number) => string;
  readonly fewer: string;
  readonly notWhole: string;
  readonly size: (size: Size) => string;
  readonly measuring: string;
  readonly start: string;
  readonly cancel: string;
  readonly list: string;
  readonly stop: string;
  readonly dismiss: string;
  readonly progress: string;
  readonly state: (view: ExportView) => string;
  readonly target: (view: ExportView) => string;
  readonly problems: (count: number) => string;
  readonly problem: Readonly<Record<'damaged' | 'missing', string>>;
  readonly inZip: string;
}

const photos = (count: number) => formatPlural(count, 'photo or video', 'photos and videos');
const files = (count: number) => formatPlural(count, 'file', 'files');
const photosDe = (count: number) => formatPlural(count, 'Foto oder Video', 'Fotos und Videos');
const filesDe = (count: number) => formatPlural(count, 'Datei', 'Dateien');

/** Words of getting originals out of the library. */
export const exportText = inLanguage<ExportTexts>({
  en: {
    title: (which) => `Export ${typeof which === 'string' ? which : photos(which)}`,
    titleOfAll: 'Export everything shown',
    photos: 'Photos and videos',
    all: 'Everything that is shown here, however much',
    chosen: (count) => `Only the ${formatCount(count)} selected`,
    close: 'Close',
    which: 'Files',
    everything: 'All files: originals, RAW, edited and the rest',
    originals: 'Only originals, as the camera made them',
    where: 'Where to',
    zip: 'A zip file in the browser’s downloads',
    folder: 'A folder on this computer',
    zipHint: 'The zip is written while it is downloaded, of any size.',
    folderLabel: 'Folder',
    folderHint:
      'The whole path. Nothing there is overwritten, and what is there already is not copied twice.',
    folderExample: '/home/anna/Export',
    choose: 'Choose…',
    folderTitle: 'Folder to export into',
    more: (count) => `And ${formatCount(count)} more`,
    fewer: 'Only the newest',
    notWhole: 'Give the whole path of a folder, from its beginning.',
    size: ({ assetCount, fileCount, byteCount, isAll }) =>
      `${isAll ? '' : 'More than '}${photos(assetCount)}: ${files(fileCount)}, ${formatByteCount(byteCount)}`,
    measuring: 'Adding up the sizes…',
    start: 'Export',
    cancel: 'Cancel',
    list: 'Exports',
    stop: 'Stop',
    dismiss: 'Take off the list',
    progress: 'Export',
    state: ({ state, doneFileCount, fileCount, doneByteCount, skippedCount, errorDetail }) => {
      const done = `${formatCount(doneFileCount)} of ${files(fileCount)}, ${formatByteCount(doneByteCount)}`;
      const skipped = skippedCount === 0 ? '' : ` ${files(skippedCount)} had been there before.`;
      if (state === 'waiting') return 'Waiting for the download to begin';
      if (state === 'running') return done;
      if (state === 'done') return `Done: ${files(fileCount)}.${skipped}`;
      if (state === 'stopped') return `Stopped: ${done}. Export again to go on.`;
      return `Not finished: ${done}. ${errorDetail ?? ''}`;
    },
    target: ({ folder }) =>
      folder === undefined ? 'Export as a zip file' : `Export into ${folder}`,
    problems: (count) => `${files(count)} not as received:`,
    problem: { damaged: 'damaged', missing: 'missing' },
    inZip: 'A text file in the zip says the same.',
  },
  de: {
    title: (which) => `${typeof which === 'string' ? which : photosDe(which)} exportieren`,
    titleOfAll: 'Alles exportieren, was angezeigt wird',
    photos: 'Fotos und Videos',
    all: 'Alles, was hier angezeigt wird, wie viel es auch ist',
    chosen: (count) => `Nur die ${formatCount(count)} ausgewählten`,
    close: 'Schließen',
    which: 'Dateien',
    everything: 'Alle Dateien: Originale, RAW, Bearbeitetes …',
    originals: 'Nur Originale, wie die Kamera sie gemacht hat',
    where: 'Wohin',
    zip: 'Eine ZIP-Datei in den Downloads des Browsers',
    folder: 'Ein Ordner auf diesem Computer',
    zipHint: 'Die ZIP-Datei entsteht während des Downloads, in jeder Größe.',
    folderLabel: 'Ordner',
    folderHint:
      'Der ganze Pfad. Dort wird nichts überschrieben, und was schon dort ist, nicht noch einmal kopiert.',
    folderExample: '/home/anna/Fotos',
    choose: 'Wählen …',
    folderTitle: 'Ordner für den Export',
    more: (count) => `Und ${formatCount(count)} weitere`,
    fewer: 'Nur die neuesten',
    notWhole: 'Den ganzen Pfad eines Ordners angeben, von seinem Anfang an.',
    size: ({ assetCount, fileCount, byteCount, isAll }) =>
      `${isAll ? '' : 'Mehr als '}${photosDe(assetCount)}: ${filesDe(fileCount)}, ${formatByteCount(byteCount)}`,
    measuring: 'Die Größen werden addiert …',
    start: 'Exportieren',
    cancel: 'Abbrechen',
    list: 'Exporte',
    stop: 'Anhalten',
    dismiss: 'Von der Liste nehmen',
    progress: 'Fortschritt des Exports',
    state: ({ state, doneFileCount, fileCount, doneByteCount, skippedCount, errorDetail }) => {
      const done = `${formatCount(doneFileCount)} von ${filesDe(fileCount)}, ${formatByteCount(doneByteCount)}`;
      const skipped = skippedCount === 0 ? '' : ` ${filesDe(skippedCount)} schon vorher dort.`;
      if (state === 'waiting') return 'Wartet auf den Beginn des Downloads';
      if (state === 'running') return done;
      if (state === 'done') return `Fertig: ${filesDe(fileCount)}.${skipped}`;
      if (state === 'stopped') return `Angehalten: ${done}. Erneut exportieren, um weiterzumachen.`;
      return `Nicht fertig: ${done}. ${errorDetail ?? ''}`;
    },
    target: ({ folder }) =>
      folder === undefined ? 'Export als ZIP-Datei' : `Export in den Ordner ${folder}`,
    problems: (count) => `${filesDe(count)} nicht so wie empfangen:`,
    problem: { damaged: 'beschädigt', missing: 'fehlt' },
    inZip: 'Eine Textdatei in der ZIP-Datei sagt dasselbe.',
  },
});
