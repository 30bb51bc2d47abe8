import { type ReactNode, useState } from 'react';

import { originalPath, previewPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { thumbhashImage } from '../timeline/thumbhash-image.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { classNames } from '../ui/class-names.ts';
import type { Size, Zoom } from './zoom.ts';

/** Formats every browser shows upright by itself. */
const SHOWN_BY_BROWSERS: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
];

/** Zoomed further than this many times the preview's own pixels, the original takes over. */
const ORIGINAL_FROM = 1.1;

/** The picture in layers, each over the coarser one before: thumbhash, tile, screen preview, original. */
export function Picture(props: {
  readonly details: AssetDetails;
  readonly picture: Size;
  readonly zoom: Zoom;
  /** What moves and grows with the picture, over it. */
  readonly children?: ReactNode;
}) {
  const { details, picture, zoom, children } = props;
  const { asset, resources, shownReceiptId } = details;
  const [screenWidth, setScreenWidth] = useState<number>();
  const [isScreenBroken, setIsScreenBroken] = useState(false);
  const placeholder = asset.thumbhash === undefined ? undefined : thumbhashImage(asset.thumbhash);

  const shown = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  const isOriginalShowable = SHOWN_BY_BROWSERS.includes(shown?.mediaType ?? '');
  const wantsOriginal =
    isOriginalShowable &&
    (isScreenBroken ||
      (screenWidth !== undefined && picture.width * zoom.scale > screenWidth * ORIGINAL_FROM));

  const width = picture.width * zoom.scale;
  const height = picture.height * zoom.scale;
  return (
    <>
      <div
        className="picture"
        style={{
          width,
          height,
          transform: `translate(calc(-50% + ${zoom.x}px), calc(-50% + ${zoom.y}px))`,
          ...(placeholder && { backgroundImage: `url("${placeholder}")` }),
        }}
      >
        <Layer src={previewPath(asset.assetId, 'tile', asset.version)} />
        <Layer
          src={previewPath(asset.assetId, 'screen', asset.version)}
          alt={tileLabel(asset)}
          onShown={setScreenWidth}
          onBroken={() => setIsScreenBroken(true)}
        />
        {wantsOriginal && <Layer src={originalPath(shownReceiptId)} />}
        {children}
      </div>
      {isScreenBroken && !isOriginalShowable && (
        <p className="viewer__note" role="status">
          {viewerText.noScreen}
        </p>
      )}
    </>
  );
}

function Layer(props: {
  readonly src: string;
  readonly alt?: string;
  /** Told the picture's own width in pixels. */
  readonly onShown?: (width: number) => void;
  readonly onBroken?: () => void;
}) {
  const { src, alt = '', onShown, onBroken } = props;
  const [isShown, setIsShown] = useState(false);
  return (
    <img
      className={classNames('picture__layer', isShown && 'picture__layer--shown')}
      src={src}
      alt={alt}
      draggable={false}
      decoding="async"
      onLoad={(event) => {
        setIsShown(true);
        onShown?.(event.currentTarget.naturalWidth);
      }}
      onError={onBroken}
    />
  );
}
