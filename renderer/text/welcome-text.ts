import type { TimelineAsset } from '../../shared/window-views.ts';
import { formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

/** Words of the first page. */
export const welcomeText = inLanguage({
  en: {
    title: 'Welcome to Roost',
    intro:
      'Your photos come home to this computer: every original, bit for bit, in plain folders. No cloud, no account.',
    stepDone: 'Done',
    ready: {
      title: 'This computer is ready',
      noLibrary: 'The library cannot take photos now',
      notReachable: 'This computer cannot be reached yet',
      name: 'Name',
      library: 'Library folder',
      free: 'Free there',
      address: 'Address',
      network: 'On the network',
      change: 'Change',
      changeName: 'Change the name',
      changeLibrary: 'Change the library folder',
      noAddress: 'None other devices could reach',
    },
    connect: {
      title: 'Connect a phone',
      paired: (count: number) => `${formatPlural(count, 'device is', 'devices are')} paired`,
      another: 'Connect another device',
      page: 'The page that opens on the phone lets you choose photos and sends them. Keep it open while it sends: a phone’s browser stops when the page is closed or the phone locks.',
      other: 'Other ways to send',
      background: 'And by itself, in the background?',
      backgroundText:
        'The app YAIIU uses the upload jobs of iOS 26.1 for it, and the Immich app sends in the background as far as iPhone or Android lets it. Both log in to Roost. We have not tried either on a phone ourselves.',
    },
    ways: {
      computer: 'From another computer',
      computerText:
        'With Roost on the other computer, this sends files and whole folders, asks for the pairing code the first time, and can be run again: what is here is not sent twice.',
      computerClone: 'From a clone of its source:',
      curl: 'With curl or a script',
      app: 'From any app that can send a file over HTTP',
      appText:
        'Roost takes any PUT or POST of a file’s bytes with a token in a header. On an iPhone the action “Get Contents of URL” of Shortcuts can do that: method PUT, request body File. We have not tried this on a phone ourselves.',
      appUrl: 'Address, with a name of its own for each photo:',
      appHeader: 'Header, with a token from the way above:',
      copy: 'Copy',
    },
    photo: {
      title: 'The first photo',
      waiting: 'It shows up here by itself, as soon as it is safe.',
      waitingForDevice: 'First connect a phone above.',
      safe: (asset: TimelineAsset) => `${asset.fileName} is safe`,
      safeNext: 'Its bytes are on this computer’s disk, checked and recorded.',
      already: (count: number) =>
        `${formatPlural(count, 'photo or video is', 'photos and videos are')} safe already`,
      open: 'Look at it',
      timeline: 'Go to the timeline',
      making: 'Making its picture',
      alt: (asset: TimelineAsset) => `The photo ${asset.fileName}`,
    },
  },
  de: {
    title: 'Willkommen bei Roost',
    intro:
      'Die Fotos kommen nach Hause auf diesen Computer: jedes Original, Bit für Bit, in einfachen Ordnern. Keine Cloud, kein Konto.',
    stepDone: 'Erledigt',
    ready: {
      title: 'Dieser Computer ist bereit',
      noLibrary: 'Die Bibliothek kann gerade keine Fotos aufnehmen',
      notReachable: 'Dieser Computer ist noch nicht erreichbar',
      name: 'Name',
      library: 'Ordner der Bibliothek',
      free: 'Dort frei',
      address: 'Adresse',
      network: 'Im Netz',
      change: 'Ändern',
      changeName: 'Den Namen ändern',
      changeLibrary: 'Den Ordner der Bibliothek ändern',
      noAddress: 'Keine, die andere Geräte erreichen',
    },
    connect: {
      title: 'Ein Telefon verbinden',
      paired: (count: number) => `${formatPlural(count, 'Gerät ist', 'Geräte sind')} gekoppelt`,
      another: 'Weiteres Gerät verbinden',
      page: 'Auf der Seite, die sich auf dem Telefon öffnet, werden Fotos ausgewählt und gesendet. Sie muss dabei offen bleiben: Der Browser eines Telefons hält an, wenn die Seite geschlossen oder das Telefon gesperrt wird.',
      other: 'Andere Wege',
      background: 'Und von selbst, im Hintergrund?',
      backgroundText:
        'Die App YAIIU nutzt dafür die Upload-Aufträge von iOS 26.1, und die App Immich sendet im Hintergrund, soweit iPhone oder Android es zulassen. Beide melden sich bei Roost an. Selbst ausprobiert haben wir beide auf einem Telefon nicht.',
    },
    ways: {
      computer: 'Von einem anderen Computer',
      computerText:
        'Mit Roost auf dem anderen Computer sendet dieser Befehl Dateien und ganze Ordner. Beim ersten Mal fragt er nach dem Kopplungscode, und er lässt sich wiederholen: Was schon hier ist, wird nicht noch einmal gesendet.',
      computerClone: 'Aus einer Kopie des Quelltexts:',
      curl: 'Mit curl oder einem Skript',
      app: 'Aus jeder App, die eine Datei über HTTP senden kann',
      appText:
        'Roost nimmt jedes PUT oder POST mit den Bytes einer Datei und einem Token im Header. Auf dem iPhone kann das die Aktion „Inhalte von URL abrufen“ der App Kurzbefehle: Methode PUT, Haupttext der Anfrage „Datei“. Selbst ausprobiert haben wir das auf einem Telefon nicht.',
      appUrl: 'Adresse, mit einem eigenen Namen für jedes Foto:',
      appHeader: 'Header, mit einem Token vom Weg darüber:',
      copy: 'Kopieren',
    },
    photo: {
      title: 'Das erste Foto',
      waiting: 'Es erscheint hier von selbst, sobald es sicher ist.',
      waitingForDevice: 'Zuerst oben ein Telefon verbinden.',
      safe: (asset: TimelineAsset) => `${asset.fileName} ist sicher`,
      safeNext: 'Seine Bytes liegen auf dem Laufwerk dieses Computers, geprüft und verzeichnet.',
      already: (count: number) =>
        count === 1
          ? '1 Foto oder Video ist schon sicher'
          : `${formatPlural(count, 'Foto', 'Fotos und Videos')} sind schon sicher`,
      open: 'Ansehen',
      timeline: 'Zur Zeitleiste',
      making: 'Das Bild entsteht',
      alt: (asset: TimelineAsset) => `Das Foto ${asset.fileName}`,
    },
  },
});

/** A line that sends a folder from another computer; `address` is a base address of the LAN listener. */
export function sendLine(address: string, isClone = false): string {
  const program = isClone ? 'npm run -s roost -- send' : 'roost send';
  return `${program} --to ${new URL(address).host} Pictures`;
}

/** Where an app puts a photo, and the header it needs. */
export function putAddress(address: string): string {
  return `${address}/v1/assets/NAME-OF-THE-PHOTO/photo`;
}

export const TOKEN_HEADER = 'Authorization: Bearer TOKEN';
