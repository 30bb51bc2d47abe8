import type { ByteSource } from '../byte-source.ts';

/** The tags Roost reads (TIFF 6.0, EXIF 2.32, DNG 1.7). */
export const TIFF_TAG = {
  imageWidth: 0x0100,
  imageLength: 0x0101,
  compression: 0x0103,
  photometric: 0x0106,
  make: 0x010f,
  model: 0x0110,
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripByteCounts: 0x0117,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
  subDirectories: 0x014a,
  jpegOffset: 0x0201,
  jpegByteCount: 0x0202,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offsetTimeOriginal: 0x9011,
  offsetTimeDigitized: 0x9012,
  makerNote: 0x927c,
  dngVersion: 0xc612,
} as const;

/** One image file directory. Values are read when asked for; odd or missing ones are `undefined`. */
export interface TiffDirectory {
  /** The first value as an unsigned number. */
  number(tag: number): number | undefined;
  /** All values as unsigned numbers, at most 64 of them. */
  numbers(tag: number): readonly number[];
  /** An ASCII value without its closing zero, at most 256 characters. */
  text(tag: number): string | undefined;
  /** Unsigned fractions as numbers, at most 64 of them; one without a denominator is `NaN`. */
  fractions(tag: number): readonly number[];
  /** A block of bytes of type UNDEFINED, at most 64 KiB of it. */
  bytes(tag: number): Buffer | undefined;
  has(tag: number): boolean;
  /** Where the next directory stands, 0 when there is none. */
  readonly nextOffset: number;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the entry's four value bytes stand: the value itself, or its offset. */
  readonly valueAt: number;
}

const MAX_ENTRIES = 512;
const MAX_NUMBERS = 64;
const MAX_TEXT = 256;
const MAX_BLOCK_BYTE_COUNT = 64 * 1024;
const MAX_DIRECTORIES = 32;
const MAX_DEPTH = 3;

const ASCII = 2;
const RATIONAL = 5;
const UNDEFINED = 7;

/** Byte sizes of the value types that carry unsigned numbers or text: BYTE, ASCII, SHORT, LONG, IFD. */
const TYPE_BYTE_COUNT: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 13: 4 };

/** Reads directories of a TIFF structure: a whole file, or an EXIF block (where offsets count from its start). */
export class TiffReader {
  readonly #source: ByteSource;
  readonly #isLittleEndian: boolean;
  readonly firstOffset: number;

  private constructor(source: ByteSource, isLittleEndian: boolean, firstOffset: number) {
    this.#source = source;
    this.#isLittleEndian = isLittleEndian;
    this.firstOffset = firstOffset;
  }

  /** `undefined` when the bytes are no classic TIFF (BigTIFF is not read). */
  static open(source: ByteSource): TiffReader | undefined {
    const head = source.read(0, 8);
    if (head.byteLength < 8) return undefined;
    const mark = head.toString('latin1', 0, 4);
    const isLittleEndian = mark === 'II*\0';
    if (!isLittleEndian && mark !== 'MM\0*') return undefined;
    return new TiffReader(
      source,
      isLittleEndian,
      isLittleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4),
    );
  }

  /** A structure whose own mark says how it is written: Apple's maker note begins with one directory. */
  static bigEndian(source: ByteSource, firstOffset: number): TiffReader {
    return new TiffReader(source, false, firstOffset);
  }

  /** The directory at an offset; `undefined` where the file has none. */
  directory(offset: number): TiffDirectory | undefined {
    const countBytes = this.#source.read(offset, 2);
    if (offset < 8 || countBytes.byteLength < 2) return undefined;
    const count = Math.min(this.#unsigned(countBytes, 0, 2), MAX_ENTRIES);
    const bytes = this.#source.read(offset + 2, count * 12 + 4);
    const entries = new Map<number, Entry>();
    for (let at = 0; at + 12 <= bytes.byteLength && at < count * 12; at += 12) {
      const tag = this.#unsigned(bytes, at, 2);
      if (entries.has(tag)) continue;
      entries.set(tag, {
        type: this.#unsigned(bytes, at + 2, 2),
        count: this.#unsigned(bytes, at + 4, 4),
        valueAt: offset + 2 + at + 8,
      });
    }
    const nextAt = count * 12;
    const numbers = (tag: number): readonly number[] => this.#numbers(entries.get(tag));
    return {
      number: (tag) => numbers(tag)[0],
      numbers,
      fractions: (tag) => this.#fractions(entries.get(tag)),
      text: (tag) => this.#text(entries.get(tag)),
      bytes: (tag) => this.#block(entries.get(tag)),
      has: (tag) => entries.has(tag),
      nextOffset: bytes.byteLength >= nextAt + 4 ? this.#unsigned(bytes, nextAt, 4) : 0,
    };
  }

  /** The main directories in file order, each followed by its sub-directories; loops end the walk. */
  *directories(): Generator<TiffDirectory> {
    const seen = new Set<number>();
    yield* this.#chain(this.firstOffset, seen, 0);
  }

  *#chain(firstOffset: number, seen: Set<number>, depth: number): Generator<TiffDirectory> {
    let offset = firstOffset;
    while (offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES) {
      seen.add(offset);
      const directory = this.directory(offset);
      if (directory === undefined) return;
      yield directory;
      if (depth < MAX_DEPTH) {
        for (const child of directory.numbers(TIFF_TAG.subDirectories)) {
          yield* this.#chain(child, seen, depth + 1);
        }
      }
      offset = directory.nextOffset;
    }
  }

  #numbers(entry: Entry | undefined): readonly number[] {
    const size = entry === undefined ? undefined : TYPE_BYTE_COUNT[entry.type];
    if (entry === undefined || size === undefined || entry.type === ASCII) return [];
    const count = Math.min(entry.count, MAX_NUMBERS);
    const bytes = this.#value(entry, entry.count * size, count * size);
    const found: number[] = [];
    for (let at = 0; at + size <= bytes.byteLength; at += size) {
      found.push(this.#unsigned(bytes, at, size));
    }
    return found;
  }

  #fractions(entry: Entry | undefined): readonly number[] {
    if (entry?.type !== RATIONAL) return [];
    const bytes = this.#value(entry, entry.count * 8, Math.min(entry.count, MAX_NUMBERS) * 8);
    const found: number[] = [];
    for (let at = 0; at + 8 <= bytes.byteLength; at += 8) {
      const denominator = this.#unsigned(bytes, at + 4, 4);
      found.push(denominator === 0 ? Number.NaN : this.#unsigned(bytes, at, 4) / denominator);
    }
    return found;
  }

  #block(entry: Entry | undefined): Buffer | undefined {
    if (entry?.type !== UNDEFINED) return undefined;
    return this.#value(entry, entry.count, Math.min(entry.count, MAX_BLOCK_BYTE_COUNT));
  }

  #text(entry: Entry | undefined): string | undefined {
    if (entry?.type !== ASCII) return undefined;
    const bytes = this.#value(entry, entry.count, Math.min(entry.count, MAX_TEXT));
    const text = bytes.toString('latin1');
    const end = text.indexOf('\0');
    return end === -1 ? text : text.slice(0, end);
  }

  /** Values of up to four bytes stand in the entry, larger ones elsewhere. */
  #value(entry: Entry, fullByteCount: number, wantedByteCount: number): Buffer {
    if (fullByteCount <= 4) return this.#source.read(entry.valueAt, wantedByteCount);
    const pointer = this.#source.read(entry.valueAt, 4);
    if (pointer.byteLength < 4) return Buffer.alloc(0);
    return this.#source.read(this.#unsigned(pointer, 0, 4), wantedByteCount);
  }

  #unsigned(bytes: Buffer, at: number, size: number): number {
    return this.#isLittleEndian ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
  }
}
