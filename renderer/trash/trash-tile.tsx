import { useState } from 'react';

import type { TrashedAsset } from '../../shared/trash-view.ts';
import { previewPath } from '../../shared/window-api.ts';
import { formatRelativeTime } from '../text/format.ts';
import { trashText } from '../text/trash-text.ts';
import { classNames } from '../ui/class-names.ts';
import { CheckIcon, FileIcon, PhotosIcon, VideoIcon } from '../ui/icons.tsx';

export const KIND_ICON = { photo: PhotosIcon, video: VideoIcon, file: FileIcon } as const;
const DAY_MS = 24 * 3_600_000;

/** A photo in the trash, to be chosen by a click or Space and opened by two or Enter: with its name, when it was thrown away and how long it stays. */
export function TrashTile(props: {
  readonly asset: TrashedAsset;
  readonly emptyAfterDays: number;
  readonly isChosen: boolean;
  /** Of all tiles one is reached by Tab. */
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}) {
  const { asset, emptyAfterDays, isChosen, onToggle, onOpen } = props;
  const [isBroken, setIsBroken] = useState(false);
  const [now] = useState(Date.now);
  const trashed = formatRelativeTime(asset.trashedAt, now);
  const daysLeft = emptyAfterDays - Math.floor((now - asset.trashedAt) / DAY_MS);
  const IconShape = KIND_ICON[asset.kind];
  return (
    <li className={classNames('trash-tile', isChosen && 'trash-tile--chosen')}>
      <button
        type="button"
        role="checkbox"
        aria-checked={isChosen}
        aria-label={trashText.tile(asset.fileName, trashed)}
        className="trash-tile__button"
        data-trashed-id={asset.assetId}
        tabIndex={props.isTabStop ? 0 : -1}
        onFocus={props.onFocus}
        aria-keyshortcuts="Enter"
        onClick={onToggle}
        // Its two clicks chose it and took that back.
        onDoubleClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span className="trash-tile__picture">
          {asset.hasTile && !isBroken ? (
            <img
              src={previewPath(asset.assetId, 'tile', asset.version)}
              alt=""
              loading="lazy"
              decoding="async"
              onError={() => setIsBroken(true)}
            />
          ) : (
            <IconShape size={28} />
          )}
          <span className="trash-tile__mark">{isChosen && <CheckIcon size={14} />}</span>
        </span>
        <span className="trash-tile__name">{asset.fileName}</span>
        <span className="quiet small">
          {trashed}
          {emptyAfterDays > 0 && ` · ${trashText.daysLeft(daysLeft)}`}
        </span>
      </button>
    </li>
  );
}
