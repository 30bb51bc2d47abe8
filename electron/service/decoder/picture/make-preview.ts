import { readFileSync } from 'node:fs';

import { type ByteSource, openFileSource } from '../byte-source.ts';
import { PREVIEW_LONG_EDGE, type PreviewKind, type PreviewResult } from '../decoder-protocol.ts';
import { readHeifMeta } from '../header/heif-items.ts';
import { readExifBlock } from '../header/exif-facts.ts';
import { readJpegHeader } from '../header/jpeg-segments.ts';
import { SNIFF_BYTE_COUNT, sniffMediaType } from '../header/sniff-media-type.ts';
import { MediaError } from '../media-error.ts';
import { decodeHeifStill } from './decode-heif-still.ts';
import { decodeHevcStill } from './decode-hevc-still.ts';
import { decodeVideoPoster } from './decode-video-poster.ts';
import { loadFfmpeg } from './ffmpeg.ts';
import { coloursOf, type HevcPlan, planHevc } from './heif-plan.ts';
import { withOrientation, withoutMetadata } from './jpeg-repair.ts';
import { isRaw, readEmbeddedPreview } from './raw-embedded-preview.ts';
import { MAX_SOURCE_PIXELS, renderPreview, type RenderedPreview } from './render-preview.ts';

type MadePreview = Extract<PreviewResult, { ok: true }>;

/** More of a file than this is never read into memory at once. */
const FILE_BUDGET_BYTE_COUNT = 1024 * 1024 * 1024;
const MAX_REPAIRED_BYTE_COUNT = 128 * 1024 * 1024;

/**
 * Makes a preview of any file.
 * @throws MediaError with the reason why there is none
 */
export async function makePreview(path: string, kind: PreviewKind): Promise<MadePreview> {
  // Every answer below is awaited here: the file closes when this function returns.
  using source = openFileSource(path, FILE_BUDGET_BYTE_COUNT);
  const {
    container,
    kind: mediaKind,
    mediaType,
  } = sniffMediaType(source.read(0, SNIFF_BYTE_COUNT));
  switch (container) {
    case 'jpeg':
      return by('sharp', await jpegPreview(path, source, kind));
    case 'png':
    case 'webp':
    case 'gif':
    case 'avif':
      return by('sharp', await renderPreview(path, kind));
    case 'tiff': {
      const input = isRaw(source) ? readEmbeddedPreview(source) : path;
      return by('sharp', await renderPreview(input, kind));
    }
    case 'heif':
      return await heifPreview(path, source, kind);
    case 'movie': {
      const ffmpeg = await loadFfmpeg();
      if (ffmpeg === undefined) throw new MediaError('unsupported-format', 'no FFmpeg here');
      return by('ffmpeg', await renderPreview(await decodeVideoPoster(ffmpeg, path), kind));
    }
    case 'other':
      throw new MediaError(mediaKind === 'file' ? 'not-an-image' : 'unsupported-format', mediaType);
  }
}

function by(decodedBy: MadePreview['decodedBy'], preview: RenderedPreview): MadePreview {
  return { ok: true, decodedBy, ...preview };
}

/** Broken metadata can hide an intact picture; then it is read without. */
async function jpegPreview(
  path: string,
  source: ByteSource,
  kind: PreviewKind,
): Promise<RenderedPreview> {
  try {
    return await renderPreview(path, kind);
  } catch (error) {
    const header = readJpegHeader(source);
    const isHidden = header.width === undefined && source.byteCount <= MAX_REPAIRED_BYTE_COUNT;
    const repaired = isHidden ? withoutMetadata(readFileSync(path)) : undefined;
    if (repaired === undefined) throw error;
    const orientation = header.exif ? readExifBlock(header.exif).orientation : 1;
    return renderPreview(withOrientation(repaired, orientation), kind);
  }
}

async function heifPreview(
  path: string,
  source: ByteSource,
  kind: PreviewKind,
): Promise<MadePreview> {
  const meta = readHeifMeta(source);
  // AV1 under a general brand.
  if (meta.primary.type === 'av01') return by('sharp', await renderPreview(path, kind));
  const plan = planHevc(source, meta);
  const ffmpeg = plan && (await loadFfmpeg());
  if (plan === undefined || ffmpeg === undefined) {
    const decoded = await decodeHeifStill(source, coloursOf(meta.primary));
    return by('libheif', await renderPreview(decoded, kind));
  }
  if (plan.width * plan.height > MAX_SOURCE_PIXELS) {
    throw new MediaError('too-large', `${plan.width} x ${plan.height}`);
  }
  const shrink = shrinkFor(plan, kind);
  const rendered = await renderPreview(await decodeHevcStill(ffmpeg, source, plan, shrink), kind);
  return by('ffmpeg', {
    ...rendered,
    sourceWidth: rendered.sourceWidth * shrink,
    sourceHeight: rendered.sourceHeight * shrink,
  });
}

/**
 * The largest power of two by which tiles can shrink to whole pixels while the canvas stays at twice the
 * preview's size, so that the final scaling decides how the picture looks.
 */
export function shrinkFor(
  plan: Pick<HevcPlan, 'width' | 'height' | 'tileWidth' | 'tileHeight'>,
  kind: PreviewKind,
): number {
  const longEdge = Math.max(plan.width, plan.height);
  let shrink = 1;
  for (;;) {
    const next = shrink * 2;
    const isWhole = [plan.width, plan.height, plan.tileWidth, plan.tileHeight].every(
      (size) => size % next === 0,
    );
    if (!isWhole || longEdge / next < PREVIEW_LONG_EDGE[kind] * 2) return shrink;
    shrink = next;
  }
}
