import { pageLanguage, pageWords, type PageWords } from './page-words.ts';

/** Puts the words of the page's language where index.html names them, and tells the browser which language it is. */
export function fillWords(): void {
  document.documentElement.lang = pageLanguage;
  document.title = pageWords.title;
  for (const each of document.querySelectorAll<HTMLElement>('[data-words]')) {
    each.replaceChildren(...nodesOf(sentence(each.dataset['words'])));
  }
  for (const each of document.querySelectorAll<HTMLElement>('[data-label]')) {
    each.setAttribute('aria-label', sentence(each.dataset['label']));
  }
}

/**
 * A sentence by its name.
 * @throws Error when the page and its words do not belong together
 */
function sentence(name = ''): string {
  const words = Object.hasOwn(pageWords, name) ? pageWords[name as keyof PageWords] : undefined;
  if (typeof words !== 'string') throw new Error(`There are no words "${name}".`);
  return words;
}

/** Names stand in elements of their own, which are filled once they are known. */
function nodesOf(words: string): (string | HTMLElement)[] {
  return words.split(/(\{computer\}|\{device\})/).map((part) => {
    if (part !== '{computer}' && part !== '{device}') return part;
    const name = document.createElement('span');
    if (part === '{computer}') name.className = 'computer-name';
    else name.id = 'own-name';
    return name;
  });
}
