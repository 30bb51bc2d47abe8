import './selection-bar.css';

import { useEffect, useEffectEvent, useState } from 'react';

import { RoostError } from '../../shared/error-catalogue.ts';
import { callService } from '../app/call-service.ts';
import { useService, useServiceMutation } from '../app/use-service.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { problemWords } from '../text/problem-text.ts';
import { selectionText } from '../text/selection-text.ts';
import { trashText } from '../text/trash-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CloseIcon, DownloadIcon, HeartIcon, TrashIcon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';
import type { PhotoSelection } from './use-selection.ts';

/**
 * What can be done with chosen photos. X chooses the photo with the focus, Ctrl+A all, Escape
 * none; Delete throws away, F marks as favourite.
 */
export function SelectionBar({ selection }: { readonly selection: PhotoSelection }) {
  const { assetIds, isActive, clear, selectAll } = selection;
  const [isExporting, setIsExporting] = useState(false);
  const trash = useServiceMutation('assets.trash');
  const favourite = useServiceMutation('assets.favourite');
  const size = useService(
    'assets.measure',
    { assetIds: [...assetIds] },
    { enabled: isActive, keepPrevious: true },
  );

  function throwAway(): void {
    if (trash.isPending) return;
    const { length } = assetIds;
    trash.mutate(
      { assetIds: [...assetIds] },
      {
        onSuccess: ({ batchId, isRunning, failedCount }) => {
          clear();
          if (failedCount > 0) showToast(trashText.left(failedCount));
          showToast(isRunning ? trashText.beginsMany(length) : trashText.thrownAwayMany(length), {
            label: trashText.undo,
            isUndo: true,
            onPress: () => bringBack(batchId, length),
          });
        },
        onError: (error) => showToast(trashText.failedMany(problemWords(error))),
      },
    );
  }

  function mark(): void {
    favourite.mutate(
      { assetIds: [...assetIds], isFavourite: true },
      {
        onSuccess: ({ changedAssetIds }) => {
          // All of them were favourites before: then it takes that away.
          if (changedAssetIds.length === 0) unmark();
          else {
            showToast(selectionText.marked(changedAssetIds.length), {
              label: selectionText.undo,
              isUndo: true,
              onPress: () => favourite.mutate({ assetIds: changedAssetIds, isFavourite: false }),
            });
          }
        },
        onError: (error) => showToast(selectionText.failed(problemWords(error))),
      },
    );
  }

  function unmark(): void {
    favourite.mutate(
      { assetIds: [...assetIds], isFavourite: false },
      {
        onSuccess: ({ changedAssetIds }) =>
          showToast(selectionText.unmarked(changedAssetIds.length), {
            label: selectionText.undo,
            isUndo: true,
            onPress: () => favourite.mutate({ assetIds: changedAssetIds, isFavourite: true }),
          }),
      },
    );
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (isElsewhere(event)) return;
    const hasControl = event.ctrlKey || event.metaKey;
    if (hasControl && event.key.toLowerCase() === 'a') selectAll();
    else if (!hasControl && event.key.toLowerCase() === 'x') markOf(event.target)?.click();
    else if (!isActive || hasControl || event.altKey) return;
    else if (event.key === 'Escape') clear();
    else if (event.key === 'Delete') throwAway();
    else if (event.key.toLowerCase() === 'f') mark();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  if (!isActive) return null;
  return (
    <div className="selection-bar" role="toolbar" aria-label={selectionText.bar}>
      <IconButton label={selectionText.clear} icon={CloseIcon} onPress={clear} />
      <span className="selection-bar__count" aria-live="polite">
        {selectionText.count(assetIds.length)}
        {size.data && (
          <span className="quiet small">{selectionText.size(size.data.byteCount)}</span>
        )}
      </span>
      <Button small variant="quiet" onPress={selectAll}>
        {selectionText.selectAll}
      </Button>
      <IconButton label={selectionText.favourite} icon={HeartIcon} onPress={mark} />
      <IconButton
        label={selectionText.export}
        icon={DownloadIcon}
        onPress={() => setIsExporting(true)}
      />
      <IconButton label={trashText.throwAway} icon={TrashIcon} onPress={throwAway} />
      <ExportDialog
        assetIds={assetIds}
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

/** The mark of the tile that has the focus. */
function markOf(target: EventTarget | null): HTMLElement | null | undefined {
  const tile = target instanceof HTMLElement ? target.closest('.tile') : undefined;
  return tile?.querySelector<HTMLElement>('.tile__select');
}

function bringBack(batchId: string, count: number): void {
  callService('assets.restore', { batchId }).then(
    () => showToast(trashText.restored(count)),
    (error: unknown) =>
      showToast(trashText.restoreFailed(error instanceof RoostError ? problemWords(error) : '')),
  );
}
