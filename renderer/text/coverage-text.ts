import type {
  CoverageGroup,
  CoveredAsset,
  DeviceCoverage,
  GroupCount,
} from '../../shared/coverage-view.ts';
import { formatByteCount, formatCount, formatInstant, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';
import { resourceTypeText } from './resource-type-text.ts';

/** Words about how much of a device is here. */
export const coverageText = inLanguage({
  en: {
    back: 'Devices',
    open: 'What is here',
    openOf: (name: string) => `What is here of ${name}`,
    gone: 'There is no such device',
    goneNext: 'It may be known to another library.',
    howMuch: 'How much of it is here',
    complete: (count: number, name: string) =>
      count === 1
        ? `The one item of ${name} is here and verified.`
        : `All ${items(count)} of ${name} are here and verified.`,
    partly: (here: number, all: number, name: string) =>
      `${formatCount(here)} of ${items(all)} of ${name} are here.`,
    emptyInventory: (name: string) => `${name} says that it has no photos.`,
    libraryAway: 'This is what was known last: the library cannot be reached right now.',
    heard: (when: string) => `Last heard ${when}.`,
    neverHeard: 'Not heard of yet.',
    inventoryFrom: (when: string) => `Its inventory is from ${when}: newer photos are not in it.`,
    draft: (count: number) => `It is sending a new inventory: ${items(count)} so far.`,
    counting: (count: number) => `Still looking at ${items(count)}.`,
    groups: {
      'given-up': 'Given up',
      damaged: 'Damaged here',
      trashed: 'In the trash here',
      owed: 'Still owed',
      here: 'Here, not yet re-read',
      verified: 'Verified',
      counting: 'Being looked at',
    },
    meanings: {
      'given-up':
        'The last try to send a file of these failed, and nothing came since. The device may not try again by itself: start the backup there.',
      damaged:
        'These were here, and re-reading found a file of them damaged or missing. If the device still has them, it is asked to send them again.',
      trashed: 'A person threw these away here. They count as not here.',
      owed: 'The device has these and has not sent every file of them yet.',
      here: 'Every file of these is stored. They count as verified once Roost has read each of them again in full.',
      verified: '',
      counting: 'What these are is worked out in the background.',
    },
    safeTitle: 'Safe to delete from the device',
    safeMeaning: (days: number) =>
      `Every file of these is in the library and was read again and found whole within ${daysOf(days)}. It is one copy, on this computer: think of a second one before you delete. What was changed on the device since its inventory is not in that copy.`,
    verifiedWithin: 'Re-read within',
    verifiedWithinHint: 'For all devices. What was re-read longer ago counts as not verified.',
    days: daysOf,
    scrubOff: 'Re-reading is switched off in the settings, so nothing becomes verified by itself.',
    scrubSettings: 'Settings of re-reading',
    export: 'Save the list (CSV)',
    items: 'Items by name',
    groupNav: 'Which items',
    find: 'Find by name',
    list: 'Items',
    nothing: 'Nothing here',
    nothingMeans: 'No item stands like this.',
    noMatch: 'No name with that in it.',
    more: 'Show more',
    count: items,
    untold: 'The device told neither size nor time nor hash, so it may be another file.',
    missing: (types: readonly string[]) => `Not here: ${types.map(resourceTypeText).join(', ')}.`,
    reread: (when: string) => `Re-read ${when}`,
    notReread: 'Not re-read yet',
    taken: (at: number) => `Taken ${formatInstant(at)}`,
    files: (count: number) => formatPlural(count, 'file', 'files'),
    atLeast: (bytes: string) => `at least ${bytes}`,
    unknownSize: 'size unknown',
    unknown: {
      title: 'What is still on it cannot be known',
      means: (name: string) =>
        `${name} has not told Roost what it has. So Roost can say what it sent, and not what it still owes.`,
      how: 'An app can tell it with an inventory; how is told in Roost’s protocol for apps. Without one, compare the number of photos on the device yourself before you delete any.',
      stored: 'Sent and here',
      verified: (days: number) => `Of that re-read within ${daysOf(days)}`,
      damaged: 'Damaged or missing here',
      trashed: 'In the trash here',
    },
    quiet: {
      title: 'When to be told that it is quiet',
      label: 'Tell me when nothing is heard for',
      hint: 'It is said on this page, on the device’s card and on Home.',
      default: (days: number) => (days === 0 ? 'As for all: never' : `As for all: ${daysOf(days)}`),
      never: 'Never',
      notice: (name: string, days: number) => `${name} has not been heard of for ${daysOf(days)}`,
      next: 'Is it switched on, in this network, and is its backup app allowed to run?',
      badge: (days: number) => `Quiet for ${daysOf(days)}`,
    },
    bar: (parts: readonly string[]) => `How its items stand: ${parts.join(', ')}`,
    card: {
      complete: (count: number) => `All ${items(count)} here and verified`,
      partly: (here: number, all: number) => `${formatCount(here)} of ${items(all)} here`,
      label: 'Of what it has',
    },
  },
  de: {
    back: 'Geräte',
    open: 'Was hier ist',
    openOf: (name: string) => `Was hier ist: ${name}`,
    gone: 'Dieses Gerät gibt es nicht',
    goneNext: 'Vielleicht gehört es zu einer anderen Bibliothek.',
    howMuch: 'Wie viel davon hier ist',
    complete: (count: number, name: string) =>
      count === 1
        ? `Das eine Objekt von ${name} ist hier und geprüft.`
        : `Alle ${objekte(count)} von ${name} sind hier und geprüft.`,
    partly: (here: number, all: number, name: string) =>
      `${formatCount(here)} von ${objekten(all)} von ${name} sind hier.`,
    emptyInventory: (name: string) => `${name} hat nach eigener Angabe keine Fotos.`,
    libraryAway: 'Das ist der letzte bekannte Stand: Die Bibliothek ist gerade nicht erreichbar.',
    heard: (when: string) => `Zuletzt gehört: ${when}.`,
    neverHeard: 'Noch nichts gehört.',
    inventoryFrom: (when: string) => `Sein Verzeichnis: ${when}. Neuere Fotos stehen nicht darin.`,
    draft: (count: number) => `Es sendet ein neues Verzeichnis: bisher ${objekte(count)}.`,
    counting: (count: number) => `${objekte(count)} werden noch angesehen.`,
    groups: {
      'given-up': 'Aufgegeben',
      damaged: 'Hier beschädigt',
      trashed: 'Hier im Papierkorb',
      owed: 'Noch ausstehend',
      here: 'Hier, noch nicht neu gelesen',
      verified: 'Geprüft',
      counting: 'Wird angesehen',
    },
    meanings: {
      'given-up':
        'Der letzte Versuch, eine Datei davon zu senden, schlug fehl; seitdem kam nichts. Das Gerät versucht es vielleicht nicht von selbst: die Sicherung dort starten.',
      damaged:
        'Das war hier, und beim erneuten Lesen war eine Datei davon beschädigt oder fehlte. Hat das Gerät sie noch, wird es gebeten, sie erneut zu senden.',
      trashed: 'Das wurde hier weggeworfen. Es zählt als nicht hier.',
      owed: 'Das hat das Gerät und hat noch nicht jede Datei davon gesendet.',
      here: 'Jede Datei davon ist gespeichert. Geprüft ist sie, sobald Roost sie noch einmal ganz gelesen hat.',
      verified: '',
      counting: 'Wie es darum steht, wird im Hintergrund ermittelt.',
    },
    safeTitle: 'Kann vom Gerät gelöscht werden',
    safeMeaning: (days: number) =>
      `Jede Datei davon liegt in der Bibliothek, wurde innerhalb von ${tagen(days)} neu gelesen und war unversehrt. Das ist eine Kopie, auf diesem Computer: vor dem Löschen an eine zweite denken. Was seit dem Verzeichnis auf dem Gerät geändert wurde, ist in dieser Kopie nicht enthalten.`,
    verifiedWithin: 'Neu gelesen innerhalb von',
    verifiedWithinHint:
      'Für alle Geräte. Was vor längerer Zeit gelesen wurde, zählt als nicht geprüft.',
    days: tagen,
    scrubOff:
      'Das erneute Lesen ist in den Einstellungen abgeschaltet, daher wird nichts von selbst geprüft.',
    scrubSettings: 'Einstellungen zum erneuten Lesen',
    export: 'Liste sichern (CSV)',
    items: 'Objekte nach Namen',
    groupNav: 'Welche Objekte',
    find: 'Nach Namen suchen',
    list: 'Objekte',
    nothing: 'Hier ist nichts',
    nothingMeans: 'Um kein Objekt steht es so.',
    noMatch: 'Kein Name enthält das.',
    more: 'Mehr zeigen',
    count: objekte,
    untold:
      'Das Gerät nannte weder Größe noch Zeit noch Prüfsumme; es kann eine andere Datei sein.',
    missing: (types: readonly string[]) => `Nicht hier: ${types.map(resourceTypeText).join(', ')}.`,
    reread: (when: string) => `Neu gelesen ${when}`,
    notReread: 'Noch nicht neu gelesen',
    taken: (at: number) => `Aufgenommen ${formatInstant(at)}`,
    files: (count: number) => formatPlural(count, 'Datei', 'Dateien'),
    atLeast: (bytes: string) => `mindestens ${bytes}`,
    unknownSize: 'Größe unbekannt',
    unknown: {
      title: 'Was noch darauf ist, lässt sich nicht wissen',
      means: (name: string) =>
        `${name} hat Roost nicht gesagt, was es hat. Roost kann also sagen, was es gesendet hat, und nicht, was noch aussteht.`,
      how: 'Eine App kann es mit einem Verzeichnis sagen; wie, steht in Roosts Protokoll für Apps. Ohne ein solches vor dem Löschen selbst die Zahl der Fotos auf dem Gerät vergleichen.',
      stored: 'Gesendet und hier',
      verified: (days: number) => `Davon neu gelesen innerhalb von ${tagen(days)}`,
      damaged: 'Hier beschädigt oder verschwunden',
      trashed: 'Hier im Papierkorb',
    },
    quiet: {
      title: 'Wann gesagt wird, dass es still ist',
      label: 'Bescheid sagen, wenn nichts zu hören ist seit',
      hint: 'Es steht auf dieser Seite, auf der Karte des Geräts und in der Übersicht.',
      default: (days: number) =>
        days === 0 ? 'Wie bei allen: nie' : `Wie bei allen: ${tagen(days)}`,
      never: 'Nie',
      notice: (name: string, days: number) => `Von ${name} war seit ${tagen(days)} nichts zu hören`,
      next: 'Ist es eingeschaltet, in diesem Netz, und darf seine Sicherungs-App laufen?',
      badge: (days: number) => `Still seit ${tagen(days)}`,
    },
    bar: (parts: readonly string[]) => `Wie es um seine Objekte steht: ${parts.join(', ')}`,
    card: {
      complete: (count: number) => `Alle ${objekte(count)} hier und geprüft`,
      partly: (here: number, all: number) => `${formatCount(here)} von ${objekten(all)} hier`,
      label: 'Von dem, was es hat',
    },
  },
});

function items(count: number): string {
  return formatPlural(count, 'item', 'items');
}

function daysOf(count: number): string {
  return formatPlural(count, 'day', 'days');
}

function objekte(count: number): string {
  return formatPlural(count, 'Objekt', 'Objekte');
}

function objekten(count: number): string {
  return formatPlural(count, 'Objekt', 'Objekten');
}

function tagen(count: number): string {
  return formatPlural(count, 'Tag', 'Tagen');
}

/** "12 GB", "at least 12 GB" where a device did not tell every size. */
export function groupBytes({ byteCount, unsizedCount }: Omit<GroupCount, 'assetCount'>): string {
  if (unsizedCount === 0) return formatByteCount(byteCount);
  return byteCount === 0
    ? coverageText.unknownSize
    : coverageText.atLeast(formatByteCount(byteCount));
}

/** How much of an inventory is here, in a line of a card. */
export function cardWords({ inventory }: DeviceCoverage): string | undefined {
  if (inventory === undefined) return undefined;
  const { assetCount, groups, isComplete } = inventory;
  if (isComplete && assetCount > 0) return coverageText.card.complete(assetCount);
  return coverageText.card.partly(hereCount(groups), assetCount);
}

/** Items that are here, re-read or not. */
export function hereCount(groups: Readonly<Record<CoverageGroup, GroupCount>>): number {
  return groups.here.assetCount + groups.verified.assetCount;
}

/** What there is to say of an item besides its name: files and bytes, and when it was taken. */
export function itemFacts(asset: CoveredAsset): string {
  return [
    coverageText.files(asset.resourceCount),
    groupBytes(asset),
    ...(asset.createdAt === undefined ? [] : [coverageText.taken(asset.createdAt)]),
  ].join(' · ');
}

/** Days of silence there are to choose from, the chosen one always among them, never last. */
export function quietChoices(chosen: number): { readonly id: string; readonly label: string }[] {
  const days = [...new Set([1, 3, 7, 14, 30, 90, ...(chosen === 0 ? [] : [chosen])])];
  return [
    ...days
      .toSorted((a, b) => a - b)
      .map((each) => ({ id: String(each), label: coverageText.days(each) })),
    { id: '0', label: coverageText.quiet.never },
  ];
}
