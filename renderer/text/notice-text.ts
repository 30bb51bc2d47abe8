import { isErrorCode } from '../../shared/error-catalogue.ts';
import type { Overview } from '../../shared/window-views.ts';
import { errorWords } from './error-text.ts';
import { formatPlural } from './format.ts';
import { pageLanguage } from './language.ts';

type Notice = Overview['notices'][number];

/** A thing a person should know; of one that this window has no words for, what the service says. */
export function noticeWords(notice: Notice): string {
  return pageLanguage === 'de' ? german(notice) : notice.text;
}

function german({ code, text, values = [] }: Notice): string {
  const [first = '', second = ''] = values;
  switch (code) {
    case 'settings-unreadable':
      return `Die Einstellungen waren nicht lesbar und liegen nun in ${first}. Roost läuft mit seinen Vorgaben.`;
    case 'journal-damaged':
      return `${formatPlural(Number(first), 'Zeile', 'Zeilen')} im Journal der Bibliothek beschädigt. „roost verify“ zeigt, was sie betreffen.`;
    case 'device-quiet':
      return `Von ${first} war ${formatPlural(Number(second), 'Tag', 'Tage')} lang nichts zu hören.`;
    case 'settings-overridden':
      return `Roost wurde für diesen Lauf mit anderen Werten gestartet als in den Einstellungen: ${values.map(override).join(', ')}.`;
    default:
      if (!isErrorCode(code)) return `Roost sagt dazu, auf Englisch: „${text}“`;
      return `Geräte können Roost nicht erreichen. ${errorWords(code).title} ${errorWords(code).nextStep}`;
  }
}

function override(value: string): string {
  const [setting, ...rest] = value.split('=');
  const is = rest.join('=');
  if (setting === 'libraryFolder') return `Bibliothek in ${is}`;
  if (setting === 'lanPort') return `Port ${is}`;
  return is === 'true' ? 'im Netz bekannt gemacht' : 'im Netz nicht bekannt gemacht';
}
