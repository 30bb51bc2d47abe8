import type { FilingBatch, RefilePlan, RefileReason } from '../../shared/filing-view.ts';
import type { TemplateToken } from '../../shared/folder-template.ts';
import { formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

const words = inLanguage<{
  readonly tokens: Readonly<Record<TemplateToken, string>>;
  /** Ends of a sentence that begins with "12 because". */
  readonly reasons: Readonly<Record<RefileReason, string>>;
  readonly photos: (count: number) => string;
  readonly files: (count: number) => string;
}>({
  en: {
    tokens: {
      device: 'Device',
      year: 'Year',
      month: 'Month',
      day: 'Day',
      hour: 'Hour',
      camera: 'Camera',
      name: 'File name',
    },
    reasons: {
      template: 'the folders were set otherwise when they came',
      time: 'their time is known better now',
      scattered: 'their files do not lie together under one name',
    },
    photos: (count) => formatPlural(count, 'photo or video', 'photos and videos'),
    files: (count) => formatPlural(count, 'file', 'files'),
  },
  de: {
    tokens: {
      device: 'Gerät',
      year: 'Jahr',
      month: 'Monat',
      day: 'Tag',
      hour: 'Stunde',
      camera: 'Kamera',
      name: 'Dateiname',
    },
    reasons: {
      template: 'die Ordner anders eingestellt waren, als sie kamen',
      time: 'ihre Zeit jetzt besser bekannt ist',
      scattered: 'ihre Dateien nicht unter einem Namen beisammenliegen',
    },
    photos: (count) => formatPlural(count, 'Foto oder Video', 'Fotos und Videos'),
    files: (count) => formatPlural(count, 'Datei', 'Dateien'),
  },
});

const { tokens, reasons, photos, files } = words;

/** Words of the settings about folders, and of moving files to where they say. */
export const filingText = inLanguage({
  en: {
    title: 'Folders',
    description: 'Where originals lie within the library folder.',
    template: 'Folders and file name',
    templateHint:
      'Parts are separated by “/”; the last one names the file. It counts for photos that arrive from now on: changing it moves nothing.',
    example: 'For example',
    insert: 'Put in',
    insertToken: (token: TemplateToken) => `Put in ${tokens[token].toLowerCase()}, {${token}}`,
    token: (token: TemplateToken) => tokens[token],
    refile: {
      title: 'Files that lie elsewhere',
      unknown: 'What lies elsewhere cannot be told just now.',
      none: 'Every file lies where the folders above say.',
      some: ({ assetCount, fileCount }: RefilePlan) =>
        `${photos(assetCount)} (${files(fileCount)}) ${assetCount === 1 ? 'lies' : 'lie'} elsewhere than they would go today. They stay there unless you move them.`,
      reason: (reason: RefileReason, count: number) =>
        `${formatCount(count)} because ${reasons[reason]}`,
      from: 'From',
      to: 'to',
      more: (count: number) => `and ${formatCount(count)} more`,
      examples: 'What would move',
      start: 'Move files now',
      question: (count: number) => `Move ${files(count)}?`,
      questionText:
        'Roost moves them within the library folder, one by one, and writes down every move. No byte of them changes. You can stop at any time and undo it later. After a restart it goes on by itself.',
      questionOther:
        'Other programs that know the files by their old places will not find them there any more.',
      confirm: 'Move files',
      stop: 'Stop',
      progress: 'Moving files',
    },
    /** What a batch that runs is doing: photos are counted on the way there, files on the way back. */
    run: ({ kind, doneCount, count, fileCount }: FilingBatch) => {
      const isBack = kind === 'undo' || kind === 'restore';
      const of = count === 0 ? '' : ` of ${isBack ? files(count) : photos(count)}`;
      const done = `${formatCount(doneCount)}${of}`;
      if (isBack) return `Moving back: ${done}`;
      return `Moving: looked at ${done}, moved ${files(fileCount)}`;
    },
    batches: 'Moved before',
    batch: ({ kind, fileCount, failedCount, state }: FilingBatch) =>
      [
        `${files(fileCount)} moved${kind === 'undo' ? ' back' : ''}`,
        ...(state === 'stopped' ? ['then stopped'] : []),
        ...(failedCount > 0
          ? [
              `${files(failedCount)} could not be moved and stayed where ${failedCount === 1 ? 'it is' : 'they are'}`,
            ]
          : []),
      ].join(', '),
    undo: 'Undo',
    undoLabel: (count: number) => `Move ${files(count)} back`,
  },
  de: {
    title: 'Ordner',
    description: 'Wo die Originale im Ordner der Bibliothek liegen.',
    template: 'Ordner und Dateiname',
    templateHint:
      'Teile werden durch „/“ getrennt; der letzte benennt die Datei. Gilt für Fotos, die von jetzt an ankommen: Eine Änderung verschiebt nichts.',
    example: 'Zum Beispiel',
    insert: 'Einfügen',
    insertToken: (token: TemplateToken) => `${tokens[token]} einfügen, {${token}}`,
    token: (token: TemplateToken) => tokens[token],
    refile: {
      title: 'Dateien, die anderswo liegen',
      unknown: 'Was anderswo liegt, ist gerade nicht bekannt.',
      none: 'Jede Datei liegt dort, wo es die Ordner oben sagen.',
      some: ({ assetCount, fileCount }: RefilePlan) =>
        `${photos(assetCount)} (${files(fileCount)}) ${assetCount === 1 ? 'liegt' : 'liegen'} anderswo, als es heute vorgesehen ist. Dort bleiben sie, solange sie niemand verschiebt.`,
      reason: (reason: RefileReason, count: number) =>
        `${formatCount(count)}, weil ${reasons[reason]}`,
      from: 'Von',
      to: 'nach',
      more: (count: number) => `und ${formatCount(count)} weitere`,
      examples: 'Was sich verschieben würde',
      start: 'Dateien jetzt verschieben',
      question: (count: number) => `${files(count)} verschieben?`,
      questionText:
        'Roost verschiebt sie innerhalb des Ordners der Bibliothek, eine nach der anderen, und verzeichnet jeden Schritt. Kein Byte davon ändert sich. Es lässt sich jederzeit anhalten und später rückgängig machen. Nach einem Neustart geht es von selbst weiter.',
      questionOther:
        'Andere Programme, die die Dateien an ihrem alten Platz kennen, finden sie dort nicht mehr.',
      confirm: 'Dateien verschieben',
      stop: 'Anhalten',
      progress: 'Dateien werden verschoben',
    },
    run: ({ kind, doneCount, count, fileCount }: FilingBatch) => {
      const isBack = kind === 'undo' || kind === 'restore';
      const of = count === 0 ? '' : ` von ${formatCount(count)}`;
      const done = `${formatCount(doneCount)}${of}`;
      if (isBack) return `Wird zurückverschoben: ${done} Dateien`;
      return `Wird verschoben: ${done} Fotos und Videos angesehen, ${files(fileCount)} verschoben`;
    },
    batches: 'Früher verschoben',
    batch: ({ kind, fileCount, failedCount, state }: FilingBatch) =>
      [
        `${files(fileCount)} ${kind === 'undo' ? 'zurückverschoben' : 'verschoben'}`,
        ...(state === 'stopped' ? ['dann angehalten'] : []),
        ...(failedCount > 0
          ? [
              `${files(failedCount)} ${failedCount === 1 ? 'ließ' : 'ließen'} sich nicht verschieben und ${failedCount === 1 ? 'blieb' : 'blieben'} an ihrem Platz`,
            ]
          : []),
      ].join(', '),
    undo: 'Rückgängig',
    undoLabel: (count: number) => `${files(count)} zurückverschieben`,
  },
});
