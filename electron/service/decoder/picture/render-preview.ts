import sharp, { type Metadata, type OutputInfo, type Sharp, type SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

import { type PictureKind, PREVIEW_LONG_EDGE } from '../decoder-protocol.ts';
import { MediaError } from '../media-error.ts';
import { checkSourceSize, MAX_SOURCE_PIXELS } from './source-limits.ts';

const WEBP_QUALITY = 80;
/** libwebp's effort 0 to 6: with 2 a tile needs a quarter less of the processor than with the default 4, and is 2 % larger. */
const WEBP_EFFORT = 2;
const THUMBHASH_LONG_EDGE = 100;

/** An animation that is larger than this is shown by its first picture. */
const ANIMATION_LIMITS = {
  frameCount: 120,
  /** All frames together. */
  sourcePixels: 40_000_000,
  byteCount: 1024 * 1024,
} as const;
const ANIMATION_LONG_EDGE = 320;

/** The loaders that may run. Others read text, fonts or scripts and follow references. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Tiff', 'Nsgif'];

sharp.cache(false);
sharp.concurrency(2);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((loader) => `VipsForeignLoad${loader}`) });

export interface RenderedPreview {
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly bytes: Uint8Array;
  readonly format: 'webp';
  readonly thumbhash?: string;
}

/**
 * Makes a preview of a picture sharp can read: upright, never enlarged, transparency kept. Colours are converted
 * from the embedded profile to sRGB and the profile is left out, so that every browser shows the same. A tile of
 * a short animation moves.
 * @param input path, or the file in memory
 * @throws MediaError `damaged`, `too-large`, `unsupported-format`
 */
export async function renderPreview(
  input: string | Buffer,
  kind: PictureKind,
): Promise<RenderedPreview> {
  const image = opened(input);
  try {
    const metadata = await image.metadata();
    checkSourceSize(metadata);
    const still = within(image.clone(), PREVIEW_LONG_EDGE[kind]);
    const { data, info, thumbhash } = await (kind === 'tile' ? tileOf(still) : asWebp(still));
    const rendered = {
      width: info.width,
      height: info.height,
      sourceWidth: metadata.autoOrient.width,
      sourceHeight: metadata.autoOrient.height,
      bytes: data,
      format: 'webp',
    } as const;
    if (kind !== 'tile') return rendered;
    const moving = mayMove(metadata) ? await movingTile(input) : undefined;
    return { ...rendered, ...moving, ...(thumbhash !== undefined && { thumbhash }) };
  } catch (error) {
    throw translated(error);
  }
}

function opened(input: string | Buffer, options?: SharpOptions): Sharp {
  return sharp(input, {
    autoOrient: true,
    // Bad metadata is forgiven; half a picture is not shown as a whole one.
    failOn: 'truncated',
    limitInputPixels: MAX_SOURCE_PIXELS,
    sequentialRead: true,
    ...options,
  });
}

interface Encoded {
  readonly data: Buffer;
  readonly info: OutputInfo;
  readonly thumbhash?: string;
}

/** Both from the pixels, so that the tile need not be decoded again for its thumbhash. */
async function tileOf(image: Sharp): Promise<Encoded> {
  const { data: pixels, info } = await bufferOf(image.toColourspace('srgb').raw());
  const { width, height, channels } = info;
  const tile = sharp(pixels, { raw: { width, height, channels } });
  return { ...(await asWebp(tile.clone())), thumbhash: await thumbhashOf(tile) };
}

function asWebp(image: Sharp): Promise<Encoded> {
  return bufferOf(image.toColourspace('srgb').webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT }));
}

function bufferOf(image: Sharp) {
  return image.toBuffer({ resolveWithObject: true });
}

function mayMove({ pages = 1, width, height, format }: Metadata): boolean {
  return (
    (format === 'gif' || format === 'webp') &&
    pages > 1 &&
    pages <= ANIMATION_LIMITS.frameCount &&
    pages * width * height <= ANIMATION_LIMITS.sourcePixels
  );
}

/** All frames of a short animation, smaller than a still tile; `undefined` when that still has too many bytes. */
async function movingTile(
  input: string | Buffer,
): Promise<Pick<RenderedPreview, 'width' | 'height' | 'bytes'> | undefined> {
  const frames = opened(input, { animated: true, limitInputPixels: ANIMATION_LIMITS.sourcePixels });
  try {
    const { data, info } = await asWebp(within(frames, ANIMATION_LONG_EDGE));
    if (data.byteLength > ANIMATION_LIMITS.byteCount) return undefined;
    return { width: info.width, height: info.pageHeight ?? info.height, bytes: data };
  } catch {
    // A later frame is broken: the first one was not.
    return undefined;
  }
}

/** Base64 thumbhash of a picture: about 25 bytes that stand in until the tile is loaded. */
async function thumbhashOf(tile: Sharp): Promise<string> {
  const { data, info } = await within(tile, THUMBHASH_LONG_EDGE)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function within(image: Sharp, longEdge: number): Sharp {
  return image.resize({
    width: longEdge,
    height: longEdge,
    fit: 'inside',
    withoutEnlargement: true,
  });
}

/** sharp's errors carry no codes; these words are libvips's and libheif's own. */
function translated(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MediaError) return error;
  const { message } = error;
  if (/exceeds pixel limit|too large|dimensions? .*(limit|exceed)/i.test(message)) {
    return new MediaError('too-large', message, { cause: error });
  }
  if (
    /unsupported image format|no decoding plugin|not supported|unsupported codec/i.test(message)
  ) {
    return new MediaError('unsupported-format', message, { cause: error });
  }
  return new MediaError('damaged', message, { cause: error });
}
