import { viewerText } from '../text/viewer-text.ts';
import type { Shortcut } from '../ui/shortcut.ts';

const words = viewerText.shortcuts;

/** What the keys of the viewer do; the words for it have the same names. */
export type ViewerAction = keyof typeof words;

/** The key of each action, as `KeyboardEvent.key` names it, in the order in which they are listed. */
const KEYS: Readonly<Record<ViewerAction, string>> = {
  newer: 'ArrowLeft',
  older: 'ArrowRight',
  up: 'ArrowUp',
  down: 'ArrowDown',
  zoomIn: '+',
  zoomOut: '-',
  fit: '0',
  fullSize: '1',
  play: ' ',
  details: 'i',
  nextVersion: 'v',
  edited: 'e',
  original: 'o',
  raw: 'r',
  export: 's',
  favourite: 'f',
  trash: 'Delete',
  close: 'Escape',
};

const ACTIONS = Object.keys(KEYS) as readonly ViewerAction[];

/** The keys of the viewer, as the overlay of keys lists them. */
export const viewerShortcuts: readonly Shortcut[] = ACTIONS.map((action) => ({
  keys: [KEYS[action]],
  text: words[action],
}));

/** What a pressed key is to do in the viewer. */
export function viewerActionOf(key: string): ViewerAction | undefined {
  // Where a keyboard has + above =, nobody should have to hold shift.
  const named = key === '=' ? '+' : key.length === 1 ? key.toLowerCase() : key;
  return ACTIONS.find((action) => KEYS[action] === named);
}
