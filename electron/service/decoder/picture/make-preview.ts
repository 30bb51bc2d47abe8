import { readFileSync } from 'node:fs';

import { type ByteSource, openFileSource } from '../byte-source.ts';
import type {
  PictureKind,
  PreviewKind,
  PreviewQuality,
  PreviewResult,
} from '../decoder-protocol.ts';
import { readExifBlock } from '../header/exif-facts.ts';
import { hasHeifStill } from '../header/heif-items.ts';
import { findIsoBox } from '../header/iso-boxes.ts';
import { readJpegHeader } from '../header/jpeg-segments.ts';
import { SNIFF_BYTE_COUNT, type SniffedType, sniffMediaType } from '../header/sniff-media-type.ts';
import { MediaError } from '../media-error.ts';
import { decodeVideoPoster } from './decode-video-poster.ts';
import { decodeWholePicture } from './decode-whole-picture.ts';
import { type Ffmpeg, loadFfmpeg } from './ffmpeg.ts';
import { findEmbeddedMovie } from './find-embedded-movie.ts';
import { heifPreview } from './heif-preview.ts';
import { withOrientation, withoutMetadata } from './jpeg-repair.ts';
import { makeClip } from './make-clip.ts';
import { movieContainerOf, type MovieLocation } from './open-movie.ts';
import { isRaw } from './raw-embedded-preview.ts';
import { rawPreview } from './raw-preview.ts';
import { renderPreview, type RenderedPreview } from './render-preview.ts';

type MadePreview = Extract<PreviewResult, { ok: true }>;

/** More of a file than this is never read into memory at once. */
const FILE_BUDGET_BYTE_COUNT = 1024 * 1024 * 1024;
/** Metadata stands at the start; what Exif and a colour profile take comes before. */
const GAIN_MAP_SEARCH_BYTE_COUNT = 192 * 1024;
const MAX_REPAIRED_BYTE_COUNT = 128 * 1024 * 1024;

/** RAW files that are not built like a TIFF, or not quite. */
const OTHER_RAW_TYPES = [
  'image/x-canon-cr3',
  'image/x-fuji-raf',
  'image/x-olympus-orf',
  'image/x-panasonic-rw2',
];

/**
 * Makes a preview of any file. Colours of all pictures and clips end up in sRGB.
 * @throws MediaError with the reason why there is none
 */
export async function makePreview(
  path: string,
  kind: PreviewKind,
  quality: PreviewQuality = 'full',
): Promise<MadePreview> {
  // Every answer below is awaited here: the file closes when this function returns.
  using source = openFileSource(path, FILE_BUDGET_BYTE_COUNT);
  const sniffed = sniffMediaType(source.read(0, SNIFF_BYTE_COUNT));
  if (kind === 'clip') return await clip(path, source, sniffed);
  return await picture(path, source, sniffed, kind, quality);
}

async function picture(
  path: string,
  source: ByteSource,
  sniffed: SniffedType,
  kind: PictureKind,
  quality: PreviewQuality,
): Promise<MadePreview> {
  const { container, mediaType } = sniffed;
  const movie = movieLocation(path, source, sniffed);
  if (movie !== undefined) {
    const decoded = await decodeVideoPoster(await requireFfmpeg(), movie);
    return by('ffmpeg', await renderPreview(decoded, kind));
  }
  switch (container) {
    case 'jpeg': {
      const preview = by('sharp', await jpegPreview(path, source, kind));
      return { ...preview, ...(hasGainMap(source) && { hasGainMap: true }) };
    }
    case 'png':
    case 'webp':
    case 'gif':
    case 'avif':
      return by('sharp', await renderPreview(path, kind));
    case 'tiff':
      if (mediaType === 'image/x-canon-cr2' || isRaw(source)) {
        return { ok: true, ...(await rawPreview(source, kind)) };
      }
      return by('sharp', await renderPreview(path, kind));
    case 'heif':
      return await heifPreview(path, source, kind, quality);
    default:
      return await otherPicture(path, source, sniffed, kind);
  }
}

async function otherPicture(
  path: string,
  source: ByteSource,
  { mediaType, kind: mediaKind }: SniffedType,
  kind: PictureKind,
): Promise<MadePreview> {
  if (OTHER_RAW_TYPES.includes(mediaType)) {
    return { ok: true, ...(await rawPreview(source, kind)) };
  }
  // A TIFF with 64-bit offsets.
  if (mediaType === 'image/tiff') return by('sharp', await renderPreview(path, kind));
  const format = mediaType === 'image/jxl' ? 'jxl' : isBmp(source) ? 'bmp' : undefined;
  if (format !== undefined) {
    const decoded = await decodeWholePicture(await requireFfmpeg(), source, format);
    return by('ffmpeg', await renderPreview(decoded, kind));
  }
  throw new MediaError(mediaKind === 'file' ? 'not-an-image' : 'unsupported-format', mediaType);
}

/** A clip of a movie, or of the movie inside a motion photo. */
async function clip(path: string, source: ByteSource, sniffed: SniffedType): Promise<MadePreview> {
  const movie = movieLocation(path, source, sniffed) ?? embeddedMovie(path, source, sniffed);
  if (movie === undefined) throw new MediaError('no-movie', sniffed.mediaType);
  const made = await makeClip(await requireFfmpeg(), movie);
  return { ok: true, decodedBy: 'ffmpeg', ...made };
}

function movieLocation(
  path: string,
  source: ByteSource,
  sniffed: SniffedType,
): MovieLocation | undefined {
  const container = movieContainerOf(sniffed);
  if (container !== undefined) return { path, container };
  // A burst or an animation may be nothing but a track, without a still.
  const isTrack =
    sniffed.container === 'heif' && !hasHeifStill(source) && findIsoBox(source, 'moov');
  return isTrack ? { path, container: 'mov' } : undefined;
}

function embeddedMovie(
  path: string,
  source: ByteSource,
  { container }: SniffedType,
): MovieLocation | undefined {
  if (container !== 'jpeg' && container !== 'heif') return undefined;
  const part = findEmbeddedMovie(source);
  return part && { path, container: 'mov', part };
}

async function requireFfmpeg(): Promise<Ffmpeg> {
  const ffmpeg = await loadFfmpeg();
  if (ffmpeg === undefined) throw new MediaError('unsupported-format', 'no FFmpeg here');
  return ffmpeg;
}

function by(decodedBy: MadePreview['decodedBy'], preview: RenderedPreview): MadePreview {
  return { ok: true, decodedBy, ...preview };
}

/** `BM`, and the header size of a version that is in use. */
function isBmp(source: ByteSource): boolean {
  const head = source.read(0, 18);
  return (
    head.byteLength === 18 &&
    head.toString('latin1', 0, 2) === 'BM' &&
    [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))
  );
}

/** Whether the metadata of a JPEG speaks of a gain map, in Adobe's words or those of ISO 21496-1. */
function hasGainMap(source: ByteSource): boolean {
  const start = source.read(0, Math.min(GAIN_MAP_SEARCH_BYTE_COUNT, source.byteCount));
  return ['hdrgm:Version', 'urn:iso:std:iso:ts:21496'].some((mark) => start.includes(mark));
}

/** Broken metadata can hide an intact picture; then it is read without. */
async function jpegPreview(
  path: string,
  source: ByteSource,
  kind: PictureKind,
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
