/**
 * The element of index.html with this id.
 * @throws Error when the page and its script do not belong together
 */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} "${id}".`);
  return found;
}

const SECTIONS = ['loading', 'unreachable', 'pair', 'choose', 'sending', 'done'] as const;

/** Shows one part of the page and takes a screen reader there. */
export function showSection(shown: (typeof SECTIONS)[number]): void {
  const wasShown = !element(shown, HTMLElement).hidden;
  for (const each of SECTIONS) element(each, HTMLElement).hidden = each !== shown;
  if (wasShown) return;
  window.scrollTo(0, 0);
  element(shown, HTMLElement)
    .querySelector<HTMLElement>('h1[tabindex]')
    ?.focus({ preventScroll: true });
}

/** The name came over the network: it is text and never markup. */
export function showComputerName(name: string): void {
  for (const each of document.querySelectorAll('.computer-name')) each.textContent = name;
}

/** Shows text, or hides its element when there is none. */
export function showText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
  target.hidden = text === '';
}

/** Says something to screen readers alone. */
export function announce(text: string): void {
  element('announcer', HTMLElement).textContent = text;
}
