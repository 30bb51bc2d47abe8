import './selection-bar.css';

import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { ExportDialog } from '../export/export-dialog.tsx';
import { selectionText } from '../text/selection-text.ts';
import { trashText } from '../text/trash-text.ts';
import { throwAway } from '../trash/throw-away.ts';
import { IconButton } from '../ui/button.tsx';
import {
  CloseIcon,
  ExportIcon,
  FullHeartIcon,
  HeartIcon,
  SelectAllIcon,
  TrashIcon,
} from '../ui/icons.tsx';
import { focusTile } from './focus-tile.ts';
import { markFavourites } from './mark-favourites.ts';
import type { Days, PhotoSelection } from './use-selection.ts';
import { useSelectionSize } from './use-selection-size.ts';

/**
 * What can be done with chosen photos. X chooses the photo with the focus, Shift+D its day, Shift+M its month, Ctrl+A
 * all, Escape none; Delete throws away, F marks as favourite.
 */
export function SelectionBar({ selection }: { readonly selection: PhotoSelection }) {
  const { assetIds, isActive, clear, remove, selectAll, onToggleDays } = selection;
  const [isExporting, setIsExporting] = useState(false);
  const size = useSelectionSize(assetIds);
  const areFavourites = size !== undefined && size.favouriteCount >= Math.max(1, size.assetCount);

  const isThrowing = useRef(false);
  function throwAwayChosen(): void {
    if (isThrowing.current) return;
    isThrowing.current = true;
    void throwAway(assetIds).then((begun) => {
      isThrowing.current = false;
      if (begun !== undefined) remove(assetIds);
    });
  }
  const mark = (): void => void markFavourites(assetIds);

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (isElsewhere(event)) return;
    const hasControl = event.ctrlKey || event.metaKey;
    const days = hasControl || event.altKey ? undefined : daysByKey(event);
    if (hasControl && event.key.toLowerCase() === 'a') selectAll();
    else if (!hasControl && !event.shiftKey && event.key.toLowerCase() === 'x')
      markOf(event.target)?.click();
    else if (days !== undefined) onToggleDays(days);
    else if (event.key === 'Escape') {
      // Also what was asked for and is not chosen yet.
      clear();
      if (!isActive) return;
    } else if (!isActive || hasControl || event.altKey) return;
    else if (event.key === 'Delete') throwAwayChosen();
    else if (event.key.toLowerCase() === 'f') mark();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  useEffect(() => {
    if (!isActive) return;
    // The focus must not be lost with the bar.
    return () => {
      if (document.activeElement === document.body) focusTile();
    };
  }, [isActive]);

  if (!isActive) return null;
  return (
    <div className="selection-bar" role="toolbar" aria-label={selectionText.bar}>
      <IconButton label={selectionText.clear} icon={CloseIcon} onPress={clear} />
      <span className="selection-bar__count" aria-live="polite">
        {selectionText.count(assetIds.length)}
        {/* Its place is kept for it: nothing moves when it comes. */}
        <span className="quiet small">{size ? selectionText.size(size.byteCount) : '\u00a0'}</span>
      </span>
      <IconButton label={selectionText.selectAll} icon={SelectAllIcon} onPress={selectAll} />
      <IconButton
        label={areFavourites ? selectionText.unfavourite : selectionText.favourite}
        icon={areFavourites ? FullHeartIcon : HeartIcon}
        onPress={mark}
      />
      <IconButton
        label={selectionText.export}
        icon={ExportIcon}
        onPress={() => setIsExporting(true)}
      />
      <IconButton label={trashText.throwAway} icon={TrashIcon} onPress={throwAwayChosen} />
      <ExportDialog
        assetIds={assetIds}
        everything={selection.everything}
        isOpen={isExporting}
        onClose={() => setIsExporting(false)}
      />
    </div>
  );
}

/** In a text field or above a dialog the keys mean something else. */
function isElsewhere({ target, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]'))
    return true;
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

/** The day that Shift+D means, or the month that Shift+M means: those of the tile that has the focus. */
function daysByKey({ target, key, shiftKey }: KeyboardEvent): Days | undefined {
  const day = target instanceof HTMLElement ? target.dataset['day'] : undefined;
  if (day === undefined || !shiftKey) return undefined;
  const month = day.slice(0, 7);
  const dayOfMonth = Number(day.slice(8));
  if (key.toLowerCase() === 'd') return { month, firstDay: dayOfMonth, lastDay: dayOfMonth };
  return key.toLowerCase() === 'm' ? { month, firstDay: 1, lastDay: 31 } : undefined;
}

/** The mark of the tile that has the focus. */
function markOf(target: EventTarget | null): HTMLElement | null | undefined {
  const tile = target instanceof HTMLElement ? target.closest('.tile') : undefined;
  return tile?.querySelector<HTMLElement>('.tile__select');
}
