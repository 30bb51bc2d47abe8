import type { ByteSource } from '../byte-source.ts';

/** Stored size and EXIF block of a file made of chunks. */
export interface ChunkedHeader {
  readonly width?: number;
  readonly height?: number;
  readonly exif?: Buffer;
}

const MAX_CHUNKS = 4096;
const MAX_PICTURE_CHUNKS = 20;
/** EXIF in a JPEG cannot be larger, and nothing Roost reads stands further back. */
const MAX_EXIF_BYTE_COUNT = 64 * 1024;

/** PNG: `IHDR` first, `eXIf` anywhere, even after the picture data (PNG third edition, 11.3.4.5). */
export function readPngHeader(source: ByteSource): ChunkedHeader {
  const first = source.read(8, 16);
  if (first.byteLength < 16 || first.toString('latin1', 4, 8) !== 'IHDR') return {};
  const size = { width: first.readUInt32BE(8), height: first.readUInt32BE(12) };
  const exif = pngExif(source);
  return { ...size, ...(exif && { exif }) };
}

function pngExif(source: ByteSource): Buffer | undefined {
  let at = 8;
  let pictureChunkCount = 0;
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const head = source.read(at, 8);
    if (head.byteLength < 8) return undefined;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (type === 'eXIf') return chunkBytes(source, at + 8, length);
    // Some writers cut the picture into thousands of chunks, and walking them reads the whole file.
    if (type === 'IDAT') pictureChunkCount += 1;
    if (type === 'IEND' || pictureChunkCount > MAX_PICTURE_CHUNKS) return undefined;
    at += 12 + length;
  }
  return undefined;
}

/** WebP: RIFF chunks; `EXIF` stands after the picture (RFC 9649, 2.7). */
export function readWebpHeader(source: ByteSource): ChunkedHeader {
  let header: ChunkedHeader = {};
  let at = 12;
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const head = source.read(at, 8);
    if (head.byteLength < 8) break;
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    if (header.width === undefined) {
      header = { ...header, ...webpSize(type, source.read(at + 8, 10)) };
    }
    if (type === 'EXIF') return { ...header, exif: chunkBytes(source, at + 8, length) };
    at += 8 + length + (length % 2);
  }
  return header;
}

function webpSize(type: string, body: Buffer): ChunkedHeader {
  if (type === 'VP8X' && body.byteLength >= 10) {
    return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
  }
  if (type === 'VP8 ' && body.byteLength >= 10 && body.readUIntBE(3, 3) === 0x9d012a) {
    return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  }
  if (type === 'VP8L' && body.byteLength >= 5 && body[0] === 0x2f) {
    const bits = body.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return {};
}

/** GIF: the logical screen stands right after the signature. */
export function readGifHeader(source: ByteSource): ChunkedHeader {
  const head = source.read(6, 4);
  if (head.byteLength < 4) return {};
  return { width: head.readUInt16LE(0), height: head.readUInt16LE(2) };
}

function chunkBytes(source: ByteSource, at: number, length: number): Buffer {
  return source.read(at, Math.min(length, MAX_EXIF_BYTE_COUNT));
}
