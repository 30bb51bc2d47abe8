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
}

/** What is said, the newest first. Only that one is shown; below it lie offers to undo that are still good. */
export type ToastStack = readonly Toast[];

/** More could not be told apart any more. */
const MOST_UNDOS = 5;

function isUndo(toast: Toast): boolean {
  return toast.action?.isUndo === true;
}

/** The newest words take the place of the old ones; an offer to undo waits below and comes back after them. */
export function addToast(stack: ToastStack, toast: Toast): ToastStack {
  return [toast, ...stack.filter(isUndo)].slice(0, MOST_UNDOS);
}

export function dropToast(stack: ToastStack, id: number): ToastStack {
  return stack.filter((toast) => toast.id !== id);
}

/** On another page, words about the one before make no sense; what can be undone can still be undone. */
export function dropPageToasts(stack: ToastStack): ToastStack {
  return stack.every(isUndo) ? stack : stack.filter(isUndo);
}

/** Words go by themselves after a while; what waits for an answer stays. */
export function isPassing(toast: Toast): boolean {
  return toast.action === undefined;
}
