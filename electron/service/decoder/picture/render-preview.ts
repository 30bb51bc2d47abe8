import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

import { PREVIEW_LONG_EDGE, type PreviewKind } from '../decoder-protocol.ts';
import { MediaError } from '../media-error.ts';

/** Above this, even a rescaling decoder would need too long and too much memory. */
export const MAX_SOURCE_PIXELS = 300_000_000;

const WEBP_QUALITY = 80;
/** libwebp's effort 0 to 6: with 2 a `screen` is ready in half the time of the default 4 and 3 % larger. */
const WEBP_EFFORT: Record<PreviewKind, number> = { tile: 4, screen: 2 };
const THUMBHASH_LONG_EDGE = 100;

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
 * from the embedded profile to sRGB and the profile is left out, so that every browser shows the same.
 * @param input path, or the file in memory
 * @throws MediaError `damaged`, `too-large`, `unsupported-format`
 */
export async function renderPreview(
  input: string | Buffer,
  kind: PreviewKind,
): Promise<RenderedPreview> {
  const image = sharp(input, {
    autoOrient: true,
    // Bad metadata is forgiven; half a picture is not shown as a whole one.
    failOn: 'truncated',
    limitInputPixels: MAX_SOURCE_PIXELS,
    sequentialRead: true,
  });
  try {
    const { autoOrient } = await image.metadata();
    const longEdge = PREVIEW_LONG_EDGE[kind];
    const { data, info } = await within(image, longEdge)
      .toColourspace('srgb')
      .webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT[kind] })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      sourceWidth: autoOrient.width,
      sourceHeight: autoOrient.height,
      bytes: data,
      format: 'webp',
      ...(kind === 'tile' && { thumbhash: await thumbhashOf(data) }),
    };
  } catch (error) {
    throw translated(error);
  }
}

/** Base64 thumbhash of a picture: about 25 bytes that stand in until the tile is loaded. */
async function thumbhashOf(tile: Buffer): Promise<string> {
  const { data, info } = await within(sharp(tile), THUMBHASH_LONG_EDGE)
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
