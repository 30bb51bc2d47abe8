import './toast.css';

import { useEffect, useState, useSyncExternalStore } from 'react';

import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';
import {
  addToast,
  dropPageToasts,
  dropToast,
  isPassing,
  type Toast,
  type ToastAction,
  type ToastStack,
} from './toast-stack.ts';

export type { ToastAction } from './toast-stack.ts';

const SHOWN_MS = 6_000;

let stack: ToastStack = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: ToastStack): void {
  if (next === stack) return;
  stack = next;
  for (const listener of listeners) listener();
}

/**
 * Says something that needs no answer. A new toast takes the place of the old one: they never stack up. Where the
 * old one offered to undo something, it comes back once the new one is gone.
 */
export function showToast(text: string, action?: ToastAction): void {
  lastId += 1;
  change(addToast(stack, { id: lastId, text, ...(action === undefined ? {} : { action }) }));
}

/** Takes away what is said about a page that is left; offers to undo stay. */
export function leavePageToasts(): void {
  change(dropPageToasts(stack));
}

/** Where toasts appear: once, in the shell. It is a live region and therefore always in the page. */
export function ToastRegion({ closeLabel }: { readonly closeLabel: string }) {
  const toast = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => stack[0],
  );
  const [heldId, setHeldId] = useState<number>();
  const isHeld = heldId !== undefined && heldId === toast?.id;
  useEffect(() => {
    // Nothing vanishes while it is read or reached for.
    if (toast === undefined || !isPassing(toast) || isHeld) return;
    const timer = setTimeout(() => change(dropToast(stack, toast.id)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  useUndoKey(toast);

  return (
    // In the top layer: a dialog that holds the focus lets it go here.
    <div
      className="toast-region"
      role="status"
      data-live-announcer="true"
      data-react-aria-top-layer="true"
    >
      {toast && (
        <div
          className="toast"
          key={toast.id}
          onPointerEnter={() => setHeldId(toast.id)}
          onPointerLeave={() => setHeldId(undefined)}
          onFocus={() => setHeldId(toast.id)}
          onBlur={() => setHeldId(undefined)}
        >
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              small
              variant="quiet"
              {...(toast.action.isUndo === true && { 'aria-keyshortcuts': 'Control+Z Meta+Z' })}
              onPress={() => take(toast)}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            label={closeLabel}
            icon={CloseIcon}
            size={16}
            onPress={() => change(dropToast(stack, toast.id))}
          />
        </div>
      )}
    </div>
  );
}

function take(toast: Toast): void {
  // First, so that what the action says by a toast of its own stays.
  change(dropToast(stack, toast.id));
  toast.action?.onPress();
}

/** Ctrl+Z or ⌘Z takes back the newest that can be, also while other words are shown above it. */
function useUndoKey(toast: Toast | undefined): void {
  const hasUndo = stack.some(({ action }) => action?.isUndo === true);
  useEffect(() => {
    if (!hasUndo) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isText =
        event.target instanceof HTMLElement &&
        event.target.matches('input, textarea, [contenteditable="true"]');
      const isUndoKey = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!isUndoKey || event.shiftKey || event.altKey || isText) return;
      const newest = stack.find(({ action }) => action?.isUndo === true);
      if (newest === undefined) return;
      event.preventDefault();
      take(newest);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hasUndo, toast]);
}
