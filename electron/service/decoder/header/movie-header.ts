import type { CaptureTime } from '../../../../shared/capture-time.ts';
import type { Location } from '../../../../shared/receipt.ts';
import type { ByteSource } from '../byte-source.ts';
import { asUuid } from './apple-note.ts';
import { cameraName } from './camera-name.ts';
import { parseQuickTimeDate } from './exif-facts.ts';
import { parseIso6709 } from './iso-6709.ts';
import { findIsoBox, isoBoxes, type IsoBox } from './iso-boxes.ts';
import { type MovieTexts, readMovieKeys, readUserDataTexts } from './movie-keys.ts';
import { type Orientation, orientationOfTurn, uprightSize } from './orientation.ts';

export interface MovieHeader {
  /** Upright size of the first picture track. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** Wall clock with offset, from the phone. */
  readonly capturedAt?: CaptureTime;
  /** The instant in the movie header. It says nothing about the wall clock where it was taken. */
  readonly utcCreatedAt?: number;
  readonly location?: Location;
  readonly camera?: string;
  readonly contentId?: string;
}

/** Seconds from 1904-01-01, where movie headers count from, to 1970-01-01. */
const MAC_EPOCH_SECONDS = 2_082_844_800;
const MAX_DURATION_MS = 100 * 24 * 3600 * 1000;

/** Reads `moov`, wherever in the file it stands, without reading the media data. */
export function readMovieHeader(source: ByteSource): {
  readonly header: MovieHeader;
  /** How the stored pictures must be turned. */
  readonly orientation: Orientation;
} {
  const movie = findIsoBox(source, 'moov');
  if (movie === undefined) return { header: {}, orientation: 1 };
  let timing: MovieTiming = {};
  let track: PictureTrack | undefined;
  let keys: MovieTexts = {};
  let userData: MovieTexts = {};
  for (const box of isoBoxes(source, movie.bodyStart, movie.end)) {
    if (box.type === 'mvhd') timing = readTiming(source, box);
    if (box.type === 'trak') track ??= readPictureTrack(source, box);
    if (box.type === 'meta') keys = { ...readMovieKeys(source, box), ...keys };
    if (box.type === 'udta') userData = readUserDataTexts(source, box);
  }
  const orientation = track?.orientation ?? 1;
  const facts = factsOf({ ...userData, ...keys });
  return { header: { ...timing, ...track?.size, ...facts }, orientation };
}

function factsOf(texts: MovieTexts): MovieHeader {
  const time = texts.creationDate === undefined ? {} : parseQuickTimeDate(texts.creationDate);
  const location = texts.place === undefined ? undefined : parseIso6709(texts.place);
  const camera = cameraName(texts.make, texts.model);
  const contentId = asUuid(texts.contentId);
  return {
    ...time,
    ...(location && { location }),
    ...(camera !== undefined && { camera }),
    ...(contentId !== undefined && { contentId }),
  };
}

interface MovieTiming {
  readonly durationMs?: number;
  readonly utcCreatedAt?: number;
}

function readTiming(source: ByteSource, box: IsoBox): MovieTiming {
  const body = source.read(box.bodyStart, 32);
  const isLong = body[0] === 1;
  if (body.byteLength < 32 || box.end - box.bodyStart < 32) return {};
  const createdSeconds = isLong ? Number(body.readBigUInt64BE(4)) : body.readUInt32BE(4);
  const timescale = body.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(body.readBigUInt64BE(24)) : body.readUInt32BE(16);
  const durationMs = Math.round((duration / timescale) * 1000);
  const createdAt = (createdSeconds - MAC_EPOCH_SECONDS) * 1000;
  return {
    ...(durationMs >= 0 && durationMs <= MAX_DURATION_MS && { durationMs }),
    // Below: the writer knew nothing (0) or counted from 1970. Above: beyond any calendar in use.
    ...(createdAt > 0 && createdAt < Date.UTC(2200, 0) && { utcCreatedAt: createdAt }),
  };
}

interface PictureTrack {
  /** Upright. */
  readonly size: { readonly width: number; readonly height: number };
  readonly orientation: Orientation;
}

/** A track header with a size; tracks of sound and metadata have none. */
function readPictureTrack(source: ByteSource, track: IsoBox): PictureTrack | undefined {
  const box = findIsoBox(source, 'tkhd', track.bodyStart, track.end);
  if (box === undefined) return undefined;
  const version = source.read(box.bodyStart, 1)[0];
  const matrixStart = box.bodyStart + (version === 1 ? 52 : 40);
  const body = source.read(matrixStart, 44);
  if (body.byteLength < 44 || matrixStart + 44 > box.end) return undefined;
  const width = body.readUInt16BE(36);
  const height = body.readUInt16BE(40);
  if (width === 0 || height === 0) return undefined;
  const orientation = orientationOfTurn({
    a: body.readInt32BE(0),
    b: body.readInt32BE(4),
    c: body.readInt32BE(12),
    d: body.readInt32BE(16),
  });
  return { size: uprightSize({ width, height }, orientation), orientation };
}
