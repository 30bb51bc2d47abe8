import { type ByteSource, readExactly } from '../byte-source.ts';

export interface JpegHeader {
  /** Stored size, before orientation. */
  readonly width?: number;
  readonly height?: number;
  readonly exif?: Buffer;
}

const MAX_SEGMENTS = 512;
const EXIF_MARK = 'Exif\0\0';

/**
 * Walks a JPEG's segments up to the picture data (ITU-T T.81, B.1.1). What stands there is taken even if the
 * rest is broken: a damaged photo is still filed by its time.
 */
export function readJpegHeader(source: ByteSource): JpegHeader {
  let exif: Buffer | undefined;
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    const head = source.read(at, 4);
    if (head.byteLength < 4 || head[0] !== 0xff) break;
    const marker = head.readUInt8(1);
    if (marker === 0xff) {
      // Any number of fill bytes may stand before a marker.
      at += 1;
      continue;
    }
    if (isStandalone(marker)) {
      at += 2;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (length < 2 || marker === 0xda || marker === 0xd9) break;
    if (marker === 0xe1 && exif === undefined) exif = exifOf(source, at + 4, length - 2);
    if (isFrame(marker)) {
      const frame = source.read(at + 4, 5);
      if (frame.byteLength < 5) break;
      return sized(frame.readUInt16BE(3), frame.readUInt16BE(1), exif);
    }
    at += 2 + length;
  }
  return { ...(exif && { exif }) };
}

function sized(width: number, height: number, exif: Buffer | undefined): JpegHeader {
  const size = width > 0 && height > 0 ? { width, height } : {};
  return { ...size, ...(exif && { exif }) };
}

function exifOf(source: ByteSource, at: number, length: number): Buffer | undefined {
  if (source.read(at, EXIF_MARK.length).toString('latin1') !== EXIF_MARK) return undefined;
  const available = Math.min(length, source.byteCount - at);
  return readExactly(source, at, available);
}

/** TEM and the restart markers have no length. */
function isStandalone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** The start-of-frame markers: C0 to CF without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
