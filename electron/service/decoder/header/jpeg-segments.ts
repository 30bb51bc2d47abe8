import { type ByteSource, readExactly } from '../byte-source.ts';

export interface JpegHeader {
  /** Stored size, before orientation. */
  readonly width?: number;
  readonly height?: number;
  readonly exif?: Buffer;
  /** Google's name for the burst of which this is a frame; it stands in XMP. */
  readonly burstId?: string;
  /** Where the frame begins: everything behind it is the picture. Absent when the file ends before. */
  readonly frameAt?: number;
}

const MAX_SEGMENTS = 512;
const EXIF_MARK = 'Exif\0\0';
const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0';
const BURST_ID = /GCamera:BurstID(?:\s*=\s*["']|>)([\x21-\x7e]{1,100}?)["'<]/i;

/**
 * Walks a JPEG's segments up to the picture data (ITU-T T.81, B.1.1). What stands there is taken even if the
 * rest is broken: a damaged photo is still filed by its time.
 */
export function readJpegHeader(source: ByteSource): JpegHeader {
  let found: { exif?: Buffer; burstId?: string } = {};
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
    if (marker === 0xe1) {
      found = {
        ...exifOf(source, at + 4, length - 2),
        ...xmpOf(source, at + 4, length - 2),
        ...found,
      };
    }
    if (isFrame(marker)) {
      const frame = source.read(at + 4, 5);
      if (frame.byteLength < 5) break;
      return { ...sized(frame.readUInt16BE(3), frame.readUInt16BE(1)), ...found, frameAt: at };
    }
    at += 2 + length;
  }
  return found;
}

function sized(width: number, height: number): JpegHeader {
  return width > 0 && height > 0 ? { width, height } : {};
}

function exifOf(source: ByteSource, at: number, length: number): { exif?: Buffer } {
  if (source.read(at, EXIF_MARK.length).toString('latin1') !== EXIF_MARK) return {};
  const available = Math.min(length, source.byteCount - at);
  return { exif: readExactly(source, at, available) };
}

function xmpOf(source: ByteSource, at: number, length: number): { burstId?: string } {
  if (source.read(at, XMP_MARK.length).toString('latin1') !== XMP_MARK) return {};
  const burstId = BURST_ID.exec(source.read(at, length).toString('latin1'))?.[1];
  return burstId === undefined ? {} : { burstId };
}

/** TEM and the restart markers have no length. */
function isStandalone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** The start-of-frame markers: C0 to CF without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
