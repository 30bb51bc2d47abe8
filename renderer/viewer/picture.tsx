import { type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react';

import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { formatName } from '../text/metadata-text.ts';
import { thumbhashImage } from '../timeline/thumbhash-image.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { classNames } from '../ui/class-names.ts';
import { pictureAddresses } from './picture-addresses.ts';
import type { Point, Size, Zoom } from './zoom.ts';

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
  /** The file that stands for the asset, which may be another one than what is looked at. */
  readonly standingReceiptId: string;
  readonly picture: Size;
  readonly zoom: Zoom;
  /** How far a finger has drawn it. */
  readonly drawn: Point | undefined;
  readonly pictureRef: Ref<HTMLDivElement>;
  /** What moves and grows with the picture, over it. */
  readonly children?: ReactNode;
}) {
  const { details, standingReceiptId, picture, zoom, drawn, pictureRef, children } = props;
  const { asset, resources, shownReceiptId } = details;
  const [screenWidth, setScreenWidth] = useState<number>();
  const [isScreenBroken, setIsScreenBroken] = useState(false);
  const isStanding = shownReceiptId === standingReceiptId;
  const placeholder =
    asset.thumbhash === undefined || !isStanding ? undefined : thumbhashImage(asset.thumbhash);
  const addresses = pictureAddresses(details, standingReceiptId);

  const shown = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  const isOriginalShowable = SHOWN_BY_BROWSERS.includes(shown?.mediaType ?? '');
  const isPastScreen =
    screenWidth !== undefined && picture.width * zoom.scale > screenWidth * ORIGINAL_FROM;
  const wantsOriginal = isOriginalShowable && (isScreenBroken || isPastScreen);

  const width = picture.width * zoom.scale;
  const height = picture.height * zoom.scale;
  return (
    <>
      <div
        ref={pictureRef}
        className={classNames('picture', drawn === undefined && 'picture--at-rest')}
        style={{
          width,
          height,
          transform: `translate(calc(-50% + ${zoom.x}px), calc(-50% + ${zoom.y}px))`,
          ...(drawn && { translate: `${drawn.x}px ${drawn.y}px` }),
          ...(placeholder && { backgroundImage: `url("${placeholder}")` }),
        }}
      >
        <Layer src={addresses.tile} />
        <Layer
          src={addresses.screen}
          alt={tileLabel(asset)}
          onShown={(width) => {
            setScreenWidth(width);
            setIsScreenBroken(false);
          }}
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
      {isPastScreen && !isOriginalShowable && (
        <p className="viewer__note" role="status">
          {viewerText.previewOnly(formatName(shown?.mediaType))}
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
  const image = useRef<HTMLImageElement>(null);
  const loaded = (element: HTMLImageElement): void => {
    setIsShown(true);
    onShown?.(element.naturalWidth);
  };
  useLayoutEffect(() => {
    // One that was loaded ahead is there at once, without a flash of the coarser one.
    const element = image.current;
    if (element !== null && element.complete && element.naturalWidth > 0) loaded(element);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only as it comes into the page
  }, []);
  return (
    <img
      ref={image}
      className={classNames('picture__layer', isShown && 'picture__layer--shown')}
      src={src}
      alt={alt}
      draggable={false}
      decoding="async"
      onLoad={(event) => loaded(event.currentTarget)}
      onError={onBroken}
    />
  );
}
