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
import { type SwipeDirection, useZoom, type ZoomControl } from './use-zoom.ts';
import { VideoPlayer } from './video-player.tsx';
import { ViewerBar } from './viewer-bar.tsx';
import type { Size } from './zoom.ts';

/** The picture or video with the bar above it. What it shows changes, the bar and what lies over the picture stay. */
export function Stage(props: {
  /** Of what is looked at. */
  readonly details: AssetDetails;
  /** The file that stands for the asset. */
  readonly standingReceiptId: string;
  readonly version: VersionControl;
  readonly handleRef: Ref<StageHandle>;
  readonly showsDetails: boolean;
  readonly onToggleDetails: () => void;
  readonly onExport: () => void;
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
  const { asset, shownReceiptId } = details;
  const stageRef = useRef<HTMLDivElement>(null);
  const play = useRef<() => void>(null);
  const stage = useElementSize(stageRef);
  const picture: Size =
    asset.width !== undefined && asset.height !== undefined
      ? { width: asset.width, height: asset.height }
      : { width: Math.max(1, stage.width), height: Math.max(1, stage.height) };
  // Better previews of the same file are the same thing to look at: nothing begins anew for them.
  const looked = `${asset.assetId}/${shownReceiptId}`;
  const control = useZoom(stageRef, looked, picture, stage, onSwipe);
  const isPicture = isPictureOf(details);
  useImperativeHandle(handleRef, () => ({
    isFit: !isPicture || control.isFit,
    zoomIn: control.zoomIn,
    zoomOut: control.zoomOut,
    fit: control.fit,
    fullSize: control.fullSize,
    lookBy: control.lookBy,
    play: () => play.current?.(),
  }));

  return (
    <>
      <ViewerBar {...props} control={isPicture ? control : undefined} />
      <div
        className={control.isFit ? 'viewer__stage' : 'viewer__stage viewer__stage--zoomed'}
        ref={stageRef}
      >
        <Looked
          key={looked}
          details={details}
          standingReceiptId={standingReceiptId}
          picture={picture}
          isMeasured={stage.width > 0 && stage.height > 0}
          control={control}
          playRef={play}
          onPlaced={onPlaced}
        />
        {children}
      </div>
      <BurstStrip frames={details.burst} />
    </>
  );
}

function isPictureOf({ asset }: AssetDetails): boolean {
  return asset.kind !== 'video' && asset.tile === 'ready';
}

/** One file as it is looked at; made anew for each, so that a movie or a Live Photo begins at its start. */
function Looked(props: {
  readonly details: AssetDetails;
  readonly standingReceiptId: string;
  readonly picture: Size;
  readonly isMeasured: boolean;
  readonly control: ZoomControl;
  readonly playRef: Ref<() => void>;
  readonly onPlaced: (picture: HTMLElement) => void;
}) {
  const { details, standingReceiptId, picture, isMeasured, control, playRef, onPlaced } = props;
  const { asset } = details;
  const pictureRef = useRef<HTMLDivElement>(null);
  const videoRef = useRef<HTMLVideoElement>(null);
  const isPlaced = isPictureOf(details) && isMeasured;
  const livePhoto = useLivePhoto(details);
  const live = isPictureOf(details) ? livePhoto : undefined;
  useImperativeHandle(playRef, () => () => (live ? live.toggle() : playOrPause(videoRef.current)));
  useLayoutEffect(() => {
    if (isPlaced && pictureRef.current !== null) onPlaced(pictureRef.current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when there is a place
  }, [isPlaced]);

  return (
    <>
      {asset.kind === 'video' && <VideoPlayer details={details} videoRef={videoRef} />}
      {isPlaced && (
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
    </>
  );
}

function playOrPause(video: HTMLVideoElement | null): void {
  if (video === null) return;
  // A movie that cannot be played says so by itself.
  if (video.paused) void video.play().catch(() => undefined);
  else video.pause();
}
