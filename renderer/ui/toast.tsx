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

  return (
    <div className="toast-region" role="status" data-live-announcer="true">
      {toast && (
        <div className="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              small
              variant="quiet"
              onPress={() => {
                toast.action?.onPress();
                show(undefined);
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
