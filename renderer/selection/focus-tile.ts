/** Puts the focus where keys go on: on the tile that has its place in the order of tabs, or the first one in view. */
export function focusTile(): void {
  const tiles = [...document.querySelectorAll<HTMLElement>('.timeline .tile__link')];
  const stop = tiles.find((tile) => tile.tabIndex === 0 && isInView(tile));
  const heading = document.querySelector<HTMLElement>('main h1[tabindex="-1"]');
  (stop ?? tiles.find(isInView) ?? heading)?.focus({ preventScroll: true });
}

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
