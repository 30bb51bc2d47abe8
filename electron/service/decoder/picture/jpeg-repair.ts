import type { Orientation } from '../header/orientation.ts';

const START_OF_IMAGE = Buffer.from([0xff, 0xd8]);
/** Metadata before the picture is a few hundred kilobytes at most. */
const MAX_SEARCH_BYTE_COUNT = 4 * 1024 * 1024;

/**
 * A JPEG without its metadata, for files whose metadata segments have wrong lengths so that no reader finds the
 * picture behind them. Colour profile and EXIF are lost; the picture itself is not touched.
 * @returns `undefined` when no picture stands in the bytes
 */
export function withoutMetadata(jpeg: Buffer): Buffer | undefined {
  const end = Math.min(jpeg.byteLength, MAX_SEARCH_BYTE_COUNT);
  for (let at = jpeg.indexOf(0xff, 2); at !== -1 && at < end; at = jpeg.indexOf(0xff, at + 1)) {
    if (isPictureStart(jpeg, at)) {
      return Buffer.concat([START_OF_IMAGE, jpeg.subarray(at)]);
    }
  }
  return undefined;
}

/** Whether from here on only tables and a frame header stand before a scan. */
function isPictureStart(jpeg: Buffer, start: number): boolean {
  let hasFrame = false;
  let at = start;
  while (at + 4 <= jpeg.byteLength && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xda) return hasFrame;
    const isTable = [0xc4, 0xdb, 0xdd].includes(marker);
    const isFrame = marker >= 0xc0 && marker <= 0xc2;
    if (!isTable && !isFrame) return false;
    hasFrame ||= isFrame;
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return false;
}

/** The same JPEG with an EXIF block in front that says nothing but how to turn it. */
export function withOrientation(jpeg: Buffer, orientation: Orientation): Buffer {
  const exif = Buffer.alloc(36);
  exif.writeUInt16BE(0xffe1, 0);
  exif.writeUInt16BE(34, 2);
  exif.write('Exif\0\0MM\0*', 4, 'latin1');
  exif.writeUInt32BE(8, 14);
  exif.writeUInt16BE(1, 18);
  exif.writeUInt16BE(0x0112, 20);
  exif.writeUInt16BE(3, 22);
  exif.writeUInt32BE(1, 24);
  exif.writeUInt16BE(orientation, 28);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}
