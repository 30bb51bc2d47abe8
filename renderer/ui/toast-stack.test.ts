import { describe, expect, it } from 'vitest';

import {
  addToast,
  dropPageToasts,
  dropToast,
  isPassing,
  type Toast,
  type ToastStack,
} from './toast-stack.ts';

const words = (id: number): Toast => ({ id, text: `words ${id}` });
const undo = (id: number): Toast => ({
  id,
  text: `undo ${id}`,
  action: { label: 'Undo', isUndo: true, onPress: () => undefined },
});
const add = (...toasts: Toast[]): ToastStack => toasts.reduce(addToast, []);
const ids = (stack: ToastStack) => stack.map(({ id }) => id);

describe('toasts', () => {
  it('never stack up: new words take the place of the old', () => {
    expect(ids(add(words(1), words(2)))).toEqual([2]);
  });

  it('lose no offer to undo to other words: it comes back after them', () => {
    const stack = add(undo(1), words(2));
    expect(ids(stack)).toEqual([2, 1]);
    expect(ids(dropToast(stack, 2))).toEqual([1]);
  });

  it('keep the last few offers to undo, the newest first', () => {
    const stack = add(undo(1), undo(2), undo(3), undo(4), undo(5), undo(6));
    expect(ids(stack)).toEqual([6, 5, 4, 3, 2]);
  });

  it('leave with their page, but for what can still be undone', () => {
    expect(ids(dropPageToasts(add(undo(1), words(2))))).toEqual([1]);
    const stack = add(undo(1));
    expect(dropPageToasts(stack)).toBe(stack);
  });

  it('go by themselves only where nothing is asked', () => {
    expect([isPassing(words(1)), isPassing(undo(2))]).toEqual([true, false]);
  });
});
