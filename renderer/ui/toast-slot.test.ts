import { describe, expect, it } from 'vitest';

import { ToastSlot } from './toast-slot.ts';

const undo = { label: 'Undo', isUndo: true, onPress: () => undefined };
const other = { label: 'Look', onPress: () => undefined };

describe('the place of toasts', () => {
  it('has one at a time: newer words take it for good, also from an offer to undo', () => {
    const slot = new ToastSlot();
    slot.show('marked', undo);
    slot.show('in the trash', undo);
    slot.show('back where it was');
    const { id } = slot.toast!;
    expect(slot.toast).toMatchObject({ text: 'back where it was' });
    slot.drop(id);
    expect(slot.toast).toBeUndefined();
  });

  it('is not cleared for a toast that went before', () => {
    const slot = new ToastSlot();
    slot.show('first');
    const { id } = slot.toast!;
    slot.show('second');
    slot.drop(id);
    expect(slot.toast?.text).toBe('second');
  });

  it('is left with the page by words, and kept by what can still be undone', () => {
    const slot = new ToastSlot();
    slot.show('words');
    slot.leavePage();
    expect(slot.toast).toBeUndefined();
    slot.show('look', other);
    slot.leavePage();
    expect(slot.toast).toBeUndefined();
    slot.show('in the trash', undo);
    slot.leavePage();
    expect(slot.toast?.text).toBe('in the trash');
  });

  it('loses an offer to undo once there is nothing left to undo, and no other words', () => {
    const slot = new ToastSlot();
    slot.show('in the trash', undo);
    slot.withdrawUndo();
    expect(slot.toast).toBeUndefined();
    slot.show('words');
    slot.withdrawUndo();
    expect(slot.toast?.text).toBe('words');
  });

  it('gives every toast an end, and more time to what waits for an answer', () => {
    const slot = new ToastSlot();
    slot.show('words');
    const wordsMs = slot.toast!.shownMs;
    slot.show('in the trash', undo);
    expect(wordsMs).toBeGreaterThan(0);
    expect(slot.toast!.shownMs).toBeGreaterThan(wordsMs);
    expect(slot.toast!.shownMs).toBeLessThanOrEqual(20_000);
  });

  it('tells who listens of each change, and of nothing else', () => {
    const slot = new ToastSlot();
    let count = 0;
    const leave = slot.subscribe(() => (count += 1));
    slot.withdrawUndo();
    slot.leavePage();
    expect(count).toBe(0);
    slot.show('words');
    slot.leavePage();
    expect(count).toBe(2);
    leave();
    slot.show('words');
    expect(count).toBe(2);
  });
});
