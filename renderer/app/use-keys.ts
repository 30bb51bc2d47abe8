import { useEffect, useEffectEvent } from 'react';

/** A first key waits this long for its second. */
const SECOND_WITHIN_MS = 1_500;

const TEXT = 'input, textarea, select, [contenteditable="true"]';
/** In a list, letters look for an entry; in a dialog, the page below is out of reach. */
const OWN_KEYS = '[role="listbox"], [role="menu"], .dialog-scrim';

/** Whether a key press is meant for what has the focus, and not for the window. */
function isForFocus(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  return target instanceof Element && target.closest(`${TEXT}, ${OWN_KEYS}`) !== null;
}

/**
 * Keys that count on every page: by one key such as `?`, or by two pressed one after the other such as `g h`.
 * Text fields, lists and dialogs keep what is typed into them.
 */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const run = useEffectEvent((keys: string): boolean => {
    const action = Object.hasOwn(actions, keys) ? actions[keys] : undefined;
    action?.();
    return action !== undefined;
  });
  const begins = useEffectEvent((key: string) =>
    Object.keys(actions).some((keys) => keys.startsWith(`${key} `)),
  );
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Shift') return;
      const before = first;
      first = undefined;
      if (isForFocus(event)) return;
      const isSecond = before !== undefined && event.timeStamp - before.at < SECOND_WITHIN_MS;
      const isDone = (isSecond && run(`${before.key} ${event.key}`)) || run(event.key);
      if (isDone) {
        event.preventDefault();
        event.stopPropagation();
      }
      if (!isDone && begins(event.key)) first = { key: event.key, at: event.timeStamp };
    };
    // Before the page's own keys: the second of two is not one of them.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
