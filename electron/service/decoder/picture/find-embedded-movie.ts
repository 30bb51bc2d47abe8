import type { ByteSource } from '../byte-source.ts';
import { findIsoBox, isoBoxes } from '../header/iso-boxes.ts';

/** First byte of a movie inside a still's file, and the first byte after it. */
export interface EmbeddedMovie {
  readonly start: number;
  readonly end: number;
}

/** Some phones write large metadata first. */
const MAX_XMP_SEARCH_BYTE_COUNT = 512 * 1024;
/** Where nothing tells the place, at most this much is searched. */
const MAX_SEARCH_BYTE_COUNT = 96 * 1024 * 1024;
const SEARCH_STEP = 1024 * 1024;
const MAX_TYPE_BOX_BYTE_COUNT = 256;
const MIN_MOVIE_BYTE_COUNT = 512;
const MOVIE_BOXES = ['moov', 'mdat', 'free', 'wide', 'skip', 'uuid'];
const STILL_BRANDS = ['heic', 'heix', 'mif1', 'avif'];

/**
 * The movie that a motion photo carries: Google's (`mpvd` box of a HEIC; place told in XMP), Samsung's (trailer), or
 * any other MP4 behind the picture. What a file tells is believed only when a movie begins there.
 */
export function findEmbeddedMovie(source: ByteSource): EmbeddedMovie | undefined {
  for (const found of candidates(source)) {
    if (found !== undefined && isMovie(source, found)) return found;
  }
  return undefined;
}

function* candidates(source: ByteSource): Generator<EmbeddedMovie | undefined> {
  const isHeif = source.read(4, 4).toString('latin1') === 'ftyp';
  if (isHeif) yield inMotionPhotoBox(source);
  yield inSamsungTrailer(source);
  if (isHeif) return;
  yield* toldInXmp(source);
  yield* searched(source);
}

function inMotionPhotoBox(source: ByteSource): EmbeddedMovie | undefined {
  const box = findIsoBox(source, 'mpvd');
  return box && { start: box.bodyStart, end: box.end };
}

/** A list of named blocks, to be read from the end: places count backwards from the list's start. */
function inSamsungTrailer(source: ByteSource): EmbeddedMovie | undefined {
  const tail = source.read(source.byteCount - 8, 8);
  if (tail.byteLength < 8 || tail.toString('latin1', 4) !== 'SEFT') return undefined;
  const listByteCount = tail.readUInt32LE(0);
  const listStart = source.byteCount - 8 - listByteCount;
  const list = source.read(listStart, Math.min(listByteCount, 64 * 1024));
  if (list.byteLength < 12 || list.toString('latin1', 0, 4) !== 'SEFH') return undefined;
  const count = Math.min(list.readUInt32LE(8), 256);
  for (let entry = 0; entry < count && 12 + (entry + 1) * 12 <= list.byteLength; entry += 1) {
    const at = 12 + entry * 12;
    const start = listStart - list.readUInt32LE(at + 4);
    const byteCount = list.readUInt32LE(at + 8);
    const head = source.read(start, 64);
    if (head.byteLength < 8) continue;
    const nameByteCount = head.readUInt32LE(4);
    const name = head.toString('latin1', 8, 8 + Math.min(nameByteCount, 56));
    if (name !== 'MotionPhoto_Data') continue;
    return { start: start + 8 + nameByteCount, end: start + byteCount };
  }
  return undefined;
}

/** Google's tags, old (`MicroVideoOffset`) and new (a list of what stands behind the picture). */
function* toldInXmp(source: ByteSource): Generator<EmbeddedMovie> {
  const text = source
    .read(0, Math.min(MAX_XMP_SEARCH_BYTE_COUNT, source.byteCount))
    .toString('latin1');
  const end = source.byteCount;
  const offset = /MicroVideoOffset(?:="|>)(\d{1,12})/.exec(text)?.[1];
  if (offset !== undefined) yield { start: end - Number(offset), end };
  // The items stand behind the picture in this order, and the last one ends the file.
  let itemEnd = end;
  const items = [...text.matchAll(/<Container:Item\b[^>]*>/g)].slice(0, 32).reverse();
  for (const [item] of items) {
    const value = (name: string): string =>
      new RegExp(`Item:${name}="([^"]*)"`).exec(item)?.[1] ?? '';
    const start = itemEnd - Number(value('Length') || 0);
    if (value('Semantic') === 'MotionPhoto' && Number.isSafeInteger(start)) {
      yield { start, end: itemEnd };
    }
    itemEnd = start - Number(value('Padding') || 0);
    if (!Number.isSafeInteger(itemEnd)) return;
  }
}

/** The beginning of a movie anywhere behind the first bytes. */
function* searched(source: ByteSource): Generator<EmbeddedMovie> {
  const end = source.byteCount;
  for (let at = 8; at < Math.min(end, MAX_SEARCH_BYTE_COUNT); at += SEARCH_STEP) {
    // The steps overlap, so that a mark on the border is found.
    const bytes = source.read(at, Math.min(SEARCH_STEP + 3, end - at));
    for (let mark = bytes.indexOf('ftyp'); mark !== -1; mark = bytes.indexOf('ftyp', mark + 4)) {
      yield { start: at + mark - 4, end };
    }
  }
}

function isMovie(source: ByteSource, { start, end }: EmbeddedMovie): boolean {
  if (!(start > 0) || end > source.byteCount || end - start < MIN_MOVIE_BYTE_COUNT) return false;
  const [type, next] = [...take(isoBoxes(source, start, end), 2)];
  if (type?.type !== 'ftyp' || next === undefined) return false;
  if (type.end - start > MAX_TYPE_BOX_BYTE_COUNT || !MOVIE_BOXES.includes(next.type)) return false;
  return !STILL_BRANDS.includes(source.read(type.bodyStart, 4).toString('latin1'));
}

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const value of values) {
    yield value;
    taken += 1;
    if (taken === count) return;
  }
}
