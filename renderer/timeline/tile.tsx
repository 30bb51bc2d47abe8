import { memo, type MouseEvent, useState } from 'react';

import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { usePhotoPath } from '../search/use-asset-filter.ts';
import { mainKindWords } from '../text/asset-kind-text.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { tileLabel, timelineText } from '../text/timeline-text.ts';
import { classNames } from '../ui/class-names.ts';
import { FileIcon, PhotosIcon, VideoIcon } from '../ui/icons.tsx';
import { SelectMark } from './select-mark.tsx';
import { thumbhashImage } from './thumbhash-image.ts';
import { TileBadges } from './tile-badges.tsx';
import { TileClip } from './tile-clip.tsx';
import type { TimelineSelection } from './timeline-selection.ts';
import { useClip } from './use-clip.ts';

const KIND_ICON = { photo: PhotosIcon, video: VideoIcon, file: FileIcon } as const;

/** One asset in the grid: its picture over its thumbhash, or words where there is no picture. */
export const Tile = memo(function Tile(props: {
  readonly asset: TimelineAsset;
  readonly isTabStop: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Place among the assets of its day or month, for screen readers: only some of them are in the page. */
  readonly position: number;
  readonly setSize: number;
  /** Where photos can be chosen: whether anything is, and whether this one is. */
  readonly isSelecting?: boolean | undefined;
  readonly isSelected?: boolean | undefined;
  readonly onToggle?: TimelineSelection['onToggle'] | undefined;
}) {
  const { asset, isTabStop, left, top, width, height, position, setSize } = props;
  const { isSelecting = false, isSelected = false, onToggle } = props;
  const placeholder = asset.thumbhash === undefined ? undefined : thumbhashImage(asset.thumbhash);
  const photoPath = usePhotoPath(asset.assetId);
  const clip = useClip(asset.hasClip);
  const isWords = asset.tile === 'failed' || asset.tile === 'none';
  const { onClick: onClipClick, ...clipHandlers } = clip.handlers;
  function onClick(event: MouseEvent): void {
    onClipClick();
    const isChoosing = isSelecting || event.ctrlKey || event.metaKey || event.shiftKey;
    if (onToggle === undefined || !isChoosing) return;
    event.preventDefault();
    onToggle(asset, event);
  }
  return (
    <li
      className={classNames('tile', isSelected && 'tile--selected')}
      style={{ insetInlineStart: left, top, width, height }}
      aria-posinset={position}
      aria-setsize={setSize}
    >
      <Link
        className="tile__link"
        href={photoPath}
        tabIndex={isTabStop ? 0 : -1}
        data-asset-id={asset.assetId}
        data-day={asset.capturedLocal.slice(0, 10)}
        aria-label={tileLabel(asset)}
        draggable={false}
        onClick={onClick}
        {...clipHandlers}
        {...(asset.hasClip && { 'aria-keyshortcuts': 'Space' })}
        {...(placeholder && { style: { backgroundImage: `url("${placeholder}")` } })}
      >
        {asset.tile === 'waiting' && placeholder === undefined && <TileWaiting asset={asset} />}
        {asset.tile === 'ready' && <TilePicture key={asset.version} asset={asset} />}
        {isWords && <TileWords asset={asset} />}
        {clip.isPlaying && <TileClip asset={asset} onBroken={clip.giveUp} />}
        {!isWords && <TileBadges asset={asset} width={width} />}
      </Link>
      {onToggle !== undefined && (
        <SelectMark
          className="tile__select"
          label={timelineText.select(tileLabel(asset))}
          state={isSelected ? 'all' : 'none'}
          onToggle={(event) => onToggle(asset, event)}
        />
      )}
    </li>
  );
});

function TileWaiting({ asset }: { readonly asset: TimelineAsset }) {
  const IconShape = KIND_ICON[asset.kind];
  return (
    <span className="tile__waiting">
      <IconShape size={24} />
    </span>
  );
}

function TilePicture({ asset }: { readonly asset: TimelineAsset }) {
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading');
  if (state === 'broken') return <TileWords asset={asset} />;
  return (
    <img
      className={classNames('tile__picture', state === 'shown' && 'tile__picture--shown')}
      src={previewPath(asset.assetId, 'tile', asset.version)}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={() => setState('shown')}
      onError={() => setState('broken')}
    />
  );
}

function TileWords({ asset }: { readonly asset: TimelineAsset }) {
  const IconShape = KIND_ICON[asset.kind];
  return (
    <span className="tile__words">
      <IconShape size={22} />
      <span className="tile__name">{asset.fileName}</span>
      <span className="tile__reason">
        {mainKindWords(asset)}. {previewReasonText(asset.tileReason)}
      </span>
    </span>
  );
}
