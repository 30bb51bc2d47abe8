import { inLanguage } from './language.ts';

/** Words of making a token for a script, on the devices page and the first page. */
export const tokenText = inLanguage({
  en: {
    title: 'A token for a script',
    hint: 'For curl, a cron job or anything else that can send a file over HTTP. It counts as a device and can be revoked like one.',
    name: 'Name',
    nameHint: 'Its folder in the library is called like this.',
    defaultName: 'My script',
    nameNeeded: 'A name is needed.',
    nameTooLong: 'At most 200 characters.',
    make: 'Make a token',
    makeAgain: 'Make a new token',
    again: (name: string, folder: string) =>
      `${name} can send again with a new token. What it sends goes on in its folder “${folder}”. Old tokens stay without effect.`,
    made: (name: string) => `Token for ${name}`,
    once: 'Copy this token now: Roost keeps only its hash.',
    token: 'Token',
    copyToken: 'Copy token',
    curl: 'Send a photo with curl',
    copyCurl: 'Copy command',
    curlHint:
      'Replace photo.jpg in all three places. The name in the address tells Roost which photo it is: sent again, it is recognised.',
  },
  de: {
    title: 'Ein Token für ein Skript',
    hint: 'Für curl, einen Cron-Job oder alles andere, das eine Datei über HTTP senden kann. Es zählt als Gerät, und sein Zugang lässt sich ebenso entziehen.',
    name: 'Name',
    nameHint: 'So heißt sein Ordner in der Bibliothek.',
    defaultName: 'Mein Skript',
    nameNeeded: 'Ein Name wird gebraucht.',
    nameTooLong: 'Höchstens 200 Zeichen.',
    make: 'Token erzeugen',
    makeAgain: 'Neues Token erzeugen',
    again: (name: string, folder: string) =>
      `Mit einem neuen Token kann ${name} wieder senden. Was es sendet, kommt weiter in seinen Ordner „${folder}“. Alte Token bleiben wirkungslos.`,
    made: (name: string) => `Token für ${name}`,
    once: 'Dieses Token jetzt kopieren: Roost behält nur seinen Hash.',
    token: 'Token',
    copyToken: 'Token kopieren',
    curl: 'Ein Foto mit curl senden',
    copyCurl: 'Befehl kopieren',
    curlHint:
      'photo.jpg an allen drei Stellen ersetzen. Der Name in der Adresse sagt Roost, welches Foto es ist: Erneut gesendet wird es wiedererkannt.',
  },
});

/** A line that sends one file with a device token; `address` is a base address of the LAN listener. */
export function curlLine(address: string, token: string): string {
  return `curl -T photo.jpg -H "Authorization: Bearer ${token}" -H "Roost-Filename: photo.jpg" ${address}/v1/assets/photo.jpg/photo`;
}
