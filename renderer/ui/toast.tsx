import './toast.css';

import { useEffect, useState, useSyncExternalStore } from 'react';

import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';
import { type Toast, type ToastAction, ToastSlot } from './toast-slot.ts';

const slot = new ToastSlot();

/** Says something that needs no answer. A new toast takes the place of the old one, which never comes back. */
export function showToast(text: string, action?: ToastAction): void {
  slot.show(text, action);
}

/** Takes away what is said about a page that is left; an offer to undo stays for its time. */
export function leavePageToasts(): void {
  slot.leavePage();
}

/** Takes away an offer to undo: it was undone otherwise, or cannot be undone any more. */
export function withdrawUndo(): void {
  slot.withdrawUndo();
}

/** Where toasts appear: once, in the shell. It is a live region and therefore always in the page. */
export function ToastRegion({ closeLabel }: { readonly closeLabel: string }) {
  const toast = useSyncExternalStore(
    (listener) => slot.subscribe(listener),
    () => slot.toast,
  );
  useUndoKey(toast);

  return (
    // In the top layer: a dialog that holds the focus lets it go here.
    <div
      className="toast-region"
      role="status"
      data-live-announcer="true"
      data-react-aria-top-layer="true"
    >
      {toast && <ShownToast key={toast.id} toast={toast} closeLabel={closeLabel} />}
    </div>
  );
}

function ShownToast({ toast, closeLabel }: { readonly toast: Toast; readonly closeLabel: string }) {
  const { id, text, action, shownMs } = toast;
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const isHeld = isPointed || isFocused;
  useEffect(() => {
    // Nothing vanishes while it is read or reached for.
    if (isHeld) return;
    const timer = setTimeout(() => slot.drop(id), shownMs);
    return () => clearTimeout(timer);
  }, [id, shownMs, isHeld]);
  return (
    <div
      className="toast"
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
    >
      <span>{text}</span>
      {action && (
        <Button
          small
          variant="quiet"
          {...(action.isUndo === true && { 'aria-keyshortcuts': 'Control+Z Meta+Z' })}
          onPress={() => take(toast)}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={closeLabel} icon={CloseIcon} size={16} onPress={() => slot.drop(id)} />
    </div>
  );
}

function take(toast: Toast): void {
  // First, so that what the action says by a toast of its own stays.
  slot.drop(toast.id);
  toast.action?.onPress();
}

/** Ctrl+Z or ⌘Z takes back what the toast offers to. */
function useUndoKey(toast: Toast | undefined): void {
  useEffect(() => {
    if (toast?.action?.isUndo !== true) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isText =
        event.target instanceof HTMLElement &&
        event.target.matches('input, textarea, [contenteditable="true"]');
      const isUndoKey = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!isUndoKey || event.shiftKey || event.altKey || isText) return;
      event.preventDefault();
      take(toast);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [toast]);
}
