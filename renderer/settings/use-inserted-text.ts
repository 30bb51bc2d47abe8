import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Puts text where the cursor is, or over what is selected, and leaves the cursor behind it. */
export function useInsertedText(
  field: RefObject<HTMLInputElement | null>,
  value: string,
  onChange: (value: string) => void,
): (text: string) => void {
  const wanted = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
  }, [field, value]);
  return (text) => {
    const start = field.current?.selectionStart ?? value.length;
    const end = field.current?.selectionEnd ?? start;
    wanted.current = start + text.length;
    onChange(value.slice(0, start) + text + value.slice(end));
  };
}
