import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';

export interface StillRowsParts {
  /** Of all rows, in their order. */
  readonly keys: readonly string[];
  /** The rows in sight, with where each begins. */
  readonly rowsInSight: () => readonly { readonly index: number; readonly start: number }[];
  readonly startOf: (index: number) => number | undefined;
  readonly scrollBy: (distance: number) => void;
  /** Who looks at the newest wants to see what comes. */
  readonly isAtTop: boolean;
}

/**
 * Keeps what a person looks at where it is while rows come and go above it: the first row in sight that is still
 * there afterwards stays at its place.
 */
export function useStillRows(parts: StillRowsParts): void {
  const seen = useRef<readonly { readonly key: string; readonly start: number }[]>([]);

  const hold = useEffectEvent(() => {
    const { keys, startOf, scrollBy, isAtTop } = parts;
    const places = new Map(keys.map((key, index) => [key, index]));
    const kept = seen.current.find(({ key }) => places.has(key));
    seen.current = [];
    const start = kept && startOf(places.get(kept.key) ?? 0);
    if (kept === undefined || start === undefined || isAtTop) return;
    if (start !== kept.start) scrollBy(start - kept.start);
  });
  // Other heights of the same rows are the virtualizer's own matter.
  const order = parts.keys.join('\n');
  useLayoutEffect(() => hold(), [order]);

  useEffect(() => {
    const { keys, rowsInSight } = parts;
    seen.current = rowsInSight().map(({ index, start }) => ({ key: keys[index] ?? '', start }));
  });
}
