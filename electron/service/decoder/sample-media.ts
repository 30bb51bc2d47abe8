/** Small files built by hand for the decoder's tests, where no library would write what is needed. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real camera files beside the project, when they are there. */
const REAL_MEDIA_FOLDER = resolve(import.meta.dirname, '../../../../shared/media');

export const HAS_REAL_MEDIA = existsSync(REAL_MEDIA_FOLDER);

export function realMedia(name: string): string {
  return join(REAL_MEDIA_FOLDER, name);
}

/** One ISO box with its header. */
export function isoBox(type: string, ...bodies: readonly Buffer[]): Buffer {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.byteLength, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

export interface SampleMovie {
  /** Value of `com.apple.quicktime.creationdate`; without one there is no such key. */
  readonly creationDate?: string;
  /** Seconds since 1904 in the movie header. */
  readonly createdSeconds?: number;
  /** The matrix's a, b, c, d. */
  readonly turn?: readonly [number, number, number, number];
  /** Media data between the type and the movie box. */
  readonly mediaByteCount?: number;
}

/** A QuickTime movie of 1920 x 1080 and 2.5 s, all header and no pictures. */
export function sampleMovie(movie: SampleMovie = {}): Buffer {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(movie.createdSeconds ?? 0, 4);
  header.writeUInt32BE(600, 12);
  header.writeUInt32BE(1500, 16);
  const track = Buffer.alloc(84);
  const [a, b, c, d] = movie.turn ?? [1, 0, 0, 1];
  for (const [at, value] of [
    [40, a],
    [44, b],
    [52, c],
    [56, d],
  ] as const) {
    track.writeInt32BE(value * 0x10000, at);
  }
  track.writeInt32BE(0x40000000, 72);
  track.writeUInt16BE(1920, 76);
  track.writeUInt16BE(1080, 80);
  return Buffer.concat([
    isoBox('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
    isoBox('mdat', Buffer.alloc(movie.mediaByteCount ?? 100)),
    isoBox(
      'moov',
      isoBox('mvhd', header),
      isoBox('trak', isoBox('tkhd', track)),
      ...(movie.creationDate === undefined ? [] : [creationDateBox(movie.creationDate)]),
    ),
  ]);
}

function creationDateBox(date: string): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string): Buffer => Buffer.from(value, 'latin1');
  return isoBox(
    'meta',
    isoBox('hdlr', Buffer.alloc(24)),
    isoBox(
      'keys',
      number(0),
      number(2),
      isoBox('mdta', text('com.apple.quicktime.make')),
      isoBox('mdta', text('com.apple.quicktime.creationdate')),
    ),
    isoBox(
      'ilst',
      isoBox('\0\0\0\x01', isoBox('data', number(1), number(0), text('Apple'))),
      isoBox('\0\0\0\x02', isoBox('data', number(1), number(0), text(date))),
    ),
  );
}

/** A tag of a TIFF directory: its number, and a text or unsigned numbers. */
export type SampleTag = readonly [tag: number, value: string | readonly number[]];

export interface SampleDirectory {
  readonly tags: readonly SampleTag[];
  /** Directories that tag 0x8769 (EXIF) or 0x014A (SubIFDs) of this one points to. */
  readonly children?: Readonly<Record<number, SampleDirectory>>;
}

/** A little-endian TIFF structure, with `data` at the fixed offset {@link SAMPLE_TIFF_DATA_AT}. */
export function sampleTiff(directory: SampleDirectory, data: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  const directoryAt = SAMPLE_TIFF_DATA_AT + data.byteLength;
  head.writeUInt32LE(directoryAt, 4);
  return Buffer.concat([head, data, directoryBytes(directory, directoryAt)]);
}

export const SAMPLE_TIFF_DATA_AT = 8;

function directoryBytes({ tags, children = {} }: SampleDirectory, at: number): Buffer {
  const pointers = Object.keys(children).map(Number);
  const all = [...tags, ...pointers.map((tag): SampleTag => [tag, [0]])];
  all.sort(([a], [b]) => a - b);
  const entries = Buffer.alloc(2 + all.length * 12 + 4);
  entries.writeUInt16LE(all.length, 0);
  const rest: Buffer[] = [];
  let restAt = at + entries.byteLength;
  for (const [index, [tag, value]] of all.entries()) {
    const child = children[tag];
    const entryAt = 2 + index * 12;
    const bytes = child === undefined ? valueBytes(value) : directoryBytes(child, restAt);
    const isInPlace = child === undefined && bytes.byteLength <= 4;
    entries.writeUInt16LE(tag, entryAt);
    entries.writeUInt16LE(typeof value === 'string' ? 2 : 4, entryAt + 2);
    entries.writeUInt32LE(typeof value === 'string' ? value.length + 1 : value.length, entryAt + 4);
    if (isInPlace) {
      bytes.copy(entries, entryAt + 8);
    } else {
      entries.writeUInt32LE(restAt, entryAt + 8);
      rest.push(bytes);
      restAt += bytes.byteLength;
    }
  }
  return Buffer.concat([entries, ...rest]);
}

function valueBytes(value: string | readonly number[]): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1');
  const bytes = Buffer.alloc(value.length * 4);
  for (const [index, number] of value.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}
