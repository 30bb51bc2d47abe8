import { pageLanguage } from './language.ts';

/** Sentences that the service or shared/ says in English and that have no code of their own. */
const GERMAN: readonly (readonly [RegExp, string])[] = [
  [/^The library folder must be a full path\.$/, 'Es muss ein vollständiger Pfad sein.'],
  [
    /^The library folder must not lie in the folder of Roost’s own data\.$/,
    'Der Ordner der Bibliothek darf nicht im Ordner mit Roosts eigenen Daten liegen.',
  ],
  [/^(.+) is not a folder\.$/, '$1 ist kein Ordner.'],
  [/^Roost cannot write to this folder\.$/, 'In diesen Ordner kann Roost nicht schreiben.'],
  [/^The path of the folder is not a whole one\.$/, 'Der Pfad des Ordners ist nicht vollständig.'],
  [/^There is a file of that name\.$/, 'Dort liegt eine Datei dieses Namens.'],
  [
    /^It is in the library, or in another folder that Roost itself keeps\.$/,
    'Er liegt in der Bibliothek oder in einem anderen Ordner, den Roost selbst führt.',
  ],
  [
    /^The folder that it is to be in does not exist\.$/,
    'Den Ordner, in dem er liegen soll, gibt es nicht.',
  ],
  [/^The folder cannot be made\.$/, 'Der Ordner lässt sich nicht anlegen.'],
  [/^Roost may not write there\.$/, 'Roost darf dort nicht schreiben.'],
  [/^Too many files there have the same name\.$/, 'Zu viele Dateien dort haben denselben Namen.'],
  [/^Another program writes there, too\.$/, 'Ein anderes Programm schreibt ebenfalls dorthin.'],
  [/^The template is empty\.$/, 'Die Vorlage ist leer.'],
  [/^The template is longer than (\d+) characters\.$/, 'Die Vorlage ist länger als $1 Zeichen.'],
  [/^There are more than (\d+) parts\.$/, 'Es sind mehr als $1 Teile.'],
  [
    /^The last part must have \{name\} in it, once, and no other part\.$/,
    'Der letzte Teil, und nur er, muss genau einmal {name} enthalten.',
  ],
  [
    /^There is nothing between two "\/", or before or after one\.$/,
    'Vor, nach oder zwischen „/“ steht nichts.',
  ],
  [/^There is no (\{.*\})\.$/, '$1 gibt es nicht.'],
  [
    /^"(.+)" begins or ends with a dot or a blank\.$/,
    '„$1“ beginnt oder endet mit einem Punkt oder Leerzeichen.',
  ],
  [
    /^"(.+)" is a name that is kept for something else\.$/,
    '„$1“ ist ein Name, der für anderes vorgesehen ist.',
  ],
  [/^A "([{}])" has no counterpart\.$/, 'Zu „$1“ fehlt die andere Klammer.'],
  [
    /^Parts are separated by "\/", also on Windows\.$/,
    'Teile werden durch „/“ getrennt, auch unter Windows.',
  ],
  [
    /^There is a character in it that cannot be seen\.$/,
    'Darin ist ein Zeichen, das man nicht sieht.',
  ],
  [
    /^"(.+)" cannot stand in a name on every computer\.$/,
    '„$1“ kann nicht auf jedem Computer in einem Namen stehen.',
  ],
];

/** The sentence in the page's language; one that is not known here stays as it was said. */
export function serviceSentence(text: string): string {
  if (pageLanguage === 'en') return text;
  for (const [pattern, german] of GERMAN) {
    if (pattern.test(text)) return text.replace(pattern, german);
  }
  return text;
}
