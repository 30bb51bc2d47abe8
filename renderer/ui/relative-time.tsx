import { useSyncExternalStore } from 'react';

import { formatInstant, formatRelativeTime } from '../text/format.ts';
import { makeCurrentTime } from './current-time.ts';

const time = makeCurrentTime(() => Date.now());

/** The current time, renewed every few seconds by one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(time.subscribe, time.now);
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
