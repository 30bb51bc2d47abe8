import { memo, useState } from 'react';

import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { formatDuration } from '../text/format.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { tileLabel, timelineText } from '../text/timeline-text.ts';
import { classNames } from '../ui/class-names.ts';
import { FileIcon, PhotosIcon, PlayIcon, VideoIcon } from '../ui/icons.tsx';
import { thumbhashImage } from './thumbhash-image.ts';

const KIND_ICON = { photo: PhotosIcon, video: VideoIcon, file: FileIcon } as const;

/** One asset in the grid: its picture over its thumbhash, or words where there is no picture. */
export const Tile = memo(function Tile(props: {
  readonly asset: TimelineAsset;
  readonly isTabStop: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Place among the month's assets, for screen readers: only some of them are in the page. */
  readonly position: number;
  readonly setSize: number;
}) {
  const { asset, isTabStop, left, top, width, height, position, setSize } = props;
  const placeholder = asset.thumbhash === undefined ? undefined : thumbhashImage(asset.thumbhash);
  return (
    <li
      className="tile"
      style={{ left, top, width, height }}
      aria-posinset={position}
      aria-setsize={setSize}
    >
      <Link
        className="tile__link"
        href={paths.photo(asset.assetId)}
        tabIndex={isTabStop ? 0 : -1}
        data-asset-id={asset.assetId}
        data-month={asset.capturedLocal.slice(0, 7)}
        aria-label={tileLabel(asset)}
        draggable={false}
        {...(placeholder && { style: { backgroundImage: `url("${placeholder}")` } })}
      >
        {asset.tile === 'waiting' && placeholder === undefined && <TileWaiting asset={asset} />}
        {asset.tile === 'ready' && <TilePicture key={asset.version} asset={asset} />}
        {(asset.tile === 'failed' || asset.tile === 'none') && <TileWords asset={asset} />}
        {asset.tile !== 'failed' && asset.tile !== 'none' && <VideoBadge asset={asset} />}
      </Link>
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
        {timelineText.kind(asset.kind)}. {previewReasonText(asset.tileReason)}
      </span>
    </span>
  );
}

function VideoBadge({ asset }: { readonly asset: TimelineAsset }) {
  if (asset.kind !== 'video') return null;
  return (
    <span className="tile__badge">
      <PlayIcon size={12} />
      {asset.durationMs !== undefined && formatDuration(asset.durationMs)}
    </span>
  );
}
