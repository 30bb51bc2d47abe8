import { useId, useLayoutEffect, useSyncExternalStore } from 'react';

let open: readonly string[] = [];
const listeners = new Set<() => void>();

function change(next: readonly string[]): void {
  open = next;
  for (const listener of listeners) listener();
}

/**
 * Whether an open dialog is the one a person sees: the last that was opened. Others are hidden until it closes, with
 * all that was typed into them, so that dialogs never stand above each other.
 */
export function useIsTopDialog(isOpen: boolean): boolean {
  const id = useId();
  useLayoutEffect(() => {
    if (!isOpen) return;
    change([...open, id]);
    return () => change(open.filter((each) => each !== id));
  }, [id, isOpen]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => !open.includes(id) || open.at(-1) === id,
  );
}
