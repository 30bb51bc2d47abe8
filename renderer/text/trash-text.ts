import type { TrashTotals } from '../../shared/trash-view.ts';
import { formatByteCount, formatCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

interface TrashTexts {
  readonly title: string;
  readonly link: string;
  readonly intro: string;
  readonly kept: (days: number) => string;
  readonly throwAway: string;
  readonly thrownAway: (fileName: string) => string;
  readonly thrownAwayMany: (count: number) => string;
  /** Of so many photos, or of the one with a name. */
  readonly begins: (which: number | string) => string;
  readonly failed: (fileName: string, words: string) => string;
  readonly failedMany: (words: string) => string;
  readonly left: (count: number) => string;
  readonly someLeft: (movedCount: number, count: number) => string;
  readonly goneBefore: (count: number) => string;
  readonly undo: string;
  readonly restore: string;
  readonly restoreAll: string;
  readonly restored: (count: number) => string;
  readonly restoredOne: (fileName: string) => string;
  readonly beginsBack: (which: number | string) => string;
  readonly someRestored: (movedCount: number, failedCount: number) => string;
  readonly restoreFailed: (words: string) => string;
  readonly totals: (totals: TrashTotals) => string;
  readonly tile: (fileName: string, trashed: string) => string;
  readonly selectAll: string;
  readonly selectNone: string;
  readonly cut: (limit: number) => string;
  readonly selected: (count: number) => string;
  readonly daysLeft: (days: number) => string;
  readonly more: string;
  readonly empty: { readonly title: string; readonly next: string };
  readonly emptying: string;
  readonly emptyingHow: (done: number, of: number) => string;
  readonly openHint: string;
  readonly before: string;
  readonly after: string;
  readonly noPicture: string;
  readonly emptyAll: string;
  readonly deleteSome: string;
  readonly question: (count: number) => string;
  readonly questionText: (fileCount: number, byteCount: number) => string;
  readonly questionAgain: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly days: string;
  readonly daysHint: string;
  readonly daysOption: (days: number) => string;
  readonly shorter: (days: number) => string;
  readonly returnedTitle: string;
  readonly returned: (fileName: string) => string;
  readonly returnedToast: (fileName: string) => string;
}

const photos = (which: number | string) =>
  typeof which === 'string' ? which : formatPlural(which, 'photo or video', 'photos and videos');
const files = (count: number) => formatPlural(count, 'file', 'files');
const photosDe = (which: number | string) =>
  typeof which === 'string' ? which : formatPlural(which, 'Foto oder Video', 'Fotos und Videos');
const isOne = (which: number | string) => which === 1 || typeof which === 'string';
const filesDe = (count: number) => formatPlural(count, 'Datei', 'Dateien');

/** Words of throwing away, bringing back and giving up for good. */
export const trashText = inLanguage<TrashTexts>({
  en: {
    title: 'Trash',
    link: 'Show what is in the trash',
    intro:
      'What you threw away lies here bit for bit as it came, and can be brought back to where it was. Deleting a photo on the phone never deletes it here.',
    kept: (days) =>
      days === 0
        ? 'It stays until you empty the trash.'
        : `After ${formatPlural(days, 'day', 'days')} in the trash it is deleted for good.`,
    throwAway: 'Move to trash',
    thrownAway: (fileName) => `${fileName} is in the trash`,
    thrownAwayMany: (count) => `${photos(count)} moved to the trash`,
    begins: (which) => `Moving ${photos(which)} to the trash`,
    failed: (fileName, words) => `${fileName} could not be moved to the trash. ${words}`,
    failedMany: (words) => `They could not be moved to the trash. ${words}`,
    left: (count) =>
      `${files(count)} ${count === 1 ? 'is' : 'are'} damaged or missing and stayed: see Checking in the settings.`,
    someLeft: (movedCount, count) =>
      `${files(movedCount)} moved to the trash; ${files(count)} ${count === 1 ? 'is' : 'are'} damaged or missing and stayed: see Checking in the settings.`,
    goneBefore: (count) => `${photos(count)} had been thrown away before.`,
    undo: 'Undo',
    restore: 'Bring back',
    restoreAll: 'Bring all back',
    restored: (count) => `${photos(count)} back where ${count === 1 ? 'it was' : 'they were'}`,
    restoredOne: (fileName) => `${fileName} is back where it was`,
    beginsBack: (which) => `Bringing ${photos(which)} back`,
    someRestored: (movedCount, failedCount) =>
      `${files(movedCount)} back; ${files(failedCount)} ${failedCount === 1 ? 'is' : 'are'} damaged or missing and could not be brought back.`,
    restoreFailed: (words) => `It could not be brought back. ${words}`,
    totals: ({ assetCount, fileCount, byteCount }) =>
      `${photos(assetCount)} (${files(fileCount)}, ${formatByteCount(byteCount)})`,
    tile: (fileName, trashed) => `${fileName}, thrown away ${trashed}`,
    selectAll: 'Select all',
    selectNone: 'Select none',
    cut: (limit) => `Only ${formatCount(limit)} are selected: there cannot be more at once.`,
    selected: (count) => `${formatCount(count)} selected`,
    daysLeft: (days) => (days <= 0 ? 'deleted today' : `${formatPlural(days, 'day', 'days')} left`),
    more: 'Show more',
    empty: {
      title: 'The trash is empty',
      next: 'What you throw away comes here first and can be brought back.',
    },
    emptying: 'Emptying the trash',
    emptyingHow: (done, of) => `${formatCount(done)} of ${files(of)} deleted`,
    openHint: 'A click selects. A double click or Enter shows it large.',
    before: 'Thrown away after this one',
    after: 'Thrown away before this one',
    noPicture: 'There is no picture of this file.',
    emptyAll: 'Empty trash',
    deleteSome: 'Delete for good',
    question: (count) => `Delete ${photos(count)} for good?`,
    questionText: (fileCount, byteCount) =>
      `${files(fileCount)}, ${formatByteCount(byteCount)}, will be deleted from this computer. This cannot be undone.`,
    questionAgain:
      'Roost then no longer counts them as backed up. A phone that still has them may send them again.',
    confirm: 'Delete for good',
    cancel: 'Cancel',
    days: 'Delete for good after',
    daysHint: 'Counted for each photo from the day it was thrown away.',
    daysOption: (days) => (days === 0 ? 'Never by itself' : formatPlural(days, 'day', 'days')),
    shorter: (days) =>
      `They have been in the trash for ${formatPlural(days, 'day', 'days')} or longer, so the new time ends theirs within the hour.`,
    returnedTitle: 'Came back by themselves',
    returned: (fileName) => `${fileName} came back because a device sent it again`,
    returnedToast: (fileName) =>
      `${fileName} came back from the trash, because a device sent it again`,
  },
  de: {
    title: 'Papierkorb',
    link: 'Zeigen, was im Papierkorb ist',
    intro:
      'Was weggeworfen wurde, liegt hier Bit für Bit so, wie es ankam, und lässt sich dorthin zurückholen, wo es war. Ein Foto am Telefon zu löschen, löscht es hier nie.',
    kept: (days) =>
      days === 0
        ? 'Es bleibt, bis der Papierkorb geleert wird.'
        : `Nach ${formatPlural(days, 'Tag', 'Tagen')} im Papierkorb wird es endgültig gelöscht.`,
    throwAway: 'In den Papierkorb',
    thrownAway: (fileName) => `${fileName} ist im Papierkorb`,
    thrownAwayMany: (count) => `${photosDe(count)} in den Papierkorb gelegt`,
    begins: (which) => `${photosDe(which)} ${isOne(which) ? 'kommt' : 'kommen'} in den Papierkorb`,
    failed: (fileName, words) => `${fileName} konnte nicht in den Papierkorb. ${words}`,
    failedMany: (words) => `Das ging nicht. ${words}`,
    left: (count) =>
      `${filesDe(count)} ${count === 1 ? 'ist beschädigt oder fehlt und blieb' : 'sind beschädigt oder fehlen und blieben'}: siehe Prüfung in den Einstellungen.`,
    someLeft: (movedCount, count) =>
      `${filesDe(movedCount)} in den Papierkorb gelegt; ${filesDe(count)} ${count === 1 ? 'ist beschädigt oder fehlt und blieb' : 'sind beschädigt oder fehlen und blieben'}: siehe Prüfung in den Einstellungen.`,
    goneBefore: (count) => `Schon vorher weggeworfen: ${photosDe(count)}.`,
    undo: 'Rückgängig',
    restore: 'Zurückholen',
    restoreAll: 'Alles zurückholen',
    restored: (count) => `${photosDe(count)} wieder da, wo ${count === 1 ? 'es war' : 'sie waren'}`,
    restoredOne: (fileName) => `${fileName} ist wieder da, wo es war`,
    beginsBack: (which) => `${photosDe(which)} ${isOne(which) ? 'kommt' : 'kommen'} zurück`,
    someRestored: (movedCount, failedCount) =>
      `${filesDe(movedCount)} zurückgeholt; ${filesDe(failedCount)} ${failedCount === 1 ? 'ist beschädigt oder fehlt und bleibt' : 'sind beschädigt oder fehlen und bleiben'} im Papierkorb.`,
    restoreFailed: (words) => `Das Zurückholen ging nicht. ${words}`,
    totals: ({ assetCount, fileCount, byteCount }) =>
      `${photosDe(assetCount)} (${filesDe(fileCount)}, ${formatByteCount(byteCount)})`,
    tile: (fileName, trashed) => `${fileName}, weggeworfen ${trashed}`,
    selectAll: 'Alle auswählen',
    selectNone: 'Keine auswählen',
    cut: (limit) =>
      `Nur ${formatCount(limit)} sind ausgewählt: mehr lassen sich nicht zugleich auswählen.`,
    selected: (count) => `${formatCount(count)} ausgewählt`,
    daysLeft: (days) =>
      days <= 0 ? 'wird heute gelöscht' : `noch ${formatPlural(days, 'Tag', 'Tage')}`,
    more: 'Mehr zeigen',
    empty: {
      title: 'Der Papierkorb ist leer',
      next: 'Was weggeworfen wird, kommt zuerst hierher und lässt sich zurückholen.',
    },
    emptying: 'Der Papierkorb wird geleert',
    emptyingHow: (done, of) => `${formatCount(done)} von ${filesDe(of)} gelöscht`,
    openHint: 'Ein Klick wählt aus. Ein Doppelklick oder die Eingabetaste zeigt es groß.',
    before: 'Danach weggeworfen',
    after: 'Davor weggeworfen',
    noPicture: 'Von dieser Datei gibt es kein Bild.',
    emptyAll: 'Papierkorb leeren',
    deleteSome: 'Endgültig löschen',
    question: (count) => `${photosDe(count)} endgültig löschen?`,
    questionText: (fileCount, byteCount) =>
      `${filesDe(fileCount)}, ${formatByteCount(byteCount)}, werden von diesem Computer gelöscht. Das lässt sich nicht rückgängig machen.`,
    questionAgain:
      'Sie gelten dann nicht mehr als gesichert. Ein Telefon, das sie noch hat, sendet sie vielleicht erneut.',
    confirm: 'Endgültig löschen',
    cancel: 'Abbrechen',
    days: 'Endgültig löschen nach',
    daysHint: 'Für jedes Foto von dem Tag an gezählt, an dem es weggeworfen wurde.',
    daysOption: (days) => (days === 0 ? 'Nie von selbst' : formatPlural(days, 'Tag', 'Tagen')),
    shorter: (days) =>
      `Sie sind seit ${formatPlural(days, 'Tag', 'Tagen')} oder länger im Papierkorb; mit der neuen Frist endet ihre innerhalb einer Stunde.`,
    returnedTitle: 'Von selbst zurückgekommen',
    returned: (fileName) => `${fileName} kam zurück, weil ein Gerät es erneut gesendet hat`,
    returnedToast: (fileName) =>
      `${fileName} kam aus dem Papierkorb zurück, weil ein Gerät es erneut gesendet hat`,
  },
});
