import { useSyncExternalStore } from 'react';

import { formatInstant, formatRelativeTime } from '../text/format.ts';

const TICK_MS = 15_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The current time, renewed every few seconds by one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** "3 minutes ago", kept current; the exact time shows on hover. `at` is an instant in milliseconds UTC. */
export function RelativeTime({ at }: { readonly at: number }) {
  const current = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
      {formatRelativeTime(at, Math.max(current, at))}
    </time>
  );
}
