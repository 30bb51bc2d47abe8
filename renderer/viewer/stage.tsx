import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';

import type { AssetDetails } from '../../shared/window-views.ts';
import { BurstStrip } from './burst-strip.tsx';
import { LiveButton, LiveMovie } from './live-photo.tsx';
import { NoPicture } from './no-picture.tsx';
import { Picture } from './picture.tsx';
import { useElementSize } from './use-element-size.ts';
import { useLivePhoto } from './use-live-photo.ts';
import type { VersionControl } from './use-version.ts';
import type { StageHandle } from './use-viewer-keys.ts';
import { type SwipeDirection, useZoom } from './use-zoom.ts';
import { VideoPlayer } from './video-player.tsx';
import { ViewerBar } from './viewer-bar.tsx';
import type { Size } from './zoom.ts';

/** The picture or video with the bar above it. Made anew for each asset, so that zoom starts at fit. */
export function Stage(props: {
  /** Of what is looked at. */
  readonly details: AssetDetails;
  /** The file that stands for the asset. */
  readonly standingReceiptId: string;
  readonly version: VersionControl;
  readonly handleRef: Ref<StageHandle>;
  readonly showsDetails: boolean;
  readonly onToggleDetails: () => void;
  readonly onFavourite: () => void;
  readonly onThrowAway: () => void;
  readonly onClose: () => void;
  readonly onSwipe: (direction: SwipeDirection) => void;
  /** Told the picture as soon as it lies in its place. */
  readonly onPlaced: (picture: HTMLElement) => void;
  /** Controls that lie over the picture. */
  readonly children: ReactNode;
}) {
  const { details, standingReceiptId, handleRef, onSwipe, onPlaced, children } = props;
  const { asset } = details;
  const stageRef = useRef<HTMLDivElement>(null);
  const pictureRef = useRef<HTMLDivElement>(null);
  const videoRef = useRef<HTMLVideoElement>(null);
  const stage = useElementSize(stageRef);
  const isMeasured = stage.width > 0 && stage.height > 0;
  const picture: Size =
    asset.width !== undefined && asset.height !== undefined
      ? { width: asset.width, height: asset.height }
      : { width: Math.max(1, stage.width), height: Math.max(1, stage.height) };
  const control = useZoom(stageRef, picture, stage, onSwipe);
  const isPicture = asset.kind !== 'video' && asset.tile === 'ready';
  const livePhoto = useLivePhoto(details);
  const live = isPicture ? livePhoto : undefined;
  useImperativeHandle(handleRef, () => ({
    isFit: !isPicture || control.isFit,
    zoomIn: control.zoomIn,
    zoomOut: control.zoomOut,
    fit: control.fit,
    fullSize: control.fullSize,
    lookBy: control.lookBy,
    play: () => (live ? live.toggle() : playOrPause(videoRef.current)),
  }));
  useLayoutEffect(() => {
    if (isMeasured && pictureRef.current !== null) onPlaced(pictureRef.current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when there is a place
  }, [isMeasured]);

  return (
    <>
      <ViewerBar {...props} control={isPicture ? control : undefined} />
      <div
        className={control.isFit ? 'viewer__stage' : 'viewer__stage viewer__stage--zoomed'}
        ref={stageRef}
      >
        {asset.kind === 'video' && <VideoPlayer details={details} videoRef={videoRef} />}
        {isPicture && isMeasured && (
          <Picture
            details={details}
            standingReceiptId={standingReceiptId}
            picture={picture}
            zoom={control.zoom}
            drawn={control.drawn}
            pictureRef={pictureRef}
          >
            {live && <LiveMovie control={live} />}
          </Picture>
        )}
        {live && <LiveButton control={live} />}
        {asset.kind !== 'video' && asset.tile !== 'ready' && <NoPicture details={details} />}
        {children}
      </div>
      <BurstStrip frames={details.burst} />
    </>
  );
}

function playOrPause(video: HTMLVideoElement | null): void {
  if (video === null) return;
  // A movie that cannot be played says so by itself.
  if (video.paused) void video.play().catch(() => undefined);
  else video.pause();
}
