import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONG_END = 0x06064b50;
const LONG_END_LOCATOR = 0x07064b50;

/**
 * The files of a small zip that stores them, by name, read from its central directory as any reader does, each proven
 * by its checksum. It shares no code with what writes one.
 */
export async function unzipped(path: string): Promise<Map<string, Buffer>> {
  return filesOfZip(await readFile(path));
}

export function filesOfZip(zip: Buffer): Map<string, Buffer> {
  let end = zip.byteLength - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('the zip has no end');
  const files = new Map<string, Buffer>();
  let { at, count } = directoryOf(zip, end);
  for (; count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('the zip has a broken directory');
    const [method, crc, size] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 24),
    ];
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    if (method !== 0 || crc32(bytes) !== crc) throw new Error(`${name} is not as it was stored`);
    if (files.has(name)) throw new Error(`${name} is there twice`);
    files.set(name, bytes);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** Where the directory is, and how many files it has; a zip of many says so in numbers of eight bytes. */
function directoryOf(zip: Buffer, end: number): { at: number; count: number } {
  const locator = end - 20;
  if (locator < 0 || zip.readUInt32LE(locator) !== LONG_END_LOCATOR) {
    return { at: zip.readUInt32LE(end + 16), count: zip.readUInt16LE(end + 10) };
  }
  const long = Number(zip.readBigUInt64LE(locator + 8));
  if (zip.readUInt32LE(long) !== LONG_END) throw new Error('the zip has a broken end');
  return {
    at: Number(zip.readBigUInt64LE(long + 48)),
    count: Number(zip.readBigUInt64LE(long + 32)),
  };
}
