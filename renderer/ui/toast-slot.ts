export interface ToastAction {
  readonly label: string;
  readonly onPress: () => void;
  /** It takes back what was just done: Ctrl+Z or ⌘Z does it, too. */
  readonly isUndo?: boolean;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction;
  /** How long it stays unless it is held. */
  readonly shownMs: number;
}

const WORDS_MS = 6_000;
/** Long enough to read, think and go there by keyboard. */
const ACTION_MS = 15_000;

/** The place for one toast. What comes later takes it for good: what is gone never returns. */
export class ToastSlot {
  #toast: Toast | undefined;
  #lastId = 0;
  readonly #listeners = new Set<() => void>();

  get toast(): Toast | undefined {
    return this.#toast;
  }

  /** Calls back on each change; gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  show(text: string, action?: ToastAction): void {
    this.#lastId += 1;
    const shownMs = action === undefined ? WORDS_MS : ACTION_MS;
    this.#change({ id: this.#lastId, text, shownMs, ...(action !== undefined && { action }) });
  }

  drop(id: number): void {
    if (this.#toast?.id === id) this.#change(undefined);
  }

  /** On another page, words about the one before make no sense; what can be undone can still be undone. */
  leavePage(): void {
    if (this.#toast?.action?.isUndo !== true) this.#change(undefined);
  }

  /** What could be undone was undone otherwise, or cannot be any more. */
  withdrawUndo(): void {
    if (this.#toast?.action?.isUndo === true) this.#change(undefined);
  }

  #change(next: Toast | undefined): void {
    if (next === this.#toast) return;
    this.#toast = next;
    for (const listener of this.#listeners) listener();
  }
}
