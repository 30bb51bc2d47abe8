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

/** The first names; how many there are says the sentence. */
const listed = (names: readonly string[]): string =>
  names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '');

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
    'Not always: this page asks for originals, but the phone decides what it gets. An iPhone usually turns HEIC photos into JPEG and leaves out the movie of a Live Photo when you choose from the photo library. Android may leave out the place where a photo was taken. A photo taken while choosing, with the camera there, is a smaller JPEG.',
  originalsHow:
    'On an iPhone, look for “Options” while choosing and take “Current” as the format, where it is offered. To be sure of an untouched original, save it to the phone’s files first and choose it from there.',
  whileSending: 'When the phone is locked',
  whileSendingPauses:
    'A web page cannot send in the background. While the screen is locked, or you are in another app, sending pauses; it goes on by itself when you come back here. The same goes for lost Wi-Fi.',
  whileSendingKeeps:
    'What arrived of a long file stays on the computer for a week. If this page was closed or reloaded meanwhile, choose the same photos again: what is there is skipped, and a file that broke off goes on where it stopped.',
  homeScreen: 'Keep it on the Home Screen',
  homeScreenApple:
    'In Safari’s share menu, choose “Add to Home Screen”. The icon opens this page as an app of its own, which shares nothing with Safari: type a new code there once. It cannot send in the background either.',
  homeScreenAndroid:
    'In the browser’s menu, choose “Add to Home screen”. That makes a shortcut to this page. It cannot be installed as an app: browsers allow that over HTTPS only.',
  homeScreenAddress: (host: string) =>
    `The icon leads to ${host}. If your computer gets another address, scan the QR code again.`,
  unfinished: (names: readonly string[]) =>
    names.length === 1
      ? `${names.join()} was not finished. Choose it again, and it goes on where it stopped.`
      : `${en(names.length)} files were not finished: ${listed(names)}. Choose them again, and they go on where they stopped.`,
  keeps: 'What this browser keeps',
  keepsWhat:
    'A key for {computer}, as device “{device}”, in this browser’s storage. Whoever can use this browser can send photos with it, and view, download and mark as favourites those this device sent. They see nothing of other devices and can delete nothing.',
  forget: 'Forget this computer',
  forgetHelp:
    'Photos that were sent stay on the computer. It lists this device until you remove it there.',
  forgotten: 'Forgotten. To send photos again, pair this device with a new code.',
  sendingTo: (computer: string) => `Sending to ${computer}`,
  sending: 'Sending · Roost',
  asking: 'Looking what is there already…',
  waitingFor: (computer: string) => `Waiting for ${computer}`,
  lost: 'The computer does not answer at the moment. Nothing is lost; this goes on by itself.',
  offline:
    'This device has no network at the moment. Nothing is lost; this goes on by itself once it is back.',
  goesOnLater: 'This goes on by itself.',
  nextTry: (seconds: number) =>
    seconds <= 1 ? 'Next try in a moment.' : `Next try in ${en(seconds)} seconds.`,
  paused: 'paused',
  perSecond: (amount: string) => `${amount}/s`,
  secondsLeft: 'under a minute left',
  minutesLeft: (minutes: number) => `about ${en(minutes)} min left`,
  hoursLeft: (hours: number, minutes: number) =>
    `about ${en(hours)} h${minutes === 0 ? '' : ` ${en(minutes)} min`} left`,
  beingSent: 'Being sent',
  stop: 'Stop',
  of: (part: string, all: string) => `${part} of ${all}`,
  moreWaiting: (count: number) => `${en(count)} more waiting`,
  isLost: 'The computer does not answer.',
  goesOn: 'Sending goes on.',
  keepOpen:
    'Keep this page open and the screen on. If the phone locks or you switch apps, sending pauses until you come back.',
  staysAwake:
    'The screen stays on by itself. If you lock the phone or switch apps, sending pauses until you come back.',
  writing: (size: string) => `${size} sent, being checked`,
  nothingSent: 'Nothing was sent',
  safeOn: (what: string, count: number, computer: string) =>
    `${what} ${count === 1 ? 'is' : 'are'} safe on ${computer}`,
  allAlready: 'Already safe: nothing had to be sent again.',
  sentCount: (count: number) => `${en(count)} sent`,
  alreadyCount: (count: number) => `${en(count)} already there`,
  notSentCount: (count: number) => `${en(count)} not sent`,
  stoppedHere:
    'Sending was stopped. What arrived is kept; the rest can go on from here at any time.',
  mayClose: 'You can close this page.',
  sendRest: 'Try the rest again',
  chooseMore: 'Choose more',
  notSent: 'Not sent',
  fileGone: 'The phone no longer gives this file to the page. Choose it again.',
  alwaysBroke:
    'The connection broke each time before anything more arrived. Try it again, perhaps nearer to the router.',
  photos: (count: number) => `${en(count)}\u00a0${count === 1 ? 'photo' : 'photos'}`,
  videos: (count: number) => `${en(count)}\u00a0${count === 1 ? 'video' : 'videos'}`,
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
    'Nicht immer: Diese Seite bittet um Originale, aber das Telefon entscheidet, was sie bekommt. Ein iPhone macht aus HEIC-Fotos meist JPEG und lässt den Film eines Live Photo weg, wenn aus der Fotomediathek gewählt wird. Android lässt vielleicht den Ort der Aufnahme weg. Ein Foto, das erst beim Wählen mit der Kamera entsteht, ist ein kleineres JPEG.',
  originalsHow:
    'Auf einem iPhone beim Wählen nach „Optionen“ sehen und als Format „Aktuell“ nehmen, wo es angeboten wird. Um sicher ein unberührtes Original zu senden, es zuerst in den Dateien des Telefons sichern und dort wählen.',
  whileSending: 'Bei gesperrtem Telefon',
  whileSendingPauses:
    'Eine Webseite kann nicht im Hintergrund senden. Solange der Bildschirm gesperrt oder eine andere App offen ist, pausiert das Senden; es geht von selbst weiter, sobald diese Seite wieder zu sehen ist. Dasselbe gilt, wenn das WLAN weg war.',
  whileSendingKeeps:
    'Was von einer langen Datei angekommen ist, bleibt eine Woche auf dem Computer. Wurde diese Seite inzwischen geschlossen oder neu geladen, dieselben Fotos noch einmal wählen: Was dort ist, wird übersprungen, und eine abgebrochene Datei geht weiter, wo sie aufgehört hat.',
  homeScreen: 'Auf den Home-Bildschirm',
  homeScreenApple:
    'In Safari im Teilen-Menü „Zum Home-Bildschirm“ wählen. Das Symbol öffnet diese Seite als eigene App, die nichts mit Safari teilt: Dort einmal einen neuen Code eingeben. Im Hintergrund senden kann auch sie nicht.',
  homeScreenAndroid:
    'Im Menü des Browsers „Zum Startbildschirm hinzufügen“ wählen. Das legt eine Verknüpfung zu dieser Seite an. Als App lässt sie sich nicht installieren: Das erlauben Browser nur über HTTPS.',
  homeScreenAddress: (host) =>
    `Das Symbol führt zu ${host}. Bekommt der Computer eine andere Adresse, den QR-Code erneut scannen.`,
  unfinished: (names) =>
    names.length === 1
      ? `${names.join()} ist nicht fertig geworden. Noch einmal gewählt, geht die Datei weiter, wo sie aufgehört hat.`
      : `${de(names.length)} Dateien sind nicht fertig geworden: ${listed(names)}. Noch einmal gewählt, gehen sie weiter, wo sie aufgehört haben.`,
  keeps: 'Was dieser Browser behält',
  keepsWhat:
    'Einen Schlüssel für {computer}, als Gerät „{device}“, im Speicher dieses Browsers. Wer diesen Browser benutzen kann, kann damit Fotos senden und die von diesem Gerät gesendeten ansehen, herunterladen und als Favoriten markieren. Von anderen Geräten ist nichts zu sehen, und löschen lässt sich nichts.',
  forget: 'Diesen Computer vergessen',
  forgetHelp:
    'Gesendete Fotos bleiben auf dem Computer. Er führt dieses Gerät, bis es dort entfernt wird.',
  forgotten: 'Vergessen. Um wieder Fotos zu senden, dieses Gerät mit einem neuen Code koppeln.',
  sendingTo: (computer) => `Senden an ${computer}`,
  sending: 'Senden · Roost',
  asking: 'Es wird nachgesehen, was schon dort ist …',
  waitingFor: (computer) => `Warten auf ${computer}`,
  lost: 'Der Computer antwortet gerade nicht. Nichts ist verloren; es geht von selbst weiter.',
  offline:
    'Dieses Gerät hat gerade kein Netz. Nichts ist verloren; es geht von selbst weiter, sobald es wieder da ist.',
  goesOnLater: 'Es geht von selbst weiter.',
  nextTry: (seconds) =>
    seconds <= 1 ? 'Nächster Versuch gleich.' : `Nächster Versuch in ${de(seconds)} Sekunden.`,
  paused: 'pausiert',
  perSecond: (amount) => `${amount}/s`,
  secondsLeft: 'noch unter 1 min',
  minutesLeft: (minutes) => `noch etwa ${de(minutes)} min`,
  hoursLeft: (hours, minutes) =>
    `noch etwa ${de(hours)} h${minutes === 0 ? '' : ` ${de(minutes)} min`}`,
  beingSent: 'Wird gesendet',
  stop: 'Anhalten',
  of: (part, all) => `${part} von ${all}`,
  moreWaiting: (count) => (count === 1 ? '1 weitere wartet' : `${de(count)} weitere warten`),
  isLost: 'Der Computer antwortet nicht.',
  goesOn: 'Das Senden geht weiter.',
  keepOpen:
    'Diese Seite offen und den Bildschirm an lassen. Ist das Telefon gesperrt oder eine andere App offen, pausiert das Senden bis zur Rückkehr.',
  staysAwake:
    'Der Bildschirm bleibt von selbst an. Ist das Telefon gesperrt oder eine andere App offen, pausiert das Senden bis zur Rückkehr.',
  writing: (size) => `${size} gesendet, wird geprüft`,
  nothingSent: 'Nichts wurde gesendet',
  safeOn: (what, count, computer) =>
    `${what} ${count === 1 ? 'ist' : 'sind'} sicher auf ${computer}`,
  allAlready: 'Schon sicher: Nichts musste noch einmal gesendet werden.',
  sentCount: (count) => `${de(count)} gesendet`,
  alreadyCount: (count) => `${de(count)} schon dort`,
  notSentCount: (count) => `${de(count)} nicht gesendet`,
  stoppedHere:
    'Das Senden wurde angehalten. Was angekommen ist, bleibt; der Rest kann jederzeit von hier aus weitergehen.',
  mayClose: 'Diese Seite kann geschlossen werden.',
  sendRest: 'Den Rest erneut versuchen',
  chooseMore: 'Weitere wählen',
  notSent: 'Nicht gesendet',
  fileGone: 'Das Telefon gibt der Seite diese Datei nicht mehr. Sie erneut wählen.',
  alwaysBroke:
    'Die Verbindung brach jedes Mal ab, bevor mehr angekommen war. Erneut versuchen, vielleicht näher am Router.',
  photos: (count) => `${de(count)}\u00a0${count === 1 ? 'Foto' : 'Fotos'}`,
  videos: (count) => `${de(count)}\u00a0${count === 1 ? 'Video' : 'Videos'}`,
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
