import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in a group of buttons when the one that has it has nothing more to do: it goes to one of the others
 * that has, else to the dialog around them.
 */
export function useKeptFocus(group: RefObject<HTMLElement | null>): void {
  const holder = useRef<HTMLButtonElement>(undefined);
  useEffect(() => {
    const element = group.current;
    const onFocusIn = ({ target }: FocusEvent) => {
      holder.current = target instanceof HTMLButtonElement ? target : undefined;
    };
    const onFocusOut = () => {
      // A button that is disabled loses the focus too, and that is what is to be noticed.
      if (holder.current?.disabled === false) holder.current = undefined;
    };
    element?.addEventListener('focusin', onFocusIn);
    element?.addEventListener('focusout', onFocusOut);
    return () => {
      element?.removeEventListener('focusin', onFocusIn);
      element?.removeEventListener('focusout', onFocusOut);
    };
  }, [group]);
  useLayoutEffect(() => {
    if (holder.current?.disabled !== true) return;
    holder.current = undefined;
    const other =
      group.current?.querySelector<HTMLElement>('button:not(:disabled)') ??
      group.current?.closest<HTMLElement>('[role="dialog"]');
    other?.focus();
  });
}
