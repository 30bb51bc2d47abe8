import { useEffect, useEffectEvent } from 'react';

import { type ViewerAction, viewerActionOf } from './viewer-shortcuts.ts';

/** Arrows move a zoomed picture by this share of what is in sight. */
const PAN_SHARE = 1 / 6;

/** What the keys reach of the picture or movie that is shown. */
export interface StageHandle {
  readonly isFit: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly fullSize: () => void;
  /** Moves what is in sight by shares of the stage. */
  readonly lookBy: (x: number, y: number) => void;
  readonly play: () => void;
}

type ViewerHandlers = Readonly<
  Record<
    | 'newer'
    | 'older'
    | 'details'
    | 'export'
    | 'favourite'
    | 'trash'
    | 'nextVersion'
    | Extract<ViewerAction, 'edited' | 'original' | 'raw'>,
    () => void
  >
>;

/** Keys of the viewer; those that a focused video, button or text field uses itself stay with it. */
export function useViewerKeys(
  handlers: ViewerHandlers,
  stage: () => StageHandle | undefined,
): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const action = viewerActionOf(event.key);
    if (action === undefined || action === 'close' || isTaken(event)) return;
    const handled = handle(action, handlers, stage());
    if (handled) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A dialog or a list above the viewer has keys of its own.
  if (target.closest('.dialog-scrim, [role="listbox"], [role="menu"]') !== null) return true;
  if (target.matches('input, textarea, select')) return true;
  if (target.matches('video')) return key === ' ' || key.startsWith('Arrow');
  return key === ' ' && target.closest('button, a, [role="radio"]') !== null;
}

/** False for what means nothing now. */
function handle(
  action: Exclude<ViewerAction, 'close'>,
  handlers: ViewerHandlers,
  stage: StageHandle | undefined,
): boolean {
  const isZoomed = stage?.isFit === false;
  switch (action) {
    case 'newer':
    case 'older':
      if (!isZoomed) handlers[action]();
      else stage.lookBy(action === 'newer' ? -PAN_SHARE : PAN_SHARE, 0);
      return true;
    case 'up':
    case 'down':
      if (!isZoomed) return false;
      stage.lookBy(0, action === 'up' ? -PAN_SHARE : PAN_SHARE);
      return true;
    case 'zoomIn':
    case 'zoomOut':
    case 'fit':
    case 'fullSize':
    case 'play':
      stage?.[action]();
      return stage !== undefined;
    default:
      handlers[action]();
      return true;
  }
}
