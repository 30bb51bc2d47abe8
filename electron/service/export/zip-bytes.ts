import { crc32 } from 'node:zlib';

/** A file of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly mtime: Date;
  /** How many bytes are expected; there may be one more, and fewer. */
  readonly byteCount: number;
  readonly parts: AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** Where the records of the directory at the end wait until all files are through. */
export interface ZipDirectory {
  readonly addRecord: (record: Buffer) => void;
  readonly records: () => Iterable<Buffer>;
}

/** What fits in two bytes, or in four, says of itself that the number stands elsewhere. */
const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffffffff;
/** Sizes and checksum follow the bytes; names are UTF-8. */
const FLAGS = 0x0808;
const VERSION = 20;
const VERSION_ZIP64 = 45;
/** Made by a Unix, where such a file is readable by all and writable by its owner. */
const MADE_BY = (3 << 8) | 63;
const ATTRIBUTES = 0o100644 * 0x10000;

/**
 * The bytes of a zip that stores files as they are, of any size and number (APPNOTE 6.3.10, zip64 where it is needed).
 * Each file is read once, when its turn comes; memory does not grow with their number.
 * @throws what `entries` and their parts throw.
 */
export async function* zipBytes(
  entries: AsyncIterable<ZipEntry>,
  directory: ZipDirectory,
): AsyncGenerator<Buffer, void, undefined> {
  let offset = 0;
  let count = 0;
  const passed = (bytes: Buffer): Buffer => {
    offset += bytes.byteLength;
    return bytes;
  };
  for await (const entry of entries) {
    const start = offset;
    const name = Buffer.from(entry.name, 'utf8');
    const isLarge = entry.byteCount + 1 >= ELSEWHERE_32;
    yield passed(localHeader(name, entry.mtime, isLarge));
    let crc = 0;
    let size = 0;
    for await (const part of entry.parts) {
      crc = crc32(part, crc);
      size += part.byteLength;
      yield passed(part);
    }
    yield passed(descriptor(crc, size, isLarge));
    directory.addRecord(directoryRecord(name, entry.mtime, { crc, size, start, isLarge }));
    count += 1;
  }
  const start = offset;
  for (const records of directory.records()) yield passed(records);
  yield endOf(count, start, offset - start);
}

function localHeader(name: Buffer, mtime: Date, isLarge: boolean): Buffer {
  // Zeros here: the sizes follow the bytes, in eight bytes each where this field is there.
  const extra = Buffer.concat([timeField(mtime), isLarge ? longField([0, 0]) : Buffer.alloc(0)]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(isLarge ? VERSION_ZIP64 : VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt32LE(dosTime(mtime), 10);
  if (isLarge) {
    header.writeUInt32LE(ELSEWHERE_32, 18);
    header.writeUInt32LE(ELSEWHERE_32, 22);
  }
  header.writeUInt16LE(name.byteLength, 26);
  header.writeUInt16LE(extra.byteLength, 28);
  return Buffer.concat([header, name, extra]);
}

function descriptor(crc: number, size: number, isLarge: boolean): Buffer {
  const bytes = Buffer.alloc(isLarge ? 24 : 16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  if (isLarge) {
    bytes.writeBigUInt64LE(BigInt(size), 8);
    bytes.writeBigUInt64LE(BigInt(size), 16);
  } else {
    bytes.writeUInt32LE(size, 8);
    bytes.writeUInt32LE(size, 12);
  }
  return bytes;
}

function directoryRecord(
  name: Buffer,
  mtime: Date,
  file: {
    readonly crc: number;
    readonly size: number;
    readonly start: number;
    readonly isLarge: boolean;
  },
): Buffer {
  const { crc, size, start } = file;
  const isFar = start >= ELSEWHERE_32;
  const isLong = size >= ELSEWHERE_32;
  const longs = [...(isLong ? [size, size] : []), ...(isFar ? [start] : [])];
  const extra = Buffer.concat([timeField(mtime), longField(longs)]);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(file.isLarge || longs.length > 0 ? VERSION_ZIP64 : VERSION, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt32LE(dosTime(mtime), 12);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(isLong ? ELSEWHERE_32 : size, 20);
  record.writeUInt32LE(isLong ? ELSEWHERE_32 : size, 24);
  record.writeUInt16LE(name.byteLength, 28);
  record.writeUInt16LE(extra.byteLength, 30);
  record.writeUInt32LE(ATTRIBUTES, 38);
  record.writeUInt32LE(isFar ? ELSEWHERE_32 : start, 42);
  return Buffer.concat([record, name, extra]);
}

function endOf(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, ELSEWHERE_16), 8);
  end.writeUInt16LE(Math.min(count, ELSEWHERE_16), 10);
  end.writeUInt32LE(Math.min(size, ELSEWHERE_32), 12);
  end.writeUInt32LE(Math.min(start, ELSEWHERE_32), 16);
  if (count < ELSEWHERE_16 && size < ELSEWHERE_32 && start < ELSEWHERE_32) return end;
  const long = Buffer.alloc(56 + 20);
  long.writeUInt32LE(0x06064b50, 0);
  long.writeBigUInt64LE(44n, 4);
  long.writeUInt16LE(MADE_BY, 12);
  long.writeUInt16LE(VERSION_ZIP64, 14);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(size), 40);
  long.writeBigUInt64LE(BigInt(start), 48);
  long.writeUInt32LE(0x07064b50, 56);
  long.writeBigUInt64LE(BigInt(start + size), 64);
  long.writeUInt32LE(1, 72);
  return Buffer.concat([long, end]);
}

/** Numbers that need eight bytes. */
function longField(numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return Buffer.alloc(0);
  const field = Buffer.alloc(4 + numbers.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(numbers.length * 8, 2);
  for (const [at, number] of numbers.entries()) {
    field.writeBigUInt64LE(BigInt(number), 4 + at * 8);
  }
  return field;
}

/** The time in UTC, in seconds; the field of every header knows neither zone nor odd seconds. */
function timeField(mtime: Date): Buffer {
  const seconds = Math.floor(mtime.getTime() / 1000);
  if (!(seconds >= -0x80000000 && seconds <= 0x7fffffff)) return Buffer.alloc(0);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

/** Date and time of the clock on the wall here, date in the upper half; from 1980 on, for 128 years. */
function dosTime(time: Date): number {
  const year = Math.min(Math.max(time.getFullYear(), 1980), 2107);
  if (year !== time.getFullYear()) return (((year - 1980) << 25) | (1 << 21) | (1 << 16)) >>> 0;
  const date = ((year - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  return ((date << 16) | clock) >>> 0;
}
