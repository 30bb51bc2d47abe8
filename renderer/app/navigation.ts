import { useSyncExternalStore } from 'react';

/** What the window keeps in a history entry: how many of its own entries lie before it. */
interface EntryState {
  readonly depth: number;
}

const listeners = new Set<() => void>();
let count = 0;

function notify(): void {
  count += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', notify);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', notify);
  };
}

/** How often the address changed since the window was opened. */
export function navigationCount(): number {
  return count;
}

function depth(): number {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'depth' in state
    ? Number(state.depth) || 0
    : 0;
}

/** Goes to another view; `replace` leaves no way back to the current one. */
export function navigate(address: string, options: { readonly replace?: boolean } = {}): void {
  const isReplace = options.replace === true;
  const state: EntryState = { depth: isReplace ? depth() : depth() + 1 };
  if (isReplace) history.replaceState(state, '', address);
  else history.pushState(state, '', address);
  notify();
}

/** Goes back to the view before; where the window was opened at this one, to `fallback` instead. */
export function navigateBack(fallback: string): void {
  if (depth() > 0) history.back();
  else navigate(fallback, { replace: true });
}

/** Path of the current address, e.g. `/jobs`. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** Query of the current address, so that filters are part of it. */
export function useSearch(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return new URLSearchParams(search);
}

/** Fragment of the current address, e.g. `#checking`. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}
