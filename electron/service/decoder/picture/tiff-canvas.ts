import type { Orientation } from '../header/orientation.ts';

/** Bare pixels inside a TIFF file in memory. */
export interface TiffCanvas {
  /** The whole file, for sharp. */
  readonly file: Buffer;
  /** The part that holds the pixels, row after row without padding, to be drawn on. */
  readonly pixels: Buffer;
}

interface CanvasOptions {
  readonly width: number;
  readonly height: number;
  /** 3: RGB; 4: RGB and an alpha that is not multiplied in. Eight bits each. */
  readonly channels: 3 | 4;
  /** How the drawn pixels must be turned to stand upright. */
  readonly orientation: Orientation;
  /** ICC profile the pixel values are in; sRGB without one. */
  readonly iccProfile?: Buffer;
}

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const HEADER_BYTE_COUNT = 8;
const ENTRY_BYTE_COUNT = 12;
/** One strip of several hundred megabytes is refused by some readers. */
const ROWS_PER_STRIP = 256;

/**
 * Makes an uncompressed TIFF to draw decoded pixels on. sharp takes bare pixels only without profile and
 * orientation; in this envelope it turns them and converts their colours like those of any file, and
 * without a copy.
 */
export function createTiffCanvas(options: CanvasOptions): TiffCanvas {
  const { width, height, channels, orientation } = options;
  const icc = options.iccProfile ?? Buffer.alloc(0);
  const stripCount = Math.ceil(height / ROWS_PER_STRIP);
  const rowByteCount = width * channels;
  const entryCount = 11 + (channels === 4 ? 1 : 0) + (icc.byteLength > 0 ? 1 : 0);
  const directoryEnd = HEADER_BYTE_COUNT + 2 + entryCount * ENTRY_BYTE_COUNT + 4;
  const bitsAt = directoryEnd;
  const stripOffsetsAt = bitsAt + 8;
  const stripSizesAt = stripOffsetsAt + stripCount * 4;
  const iccAt = stripSizesAt + stripCount * 4;
  const pixelsAt = iccAt + icc.byteLength + (icc.byteLength % 2);

  const file = Buffer.alloc(pixelsAt + rowByteCount * height);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(HEADER_BYTE_COUNT, 4);
  file.writeUInt16LE(entryCount, HEADER_BYTE_COUNT);
  let at = HEADER_BYTE_COUNT + 2;
  const entry = (tag: number, type: number, count: number, value: number): void => {
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
    at += ENTRY_BYTE_COUNT;
  };
  // A list of one LONG stands in the entry itself.
  const listAt = (offset: number, only: number): number => (stripCount === 1 ? only : offset);
  entry(0x0100, LONG, 1, width);
  entry(0x0101, LONG, 1, height);
  entry(0x0102, SHORT, channels, bitsAt);
  entry(0x0103, SHORT, 1, 1);
  entry(0x0106, SHORT, 1, 2);
  entry(0x0111, LONG, stripCount, listAt(stripOffsetsAt, pixelsAt));
  entry(0x0112, SHORT, 1, orientation);
  entry(0x0115, SHORT, 1, channels);
  entry(0x0116, LONG, 1, ROWS_PER_STRIP);
  entry(0x0117, LONG, stripCount, listAt(stripSizesAt, rowByteCount * height));
  entry(0x011c, SHORT, 1, 1);
  if (channels === 4) entry(0x0152, SHORT, 1, 2);
  if (icc.byteLength > 0) entry(0x8773, UNDEFINED, icc.byteLength, iccAt);

  for (let channel = 0; channel < channels; channel += 1) {
    file.writeUInt16LE(8, bitsAt + channel * 2);
  }
  for (let strip = 0; strip < stripCount; strip += 1) {
    const firstRow = strip * ROWS_PER_STRIP;
    const rows = Math.min(ROWS_PER_STRIP, height - firstRow);
    file.writeUInt32LE(pixelsAt + firstRow * rowByteCount, stripOffsetsAt + strip * 4);
    file.writeUInt32LE(rows * rowByteCount, stripSizesAt + strip * 4);
  }
  icc.copy(file, iccAt);
  return { file, pixels: file.subarray(pixelsAt) };
}
