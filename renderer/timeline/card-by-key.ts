/** Index of the card that a key leads to from the one at `at`; -1 for other keys and where there is none. */
export function cardByKey(cards: readonly HTMLElement[], at: number, key: string): number {
  switch (key) {
    case 'ArrowRight':
      return at + 1 < cards.length ? at + 1 : -1;
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowDown':
      return nearest(cards, at, (from, to) => to.top > from.top + 1);
    case 'ArrowUp':
      return nearest(cards, at, (from, to) => to.top < from.top - 1);
    case 'Home':
      return 0;
    case 'End':
      return cards.length - 1;
    default:
      return -1;
  }
}

/** The card of the nearest row in that direction whose middle lies nearest. */
function nearest(
  cards: readonly HTMLElement[],
  at: number,
  isThere: (from: DOMRect, to: DOMRect) => boolean,
): number {
  const from = cards[at]?.getBoundingClientRect();
  if (from === undefined) return -1;
  let best = -1;
  let least = Infinity;
  for (const [index, card] of cards.entries()) {
    const to = card.getBoundingClientRect();
    if (!isThere(from, to)) continue;
    // Rows first: a step up or down weighs more than any step aside.
    const distance = Math.abs(to.top - from.top) * 10_000 + Math.abs(to.left - from.left);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}
