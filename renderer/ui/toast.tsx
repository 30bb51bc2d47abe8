import './toast.css';

import { useEffect, useSyncExternalStore } from 'react';

import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly label: string;
  readonly onPress: () => void;
  /** It takes back what was just done: Ctrl+Z or ⌘Z does it, too. */
  readonly isUndo?: boolean;
}

const SHOWN_MS = 6_000;

let shown: Toast | undefined;
let lastId = 0;
const listeners = new Set<() => void>();

function show(toast: Toast | undefined): void {
  shown = toast;
  for (const listener of listeners) listener();
}

/** Says something that needs no answer. A new toast takes the place of the old one: they never stack up. */
export function showToast(text: string, action?: ToastAction): void {
  lastId += 1;
  show({ id: lastId, text, ...(action === undefined ? {} : { action }) });
}

/** Where toasts appear: once, in the shell. It is a live region and therefore always in the page. */
export function ToastRegion({ closeLabel }: { readonly closeLabel: string }) {
  const toast = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    // A toast with an action waits for the person: it must not vanish while being reached for.
    if (toast === undefined || toast.action !== undefined) return;
    const timer = setTimeout(() => {
      if (shown?.id === toast.id) show(undefined);
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  useEffect(() => {
    const action = toast?.action;
    if (action?.isUndo !== true) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isText = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      const isUndoKey = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!isUndoKey || event.shiftKey || event.altKey || isText) return;
      event.preventDefault();
      show(undefined);
      action.onPress();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [toast]);

  return (
    // In the top layer: a dialog that holds the focus lets it go here.
    <div
      className="toast-region"
      role="status"
      data-live-announcer="true"
      data-react-aria-top-layer="true"
    >
      {toast && (
        <div className="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              small
              variant="quiet"
              {...(toast.action.isUndo === true && { 'aria-keyshortcuts': 'Control+Z Meta+Z' })}
              onPress={() => {
                // First, so that what the action says by a toast of its own stays.
                show(undefined);
                toast.action?.onPress();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            label={closeLabel}
            icon={CloseIcon}
            size={16}
            onPress={() => show(undefined)}
          />
        </div>
      )}
    </div>
  );
}
