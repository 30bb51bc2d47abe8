import { type ReactNode, useEffect, useRef } from 'react';

import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { formatLocalDate, formatLocalTime, formatPercent } from '../text/format.ts';
import { trashText } from '../text/trash-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { IconButton } from '../ui/button.tsx';
import {
  CloseIcon,
  DownloadIcon,
  FitIcon,
  InfoIcon,
  MinusIcon,
  PlusIcon,
  TrashIcon,
} from '../ui/icons.tsx';
import { BurstStrip } from './burst-strip.tsx';
import { LiveButton, LiveMovie } from './live-photo.tsx';
import { NoPicture } from './no-picture.tsx';
import { Picture } from './picture.tsx';
import { useElementSize } from './use-element-size.ts';
import { type LivePhotoControl, useLivePhoto } from './use-live-photo.ts';
import { useZoom, type ZoomControl } from './use-zoom.ts';
import { VideoPlayer } from './video-player.tsx';
import type { Size } from './zoom.ts';

/** The picture or video with the bar above it. Made anew for each asset, so that zoom starts at fit. */
export function Stage(props: {
  readonly details: AssetDetails;
  readonly showsDetails: boolean;
  readonly onToggleDetails: () => void;
  readonly onThrowAway: () => void;
  readonly onClose: () => void;
  readonly onSwipe: (direction: 'left' | 'right') => void;
  /** Controls that lie over the picture. */
  readonly children: ReactNode;
}) {
  const { details, onSwipe, children } = props;
  const { asset } = details;
  const stageRef = useRef<HTMLDivElement>(null);
  const stage = useElementSize(stageRef);
  const isMeasured = stage.width > 0 && stage.height > 0;
  const picture: Size =
    asset.width !== undefined && asset.height !== undefined
      ? { width: asset.width, height: asset.height }
      : { width: Math.max(1, stage.width), height: Math.max(1, stage.height) };
  const control = useZoom(stageRef, picture, stage, onSwipe);
  const isPicture = asset.kind !== 'video' && asset.tile === 'ready';
  useZoomKeys(isPicture ? control : undefined);
  const livePhoto = useLivePhoto(details);
  const live = isPicture ? livePhoto : undefined;
  useLiveKey(live);

  return (
    <div className="viewer__main">
      <ViewerBar {...props} control={isPicture ? control : undefined} />
      <div
        className={control.isFit ? 'viewer__stage' : 'viewer__stage viewer__stage--zoomed'}
        ref={stageRef}
      >
        {asset.kind === 'video' && <VideoPlayer details={details} />}
        {isPicture && isMeasured && (
          <Picture details={details} picture={picture} zoom={control.zoom}>
            {live && <LiveMovie control={live} />}
          </Picture>
        )}
        {live && <LiveButton control={live} />}
        {asset.kind !== 'video' && asset.tile !== 'ready' && <NoPicture details={details} />}
        {children}
      </div>
      <BurstStrip frames={details.burst} />
    </div>
  );
}

function ViewerBar(props: {
  readonly details: AssetDetails;
  readonly showsDetails: boolean;
  readonly onToggleDetails: () => void;
  readonly onThrowAway: () => void;
  readonly onClose: () => void;
  readonly control: ZoomControl | undefined;
}) {
  const { details, showsDetails, onToggleDetails, onThrowAway, onClose, control } = props;
  const { asset } = details;
  return (
    <div className="viewer__bar">
      <IconButton label={viewerText.close} icon={CloseIcon} onPress={onClose} />
      <div className="viewer__title">
        <p className="viewer__name">{asset.fileName}</p>
        <p className="quiet small">
          {formatLocalDate(asset.capturedLocal)}, {formatLocalTime(asset.capturedLocal)}
        </p>
      </div>
      {control && (
        <div className="viewer__zoom">
          <IconButton
            label={viewerText.zoomOut}
            icon={MinusIcon}
            isDisabled={control.isFit}
            onPress={control.zoomOut}
          />
          <span className="viewer__scale quiet small">{formatPercent(control.zoom.scale)}</span>
          <IconButton label={viewerText.zoomIn} icon={PlusIcon} onPress={control.zoomIn} />
          <IconButton
            label={viewerText.fit}
            icon={FitIcon}
            isDisabled={control.isFit}
            onPress={control.fit}
          />
        </div>
      )}
      <a
        className="icon-button"
        href={originalPath(details.shownReceiptId, true)}
        download
        aria-label={viewerText.download}
        title={viewerText.download}
      >
        <DownloadIcon />
      </a>
      <IconButton
        label={trashText.throwAway}
        icon={TrashIcon}
        aria-keyshortcuts="Delete"
        onPress={onThrowAway}
      />
      <IconButton
        label={viewerText.details}
        icon={InfoIcon}
        aria-pressed={showsDetails}
        onPress={onToggleDetails}
      />
    </div>
  );
}

function useZoomKeys(control: ZoomControl | undefined): void {
  useEffect(() => {
    if (control === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '+' || event.key === '=') control.zoomIn();
      if (event.key === '-') control.zoomOut();
      if (event.key === '0') control.fit();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [control]);
}

/** The space key plays a Live Photo, unless it presses what has the focus. */
function useLiveKey(live: LivePhotoControl | undefined): void {
  useEffect(() => {
    if (live === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isTaken =
        event.target instanceof HTMLElement && event.target.closest('button, a, input') !== null;
      if (event.key !== ' ' || isTaken || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      live.toggle();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}
