import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in the search bar when the chip that was pressed goes with it: it is then on the chip of what was
 * added, else on one of those that are left, else in the field. `keys` are those of the active chips in their order.
 * Call what it gives right before a chip changes the filter.
 */
export function useChipFocus(
  bar: RefObject<HTMLElement | null>,
  keys: readonly string[],
): () => void {
  const before = useRef<readonly string[]>(undefined);
  useLayoutEffect(() => {
    const old = before.current;
    if (old === undefined || old.join(' ') === keys.join(' ')) return;
    before.current = undefined;
    const chipOf = (key: string | undefined) =>
      key === undefined
        ? undefined
        : bar.current?.querySelector<HTMLElement>(`[data-chip="${CSS.escape(key)}"]`);
    const added = keys.find((key) => !old.includes(key));
    const removed = old.findIndex((key) => !keys.includes(key));
    const chip = chipOf(added) ?? chipOf(keys[Math.min(removed, keys.length - 1)]);
    (chip ?? bar.current?.querySelector<HTMLElement>('.search__input'))?.focus();
  });
  return () => {
    before.current = keys;
  };
}
