/** One polite live region for the whole window, made on first use. */
let region: HTMLElement | undefined;

/** Has screen readers say a sentence without moving the focus or showing anything. */
export function announce(sentence: string): void {
  if (region === undefined) {
    region = document.createElement('div');
    region.className = 'visually-hidden';
    region.setAttribute('role', 'status');
    region.setAttribute('data-live-announcer', 'true');
    document.body.append(region);
  }
  // The same words twice would not be said twice; a trailing blank makes them new.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}
