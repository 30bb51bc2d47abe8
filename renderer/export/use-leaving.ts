import { useEffect, useEffectEvent } from 'react';

const SHOWN_MS = 10_000;

/**
 * Has what is over leave by itself, a while after somebody was there to see it: the pointer moved or a key was pressed
 * since. `isHeld` stops that.
 */
export function useLeaving(isOver: boolean, isHeld: boolean, leave: () => void): void {
  const onTime = useEffectEvent(leave);
  useEffect(() => {
    if (!isOver || isHeld) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (): void => {
      timer ??= setTimeout(() => onTime(), SHOWN_MS);
    };
    for (const type of ['pointermove', 'pointerdown', 'keydown'] as const) {
      document.addEventListener(type, begin, { passive: true });
    }
    return () => {
      clearTimeout(timer);
      for (const type of ['pointermove', 'pointerdown', 'keydown'] as const) {
        document.removeEventListener(type, begin);
      }
    };
  }, [isOver, isHeld]);
}
