import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import type { HomeDevice, StorageForecast } from '../../shared/home-view.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import { cardWords } from './coverage-text.ts';
import { storedWords } from './device-text.ts';
import { formatByteCount, formatPlural, formatRelativeTime } from './format.ts';
import { inLanguage } from './language.ts';

type Span = readonly [count: number, unit: 'day' | 'month' | 'year'];

/** Coarse on purpose: nobody knows the day. */
function spanOf(days: number): Span {
  if (days < 60) return [days, 'day'];
  return days < 730 ? [Math.round(days / 30.4), 'month'] : [Math.round(days / 365), 'year'];
}

/** Words of the home page. */
export const homeText = inLanguage({
  en: {
    title: 'Home',
    attention: {
      title: 'Needs you',
      none: 'Nothing needs you',
      noneNext: 'Photos come home by themselves. What is backed up is safe.',
      noneNextPicked:
        'Photos come home once they are picked on the phone. What is backed up is safe.',
      dismiss: 'Dismiss',
      dismissOf: (text: string) => `Dismiss: ${text}`,
      dismissed: 'Dismissed. It is told again if it goes wrong again.',
      undo: 'Undo',
      noDevice: 'No device is paired yet',
      noDeviceNext: 'Nothing can come until a phone is connected.',
      brokenOff: (fileName: string, deviceName: string) =>
        `${fileName} from ${deviceName} broke off and is not here. See how to send it again`,
      brokenOffMany: (count: number) =>
        `${formatPlural(count, 'upload', 'uploads')} broke off and are not here. See how to send them again`,
      failed: (count: number) =>
        `${formatPlural(count, 'upload', 'uploads')} failed in the last 30 days. See why`,
      quiet: (name: string, since: string) => `${name} was last heard ${since}. Look at it`,
      loginLocked: (name: string) =>
        `The login of ${name} is locked after many wrong passwords. Look at it`,
      neverHeard: (name: string) => `${name} is paired and was never heard since. Look at it`,
      fullSoon: (days: number) =>
        days === 0
          ? 'There is no room left for more photos.'
          : `The disk is full in about ${formatPlural(days, 'day', 'days')} if photos keep coming like this.`,
    },
    today: {
      title: 'Came today',
      summary: (fileCount: number, byteCount: number) =>
        `${formatPlural(fileCount, 'file', 'files')}, ${formatByteCount(byteCount)}`,
      none: 'Nothing came today yet.',
      all: 'All photos',
      tiles: 'The last that came today',
    },
    devices: {
      title: 'Devices',
      none: 'No device is paired yet.',
      pair: 'Connect a phone',
      sending: (count: number) => `Sending ${formatPlural(count, 'file', 'files')} now`,
      heard: (when: string) => `Last heard ${when}`,
      never: 'Not heard yet',
      sent: (what: string) => `${what} here`,
      quiet: 'Quiet',
      all: 'All devices',
    },
    storage: {
      title: 'Storage',
      bar: (used: string, free: string) => `${used} used by photos, ${free} free`,
      photos: 'Photos and videos here',
      other: 'Other things on the disk',
      free: 'Free',
      unknownFree: 'How much is free is not known just now.',
    },
    forecast: {
      unknown: (days: number, needed: number) =>
        days === 0
          ? 'How long the room lasts shows after about three weeks with photos.'
          : `How long the room lasts shows in ${formatPlural(needed - days, 'day', 'days')}, once more is known of how photos come.`,
      far: 'As photos have come lately, there is room for more than ten years.',
      full: (span: string, days: number, perDay: string) =>
        `If photos keep coming as in the last ${formatPlural(days, 'day', 'days')} (${perDay} a day), there is room for ${span} more.`,
      now: 'There is no room left for more photos.',
      span: ([count, unit]: Span) => `about ${formatPlural(count, unit, `${unit}s`)}`,
    },
    checking: { title: 'Originals', link: 'All about checking' },
    days: {
      title: 'The last 30 days',
      files: 'Files a day',
      bytes: 'Bytes a day',
      chart: (what: string, most: string, day: string) => `${what}: at most ${most}, on ${day}`,
      chartEmpty: (what: string) => `${what}: nothing came`,
      today: 'Today',
      table: 'As a table',
      day: 'Day',
      fileCount: 'Files',
      byteCount: 'Size',
      none: 'Nothing came in the last 30 days.',
    },
  },
  de: {
    title: 'Übersicht',
    attention: {
      title: 'Zu tun',
      none: 'Nichts zu tun',
      noneNext: 'Fotos kommen von selbst nach Hause. Was gesichert ist, ist sicher.',
      noneNextPicked:
        'Fotos kommen nach Hause, sobald sie auf dem Telefon ausgewählt werden. Was gesichert ist, ist sicher.',
      dismiss: 'Ausblenden',
      dismissOf: (text: string) => `Ausblenden: ${text}`,
      dismissed: 'Ausgeblendet. Es steht wieder hier, wenn es noch einmal misslingt.',
      undo: 'Rückgängig',
      noDevice: 'Noch ist kein Gerät gekoppelt',
      noDeviceNext: 'Es kann nichts ankommen, bis ein Telefon verbunden ist.',
      brokenOff: (fileName: string, deviceName: string) =>
        `${fileName} von ${deviceName} brach ab und ist nicht hier. Erneut senden: so geht es`,
      brokenOffMany: (count: number) =>
        `${formatPlural(count, 'Upload', 'Uploads')} brachen ab und sind nicht hier. Erneut senden: so geht es`,
      failed: (count: number) =>
        `${formatPlural(count, 'Upload ist', 'Uploads sind')} in den letzten 30 Tagen fehlgeschlagen. Warum`,
      quiet: (name: string, since: string) =>
        `${name} hat sich zuletzt ${since} gemeldet. Nachsehen`,
      loginLocked: (name: string) =>
        `Die Anmeldung von ${name} ist nach vielen falschen Passwörtern gesperrt. Nachsehen`,
      neverHeard: (name: string) =>
        `${name} ist gekoppelt und hat sich seither nie gemeldet. Nachsehen`,
      fullSoon: (days: number) =>
        days === 0
          ? 'Für weitere Fotos ist kein Platz mehr.'
          : `Das Laufwerk ist in etwa ${formatPlural(days, 'Tag', 'Tagen')} voll, wenn weiter so viele Fotos kommen.`,
    },
    today: {
      title: 'Heute angekommen',
      summary: (fileCount: number, byteCount: number) =>
        `${formatPlural(fileCount, 'Datei', 'Dateien')}, ${formatByteCount(byteCount)}`,
      none: 'Heute ist noch nichts angekommen.',
      all: 'Alle Fotos',
      tiles: 'Zuletzt heute angekommen',
    },
    devices: {
      title: 'Geräte',
      none: 'Noch ist kein Gerät gekoppelt.',
      pair: 'Ein Telefon verbinden',
      sending: (count: number) => `Sendet gerade ${formatPlural(count, 'Datei', 'Dateien')}`,
      heard: (when: string) => `Zuletzt gemeldet: ${when}`,
      never: 'Hat sich noch nicht gemeldet',
      sent: (what: string) => `${what} hier`,
      quiet: 'Still',
      all: 'Alle Geräte',
    },
    storage: {
      title: 'Speicherplatz',
      bar: (used: string, free: string) => `${used} von Fotos belegt, ${free} frei`,
      photos: 'Fotos und Videos hier',
      other: 'Anderes auf dem Laufwerk',
      free: 'Frei',
      unknownFree: 'Wie viel frei ist, ist gerade nicht bekannt.',
    },
    forecast: {
      unknown: (days: number, needed: number) =>
        days === 0
          ? 'Wie lange der Platz reicht, zeigt sich nach etwa drei Wochen mit Fotos.'
          : `Wie lange der Platz reicht, zeigt sich in ${formatPlural(needed - days, 'Tag', 'Tagen')}, wenn mehr darüber bekannt ist, wie Fotos kommen.`,
      far: 'So, wie zuletzt Fotos kamen, reicht der Platz für mehr als zehn Jahre.',
      full: (span: string, days: number, perDay: string) =>
        `Kommen weiter so viele Fotos wie in den letzten ${formatPlural(days, 'Tag', 'Tagen')} (${perDay} am Tag), reicht der Platz noch ${span}.`,
      now: 'Für weitere Fotos ist kein Platz mehr.',
      span: ([count, unit]: Span) =>
        `etwa ${unit === 'day' ? formatPlural(count, 'Tag', 'Tage') : unit === 'month' ? formatPlural(count, 'Monat', 'Monate') : formatPlural(count, 'Jahr', 'Jahre')}`,
    },
    checking: { title: 'Originale', link: 'Alles zur Prüfung' },
    days: {
      title: 'Die letzten 30 Tage',
      files: 'Dateien am Tag',
      bytes: 'Bytes am Tag',
      chart: (what: string, most: string, day: string) => `${what}: höchstens ${most}, am ${day}`,
      chartEmpty: (what: string) => `${what}: nichts angekommen`,
      today: 'Heute',
      table: 'Als Tabelle',
      day: 'Tag',
      fileCount: 'Dateien',
      byteCount: 'Größe',
      none: 'In den letzten 30 Tagen ist nichts angekommen.',
    },
  },
});

/** What is true where nothing needs a person: whether photos come by themselves is up to what sends them. */
export function calmWords(devices: readonly Pick<HomeDevice, 'sendsByItself'>[]): {
  readonly title: string;
  readonly next: string;
} {
  const words = homeText.attention;
  if (devices.length === 0) return { title: words.noDevice, next: words.noDeviceNext };
  const isPicked = devices.every(({ sendsByItself }) => !sendsByItself);
  return { title: words.none, next: isPicked ? words.noneNextPicked : words.noneNext };
}

/** How a device is, in a few words. */
export function deviceStateWords(device: HomeDevice, now: number): string {
  const words = homeText.devices;
  if (device.sendingCount > 0) return words.sending(device.sendingCount);
  return device.lastSeenAt === undefined
    ? words.never
    : words.heard(formatRelativeTime(device.lastSeenAt, Math.max(now, device.lastSeenAt)));
}

/** How much of a device is here: of what it says it has, else what it sent. Absent where neither is known. */
export function deviceShareWords(
  coverage: DeviceCoverage | undefined,
  sent: Pick<DeviceView, 'resourceCount' | 'byteCount'> | undefined,
): string | undefined {
  const ofInventory = coverage && cardWords(coverage);
  if (ofInventory !== undefined) return ofInventory;
  if (sent === undefined || sent.resourceCount === 0) return undefined;
  return homeText.devices.sent(storedWords(sent));
}

/** How long the room lasts, in a sentence that does not know more than the days say. */
export function forecastWords(forecast: StorageForecast): string {
  const words = homeText.forecast;
  switch (forecast.kind) {
    case 'unknown':
      return words.unknown(forecast.dayCount, forecast.neededDayCount);
    case 'far':
      return words.far;
    case 'full-in':
      if (forecast.fullInDays === 0) return words.now;
      return words.full(
        words.span(spanOf(forecast.fullInDays)),
        forecast.dayCount,
        formatByteCount(forecast.byteCountPerDay),
      );
  }
}
