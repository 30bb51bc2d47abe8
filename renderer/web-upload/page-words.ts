/** Languages of the page; the window has the same. */
const LANGUAGES = ['en', 'de'] as const;

export type PageLanguage = (typeof LANGUAGES)[number];

/** The first language asked for that there is, by its main part: `de-AT` is `de`; English without any. */
export function languageFor(asked: readonly string[]): PageLanguage {
  const mains = asked.map((each) => each.split('-')[0]?.toLowerCase());
  return mains.map((main) => LANGUAGES.find((each) => each === main)).find(Boolean) ?? 'en';
}

const whole = (count: number, language: PageLanguage): string =>
  new Intl.NumberFormat(language).format(count);
const en = (count: number): string => whole(count, 'en');
const de = (count: number): string => whole(count, 'de');

/** `{computer}` and `{device}` stand for names, which come into the page as text of their own. */
const ENGLISH = {
  title: 'Send photos · Roost',
  looking: 'Looking for the computer…',
  unreachable: 'The computer does not answer',
  unreachableNext:
    'Is it switched on, is Roost running there, and is this device in the same network? This page keeps trying by itself.',
  tryNow: 'Try now',
  connectTo: 'Connect to {computer}',
  straight: 'Photos go straight to that computer over your own network. No cloud, no account.',
  code: 'Pairing code',
  codeHelp: 'On the computer, open Roost, choose Devices, then “Pair a device”.',
  deviceName: 'Name of this device',
  deviceNameHelp: 'Its photos go into a folder of this name.',
  connect: 'Connect',
  connecting: 'Connecting…',
  keepsKey:
    'This browser then keeps a key for the computer in its storage (localStorage, no cookies), so that you need no code next time. You can remove it here at any time.',
  codeNeeded: 'Type the code the computer shows.',
  codeWrong: 'The code has 8 digits.',
  nameNeeded: 'Give this device a name.',
  noAnswer: 'The computer does not answer. Look whether Roost runs there.',
  notPaired: 'This phone is not paired any more. Type a new code below.',
  connectAgain: 'This phone is not paired any more. Connect it again.',
  notKept:
    'This browser keeps nothing here, perhaps because the window is private. The connection lasts until you close this page.',
  sendTo: 'Send photos to {computer}',
  bitForBit:
    'Roost keeps every file bit for bit as this browser hands it over. What is there already is not sent again.',
  choose: 'Choose photos and videos',
  originals: 'Are these the originals?',
  originalsNot:
    'Not always: the phone decides what a web page gets. An iPhone turns HEIC photos into JPEG and leaves out the movie of a Live Photo when you choose from the photo library. Android may leave out the place where a photo was taken.',
  originalsHow:
    'To send an untouched original, save it to the phone’s files first and choose it from there.',
  keeps: 'What this browser keeps',
  keepsWhat:
    'A key for {computer}, as device “{device}”, in this browser’s storage. Whoever can use this browser can send photos with it, and nothing else.',
  forget: 'Forget this computer',
  forgetHelp:
    'Photos that were sent stay on the computer. It lists this device until you remove it there.',
  forgotten: 'Forgotten. To send photos again, pair this device with a new code.',
  sendingTo: (computer: string) => `Sending to ${computer}`,
  sending: 'Sending · Roost',
  asking: 'Looking what is there already…',
  lost: 'The computer does not answer at the moment. Nothing is lost; this goes on by itself.',
  beingSent: 'Being sent',
  stop: 'Stop',
  of: (part: string, all: string) => `${part} of ${all}`,
  moreWaiting: (count: number) => `${en(count)} more waiting`,
  isLost: 'The computer does not answer.',
  goesOn: 'Sending goes on.',
  keepOpen: 'Keep this page open and the screen on until all is sent.',
  writing: (size: string) => `${size} sent, the computer is writing it`,
  nothingSent: 'Nothing was sent',
  safeOn: (what: string, count: number, computer: string) =>
    `${what} ${count === 1 ? 'is' : 'are'} safe on ${computer}`,
  allAlready: 'Already safe: nothing had to be sent again.',
  someAlready: (count: number) =>
    `${en(count)} of them ${count === 1 ? 'was' : 'were'} there already.`,
  notSentCount: (count: number) =>
    `${en(count)} ${count === 1 ? 'file was' : 'files were'} not sent.`,
  mayClose: 'You can close this page.',
  sendRest: 'Try the rest again',
  chooseMore: 'Choose more',
  notSent: 'Not sent',
  fileGone: 'The phone no longer gives this file to the page. Choose it again.',
  alwaysBroke: 'The connection broke each time. Nothing of it was kept on the computer.',
  photos: (count: number) => `${en(count)} ${count === 1 ? 'photo' : 'photos'}`,
  videos: (count: number) => `${en(count)} ${count === 1 ? 'video' : 'videos'}`,
  and: (one: string, other: string) => `${one} and ${other}`,
  bytes: (count: number) => `${en(count)} bytes`,
  windowsComputer: 'Windows PC',
  linuxComputer: 'Linux computer',
  androidPhone: 'Android phone',
  androidTablet: 'Android tablet',
};

/** Every sentence of the page. */
export type PageWords = {
  readonly [Name in keyof typeof ENGLISH]: (typeof ENGLISH)[Name];
};

const GERMAN: PageWords = {
  title: 'Fotos senden · Roost',
  looking: 'Der Computer wird gesucht …',
  unreachable: 'Der Computer antwortet nicht',
  unreachableNext:
    'Ist er eingeschaltet, läuft Roost dort, und ist dieses Gerät im selben Netz? Diese Seite versucht es von selbst weiter.',
  tryNow: 'Jetzt versuchen',
  connectTo: 'Mit {computer} verbinden',
  straight: 'Fotos gehen im eigenen Netz geradewegs zu diesem Computer. Keine Cloud, kein Konto.',
  code: 'Kopplungscode',
  codeHelp: 'Am Computer Roost öffnen, „Geräte“ wählen, dann „Gerät koppeln“.',
  deviceName: 'Name dieses Geräts',
  deviceNameHelp: 'Seine Fotos kommen in einen Ordner mit diesem Namen.',
  connect: 'Verbinden',
  connecting: 'Wird verbunden …',
  keepsKey:
    'Dieser Browser behält danach einen Schlüssel für den Computer in seinem Speicher (localStorage, keine Cookies), sodass beim nächsten Mal kein Code nötig ist. Er lässt sich hier jederzeit entfernen.',
  codeNeeded: 'Den Code eingeben, den der Computer zeigt.',
  codeWrong: 'Der Code hat 8 Ziffern.',
  nameNeeded: 'Diesem Gerät einen Namen geben.',
  noAnswer: 'Der Computer antwortet nicht. Nachsehen, ob Roost dort läuft.',
  notPaired: 'Dieses Telefon ist nicht mehr gekoppelt. Unten einen neuen Code eingeben.',
  connectAgain: 'Dieses Telefon ist nicht mehr gekoppelt. Erneut verbinden.',
  notKept:
    'Dieser Browser behält hier nichts, vielleicht weil das Fenster privat ist. Die Verbindung hält, bis diese Seite geschlossen wird.',
  sendTo: 'Fotos an {computer} senden',
  bitForBit:
    'Roost behält jede Datei Bit für Bit so, wie dieser Browser sie übergibt. Was schon dort ist, wird nicht noch einmal gesendet.',
  choose: 'Fotos und Videos wählen',
  originals: 'Sind das die Originale?',
  originalsNot:
    'Nicht immer: Das Telefon entscheidet, was eine Webseite bekommt. Ein iPhone macht aus HEIC-Fotos JPEG und lässt den Film eines Live Photo weg, wenn aus der Fotomediathek gewählt wird. Android lässt vielleicht den Ort der Aufnahme weg.',
  originalsHow:
    'Um ein unberührtes Original zu senden, es zuerst in den Dateien des Telefons sichern und dort wählen.',
  keeps: 'Was dieser Browser behält',
  keepsWhat:
    'Einen Schlüssel für {computer}, als Gerät „{device}“, im Speicher dieses Browsers. Wer diesen Browser benutzen kann, kann damit Fotos senden, und sonst nichts.',
  forget: 'Diesen Computer vergessen',
  forgetHelp:
    'Gesendete Fotos bleiben auf dem Computer. Er führt dieses Gerät, bis es dort entfernt wird.',
  forgotten: 'Vergessen. Um wieder Fotos zu senden, dieses Gerät mit einem neuen Code koppeln.',
  sendingTo: (computer) => `Senden an ${computer}`,
  sending: 'Senden · Roost',
  asking: 'Es wird nachgesehen, was schon dort ist …',
  lost: 'Der Computer antwortet gerade nicht. Nichts ist verloren; es geht von selbst weiter.',
  beingSent: 'Wird gesendet',
  stop: 'Anhalten',
  of: (part, all) => `${part} von ${all}`,
  moreWaiting: (count) => (count === 1 ? '1 weitere wartet' : `${de(count)} weitere warten`),
  isLost: 'Der Computer antwortet nicht.',
  goesOn: 'Das Senden geht weiter.',
  keepOpen: 'Diese Seite offen und den Bildschirm an lassen, bis alles gesendet ist.',
  writing: (size) => `${size} gesendet, der Computer schreibt die Datei`,
  nothingSent: 'Nichts wurde gesendet',
  safeOn: (what, count, computer) =>
    `${what} ${count === 1 ? 'ist' : 'sind'} sicher auf ${computer}`,
  allAlready: 'Schon sicher: Nichts musste noch einmal gesendet werden.',
  someAlready: (count) =>
    count === 1 ? 'Davon war 1 schon dort.' : `Davon waren ${de(count)} schon dort.`,
  notSentCount: (count) =>
    count === 1 ? '1 Datei wurde nicht gesendet.' : `${de(count)} Dateien wurden nicht gesendet.`,
  mayClose: 'Diese Seite kann geschlossen werden.',
  sendRest: 'Den Rest erneut versuchen',
  chooseMore: 'Weitere wählen',
  notSent: 'Nicht gesendet',
  fileGone: 'Das Telefon gibt der Seite diese Datei nicht mehr. Sie erneut wählen.',
  alwaysBroke: 'Die Verbindung brach jedes Mal ab. Auf dem Computer wurde nichts davon behalten.',
  photos: (count) => `${de(count)} ${count === 1 ? 'Foto' : 'Fotos'}`,
  videos: (count) => `${de(count)} ${count === 1 ? 'Video' : 'Videos'}`,
  and: (one, other) => `${one} und ${other}`,
  bytes: (count) => `${de(count)} ${count === 1 ? 'Byte' : 'Bytes'}`,
  windowsComputer: 'Windows-PC',
  linuxComputer: 'Linux-Computer',
  androidPhone: 'Android-Telefon',
  androidTablet: 'Android-Tablet',
};

export const WORDS: Readonly<Record<PageLanguage, PageWords>> = { en: ENGLISH, de: GERMAN };

/** The language of the page, and its words. */
export const pageLanguage: PageLanguage = languageFor(navigator.languages);
export const pageWords: PageWords = WORDS[pageLanguage];
