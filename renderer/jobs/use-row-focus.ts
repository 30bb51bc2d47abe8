import {
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

import type { HistoryRow } from './history-rows.ts';

export interface RowFocus {
  /** The row that Tab leads to. */
  readonly activeIndex: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** A row got the focus by other means. */
  readonly onFocusRow: (key: string) => void;
  /** Puts the focus onto a row, once it is in the page. */
  readonly focusRow: (key: string) => void;
}

/** Whether keys belong to what has the focus: a field, a menu, a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role="listbox"], [role="menu"], [role="dialog"]',
    ) !== null
  );
}

function isFocusable(row: HistoryRow | undefined): boolean {
  return (
    row !== undefined && row.kind !== 'day' && (row.kind !== 'group' || row.isOpen !== undefined)
  );
}

/**
 * One stop of the Tab key for a whole list, arrows and j and k within. `show` brings a row into sight. Rows are
 * found by `data-row`.
 */
export function useRowFocus(
  rows: readonly HistoryRow[],
  list: HTMLElement | null,
  show: (index: number) => void,
): RowFocus {
  const [activeKey, setActiveKey] = useState<string>();
  const wanted = useRef<string>(undefined);
  const known = rows.findIndex(({ key }) => key === activeKey);
  const activeIndex = known >= 0 ? known : rows.findIndex(isFocusable);

  const focusRow = (key: string) => {
    wanted.current = key;
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) show(index);
    setActiveKey(key);
    takeFocus();
  };

  const takeFocus = () => {
    const key = wanted.current;
    if (key === undefined || list === null) return;
    const control = [...list.querySelectorAll<HTMLElement>('[data-row]')].find(
      (each) => each.dataset['row'] === key,
    );
    if (control === undefined) return;
    wanted.current = undefined;
    control.focus({ preventScroll: true });
  };
  useLayoutEffect(takeFocus);

  const move = (from: number, step: 1 | -1) => {
    for (let index = from; index >= 0 && index < rows.length; index += step) {
      const row = rows[index];
      if (row === undefined || !isFocusable(row)) continue;
      focusRow(row.key);
      return;
    }
  };

  const isInside = () => list?.contains(document.activeElement) === true;
  /** From outside the list the first step leads to the row that Tab would lead to. */
  const step = (by: 1 | -1) => move(isInside() ? activeIndex + by : activeIndex, by);

  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || event.defaultPrevented || isTyping(event.target)) return;
    if (event.key !== 'j' && event.key !== 'k') return;
    event.preventDefault();
    step(event.key === 'j' ? 1 : -1);
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onPageKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const act: Readonly<Record<string, () => void>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => move(0, 1),
      End: () => move(rows.length - 1, -1),
    };
    const action = act[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  return { activeIndex, onKeyDown, onFocusRow: setActiveKey, focusRow };
}
