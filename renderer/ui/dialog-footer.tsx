import { createContext, type ReactNode, use } from 'react';
import { createPortal } from 'react-dom';

/** Where the dialog around something has its buttons; none outside of a dialog, and `null` until it stands. */
export const DialogFooterContext = createContext<HTMLElement | null | undefined>(undefined);

/**
 * The button of a form, in the row of buttons of the dialog it is in, else in its own place. It is not inside the form's
 * element there: give it the form's id.
 */
export function DialogFooter({ children }: { readonly children: ReactNode }) {
  const footer = use(DialogFooterContext);
  if (footer === undefined) return <div>{children}</div>;
  return footer && createPortal(children, footer);
}
