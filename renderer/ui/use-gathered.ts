import { useCallback, useEffect, useEffectEvent, useRef } from 'react';

/** At most one sentence in so long: thousands of photos come by themselves. */
const SAY_EVERY_MS = 10_000;
/** So long after the first more of the same is waited for. */
const GATHER_MS = 2_000;

/**
 * Gathers what screen readers are to say: `say` runs some seconds after the first time it is asked for, once for all
 * that came until then.
 */
export function useGathered(say: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saidAt = useRef(-Infinity);
  const onDue = useEffectEvent(say);
  const due = useRef<() => void>(undefined);
  useEffect(() => {
    due.current = () => onDue();
    return () => clearTimeout(timer.current);
  }, []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const rest = saidAt.current + SAY_EVERY_MS - performance.now();
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        saidAt.current = performance.now();
        due.current?.();
      },
      Math.max(GATHER_MS, rest),
    );
  }, []);
}
