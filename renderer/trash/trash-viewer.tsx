import './trash-viewer.css';

import { useEffect, useEffectEvent, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import type { TrashedAsset } from '../../shared/trash-view.ts';
import { previewPath } from '../../shared/window-api.ts';
import { appText } from '../text/app-text.ts';
import { formatLocalDate, formatRelativeTime } from '../text/format.ts';
import { trashText } from '../text/trash-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { BackIcon, CloseIcon, ForwardIcon } from '../ui/icons.tsx';
import { KIND_ICON } from './trash-tile.tsx';

/** A photo of the trash as large as the window, to decide about: it can be looked at, brought back or given up. */
export function TrashViewer(props: {
  readonly assets: readonly TrashedAsset[];
  readonly asset: TrashedAsset;
  readonly isPending: boolean;
  readonly onShow: (assetId: string) => void;
  readonly onRestore: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}) {
  const { assets, asset, onShow, onClose } = props;
  const [now] = useState(Date.now);
  const at = assets.findIndex(({ assetId }) => assetId === asset.assetId);
  const [before, after] = [assets[at - 1], assets[at + 1]];
  const words = trashText.tile(asset.fileName, formatRelativeTime(asset.trashedAt, now));

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (document.querySelector('[role="alertdialog"]') !== null) return;
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const next = step === 0 ? undefined : assets[at + step * forward];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onShow(next.assetId);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <ModalOverlay
      className="trash-viewer dark-colours"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="trash-viewer__modal">
        <Dialog className="trash-viewer__dialog" aria-label={words}>
          <div className="trash-viewer__body">
            <div className="trash-viewer__bar">
              <IconButton label={appText.close} icon={CloseIcon} onPress={onClose} />
              <div className="trash-viewer__title">
                <p className="trash-viewer__name">{asset.fileName}</p>
                <p className="quiet small">{formatLocalDate(asset.capturedLocal)}</p>
              </div>
              <div className="trash-viewer__actions">
                <Button small isPending={props.isPending} onPress={props.onRestore}>
                  {trashText.restore}
                </Button>
                <Button small variant="danger" onPress={props.onDelete}>
                  {trashText.deleteSome}
                </Button>
              </div>
            </div>
            <div className="trash-viewer__stage">
              <IconButton
                label={trashText.before}
                icon={BackIcon}
                isDisabled={before === undefined}
                onPress={() => before && onShow(before.assetId)}
              />
              <Picture key={asset.assetId} asset={asset} />
              <IconButton
                label={trashText.after}
                icon={ForwardIcon}
                isDisabled={after === undefined}
                onPress={() => after && onShow(after.assetId)}
              />
            </div>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The large picture; where there is none, the small one, and else what kind of file it is. */
function Picture({ asset }: { readonly asset: TrashedAsset }) {
  const [kind, setKind] = useState<'screen' | 'tile' | undefined>('screen');
  const IconShape = KIND_ICON[asset.kind];
  if (kind === undefined) {
    return (
      <div className="trash-viewer__none">
        <IconShape size={48} />
        <p>{trashText.noPicture}</p>
      </div>
    );
  }
  return (
    <img
      className="trash-viewer__picture"
      src={previewPath(asset.assetId, kind, asset.version)}
      alt={asset.fileName}
      onError={() => setKind(kind === 'screen' ? 'tile' : undefined)}
    />
  );
}
