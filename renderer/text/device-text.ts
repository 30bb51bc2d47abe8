import { isWebPage } from '../../shared/web-page-device.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import { formatByteCount, formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

/** Words of the devices page. */
export const deviceText = inLanguage({
  en: {
    title: 'Devices',
    one: 'Device',
    pair: 'Pair a device',
    pairTitle: 'Pair a device',
    done: 'Done',
    trusted: 'Paired',
    webPage: 'Roost’s page in a browser',
    revoked: 'Revoked',
    notTrusted: 'Not paired here',
    notTrustedHint: 'Known from the library. It cannot send until it is paired again.',
    revokedHint: 'It cannot send any more. Its photos are still here.',
    pairedAt: 'Paired',
    revokedAt: 'Revoked',
    lastSeen: 'Last seen',
    neverSeen: 'Not yet',
    stored: 'Backed up',
    folder: 'Folder',
    rename: 'Rename',
    renameOf: (name: string) => `Rename ${name}`,
    renameLabel: 'Name of the device',
    renameHint: 'Enter saves, Escape cancels. Its folder keeps its name.',
    renamed: (name: string) => `Renamed to ${name}`,
    nameNeeded: 'A name is needed.',
    sameName: 'Another device has this name already. With a different one you can tell them apart.',
    save: 'Save',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke ${name}?`,
    revokeStops:
      'From now on this device can send nothing. What it is sending right now is broken off.',
    revokeStays: (device: DeviceView) =>
      device.resourceCount === 0
        ? 'It has not sent anything yet.'
        : `Everything it has sent stays in the library: ${storedWords(device)}.`,
    revokeAgain: 'You can pair it again at any time.',
    revokeDone: (name: string) => `${name} is revoked. Its photos stay.`,
    pairAgain: 'Pair again',
    pairAgainTitle: (name: string) => `Pair ${name} again`,
    pairAgainOf: (name: string) => `Pair again: ${name}`,
    pairAgainHint: (folder: string) =>
      `The device that uses this code keeps its name here, and its photos go on in the folder “${folder}”.`,
    newToken: 'New token',
    newTokenOf: (name: string) => `New token for ${name}`,
    remove: 'Remove from this list',
    removeOf: (name: string) => `Remove from this list: ${name}`,
    removed: (name: string) => `${name} is not in the list any more. Its photos stay.`,
    removedHint: 'Removed from the list. Its photos are still here.',
    undo: 'Undo',
    putBack: 'Put back in the list',
    putBackOf: (name: string) => `Put back in the list: ${name}`,
    isBack: (name: string) => `${name} is in the list again`,
    showRemoved: (count: number) =>
      `Show ${formatPlural(count, 'removed device', 'removed devices')}`,
    hideRemoved: 'Hide removed devices',
    jobs: 'Jobs',
    jobsOf: (name: string) => `Jobs of ${name}`,
    makeToken: 'Make a token for a script',
    empty: {
      title: 'No device is paired yet',
      next: 'Pair a phone with the QR code, then it can send its photos here.',
      welcome: 'Show me how',
    },
    nothingStored: 'Nothing yet',
    files: (count: number) => formatPlural(count, 'file', 'files'),
  },
  de: {
    title: 'Geräte',
    one: 'Gerät',
    pair: 'Gerät koppeln',
    pairTitle: 'Gerät koppeln',
    done: 'Fertig',
    trusted: 'Gekoppelt',
    webPage: 'Roosts Seite im Browser',
    revoked: 'Entzogen',
    notTrusted: 'Hier nicht gekoppelt',
    notTrustedHint:
      'Aus der Bibliothek bekannt. Es kann erst senden, wenn es wieder gekoppelt ist.',
    revokedHint: 'Es kann nichts mehr senden. Seine Fotos sind noch hier.',
    pairedAt: 'Gekoppelt seit',
    revokedAt: 'Entzogen',
    lastSeen: 'Zuletzt gesehen',
    neverSeen: 'Noch nicht',
    stored: 'Gesichert',
    folder: 'Ordner',
    rename: 'Umbenennen',
    renameOf: (name: string) => `${name} umbenennen`,
    renameLabel: 'Name des Geräts',
    renameHint: 'Eingabetaste speichert, Escape bricht ab. Der Ordner behält seinen Namen.',
    renamed: (name: string) => `Umbenannt in ${name}`,
    nameNeeded: 'Ein Name ist nötig.',
    sameName:
      'Ein anderes Gerät hat schon diesen Namen. Mit einem eigenen sind sie zu unterscheiden.',
    save: 'Speichern',
    revoke: 'Zugang entziehen',
    revokeOf: (name: string) => `${name} den Zugang entziehen`,
    revokeTitle: (name: string) => `${name} den Zugang entziehen?`,
    revokeStops:
      'Ab jetzt kann dieses Gerät nichts mehr senden. Was es gerade sendet, wird abgebrochen.',
    revokeStays: (device: DeviceView) =>
      device.resourceCount === 0
        ? 'Es hat noch nichts gesendet.'
        : `Alles, was es gesendet hat, bleibt in der Bibliothek: ${storedWords(device)}.`,
    revokeAgain: 'Es lässt sich jederzeit wieder koppeln.',
    revokeDone: (name: string) => `${name} hat keinen Zugang mehr. Seine Fotos bleiben.`,
    pairAgain: 'Wieder koppeln',
    pairAgainTitle: (name: string) => `${name} wieder koppeln`,
    pairAgainOf: (name: string) => `Wieder koppeln: ${name}`,
    pairAgainHint: (folder: string) =>
      `Das Gerät, das diesen Code verwendet, behält hier seinen Namen, und seine Fotos kommen weiter in den Ordner „${folder}“.`,
    newToken: 'Neues Token',
    newTokenOf: (name: string) => `Neues Token für ${name}`,
    remove: 'Aus der Liste entfernen',
    removeOf: (name: string) => `Aus der Liste entfernen: ${name}`,
    removed: (name: string) => `${name} steht nicht mehr in der Liste. Seine Fotos bleiben.`,
    removedHint: 'Aus der Liste entfernt. Seine Fotos sind noch hier.',
    undo: 'Rückgängig',
    putBack: 'Wieder in die Liste',
    putBackOf: (name: string) => `Wieder in die Liste: ${name}`,
    isBack: (name: string) => `${name} steht wieder in der Liste`,
    showRemoved: (count: number) =>
      formatPlural(count, 'entferntes Gerät zeigen', 'entfernte Geräte zeigen'),
    hideRemoved: 'Entfernte Geräte ausblenden',
    jobs: 'Aufträge',
    jobsOf: (name: string) => `Aufträge von ${name}`,
    makeToken: 'Token für ein Skript anlegen',
    empty: {
      title: 'Noch ist kein Gerät gekoppelt',
      next: 'Ein Telefon mit dem QR-Code koppeln, dann kann es seine Fotos hierher senden.',
      welcome: 'Zeigen, wie es geht',
    },
    nothingStored: 'Noch nichts',
    files: (count: number) => formatPlural(count, 'Datei', 'Dateien'),
  },
});

/** "1,204 files, 12 GB". */
export function storedWords(device: Pick<DeviceView, 'resourceCount' | 'byteCount'>): string {
  const { resourceCount, byteCount } = device;
  if (resourceCount === 0) return deviceText.nothingStored;
  return `${deviceText.files(resourceCount)}, ${formatByteCount(byteCount)}`;
}

/** Whether a device told nothing of itself, as one does whose token a person made for a script. */
export function isScript({
  model,
  platform,
  app,
}: Pick<DeviceView, 'model' | 'platform' | 'app'>): boolean {
  return model === '' && platform === '' && app === '';
}

/** "iPhone 16 Pro, iOS, Roost for iPhone 1.2", of what the device told of itself. */
export function deviceKindWords(
  device: Pick<DeviceView, 'model' | 'platform' | 'app'>,
): string | undefined {
  const { model, platform, app } = device;
  const parts = (isWebPage(device) ? [model, deviceText.webPage] : [model, platform, app]).filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? undefined : parts.join(', ');
}
