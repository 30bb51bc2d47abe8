import type { CaptureTime } from '../../../../shared/capture-time.ts';
import type { ByteSource } from '../byte-source.ts';
import { parseQuickTimeDate } from './exif-facts.ts';
import { findIsoBox, isoBoxes, type IsoBox } from './iso-boxes.ts';
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
  let creationDate: string | undefined;
  for (const box of isoBoxes(source, movie.bodyStart, movie.end)) {
    if (box.type === 'mvhd') timing = readTiming(source, box);
    if (box.type === 'trak') track ??= readPictureTrack(source, box);
    if (box.type === 'meta') creationDate ??= readCreationDateKey(source, box);
    if (box.type === 'udta') creationDate ??= readUserDataDate(source, box);
  }
  const told = creationDate === undefined ? undefined : parseQuickTimeDate(creationDate);
  const orientation = track?.orientation ?? 1;
  return { header: { ...timing, ...track?.size, ...told }, orientation };
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

const CREATION_DATE_KEY = 'com.apple.quicktime.creationdate';
const MAX_KEYS = 256;
const MAX_VALUE_BYTE_COUNT = 64;

/** QuickTime metadata: names in `keys`, values in `ilst` under the position of their name, from 1. */
function readCreationDateKey(source: ByteSource, meta: IsoBox): string | undefined {
  // QuickTime's `meta` is a plain box; MP4's is a full one with four more bytes.
  const isPlain = source.read(meta.bodyStart + 4, 4).toString('latin1') === 'hdlr';
  const start = meta.bodyStart + (isPlain ? 0 : 4);
  const keys = findIsoBox(source, 'keys', start, meta.end);
  const values = findIsoBox(source, 'ilst', start, meta.end);
  if (keys === undefined || values === undefined) return undefined;
  const position = positionOfKey(source, keys);
  if (position === undefined) return undefined;
  for (const value of isoBoxes(source, values.bodyStart, values.end)) {
    if (Buffer.from(value.type, 'latin1').readUInt32BE() !== position) continue;
    const data = findIsoBox(source, 'data', value.bodyStart, value.end);
    // Eight bytes of type and locale come before the text.
    return data && textIn(source, data.bodyStart + 8, data.end);
  }
  return undefined;
}

function positionOfKey(source: ByteSource, keys: IsoBox): number | undefined {
  let position = 0;
  // Entries look like boxes: a size, the name space `mdta`, the name.
  for (const entry of isoBoxes(source, keys.bodyStart + 8, keys.end)) {
    position += 1;
    if (position > MAX_KEYS) return undefined;
    const byteCount = entry.end - entry.bodyStart;
    if (byteCount !== CREATION_DATE_KEY.length) continue;
    if (source.read(entry.bodyStart, byteCount).toString('latin1') === CREATION_DATE_KEY) {
      return position;
    }
  }
  return undefined;
}

/** User data `©day`: two bytes of length, two of language, then the same kind of date. */
function readUserDataDate(source: ByteSource, userData: IsoBox): string | undefined {
  const day = findIsoBox(source, '\xa9day', userData.bodyStart, userData.end);
  return day && textIn(source, day.bodyStart + 4, day.end);
}

function textIn(source: ByteSource, start: number, end: number): string {
  const byteCount = Math.min(end - start, MAX_VALUE_BYTE_COUNT);
  return source.read(start, byteCount).toString('latin1').replace(/\0+$/, '');
}
