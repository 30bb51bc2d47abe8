import type { ByteSource } from '../byte-source.ts';
import { findIsoBox, type IsoBox, isoBoxes } from './iso-boxes.ts';
import type { Container } from './sniff-media-type.ts';

/** So much of a file's end is looked at. */
const TAIL_BYTE_COUNT = 16 * 1024;

/**
 * Whether a file ends before its own structure says it does, from its ends alone. Only what is certain counts:
 * cameras append other things to a photo, a short movie for example, and such a file is whole.
 */
export function isCutOff(
  source: ByteSource,
  container: Container,
  frameAt: number | undefined,
): boolean {
  switch (container) {
    case 'jpeg':
      return isJpegCutOff(source, frameAt);
    case 'png':
      return !tailOf(source, 8).includes('IEND', 0, 'latin1');
    case 'webp':
      return isWebpCutOff(source);
    case 'heif':
    case 'avif':
      return lastBoxRunsOver(source);
    case 'movie':
      // A recording that was broken off has its pictures, and nothing that says what they are.
      return lastBoxRunsOver(source) || findIsoBox(source, 'moov') === undefined;
    case 'gif':
    case 'tiff':
    case 'other':
      return false;
  }
}

function tailOf(source: ByteSource, start: number): Buffer {
  const from = Math.max(start, source.byteCount - TAIL_BYTE_COUNT);
  return source.read(from, source.byteCount - from);
}

/** FF and a zero, a restart marker, or what stands between the scans of a progressive picture. */
const MARKERS_IN_PICTURE = new Set([
  0x00,
  0xff,
  0xc4,
  0xda,
  0xdb,
  0xdc,
  0xdd,
  0xfe,
  ...Array.from({ length: 8 }, (_, index) => 0xd0 + index),
]);

/**
 * Within picture data, an end of image cannot occur by accident (ITU-T T.81, B.1.1.5). Where the file's end has
 * none, and markers that a picture cannot have, something else was appended behind the picture.
 */
function isJpegCutOff(source: ByteSource, frameAt: number | undefined): boolean {
  if (frameAt === undefined) return false;
  const tail = tailOf(source, frameAt + 2);
  for (let at = tail.indexOf(0xff); at !== -1; at = tail.indexOf(0xff, at + 1)) {
    const marker = tail[at + 1];
    if (marker === undefined) break;
    if (!MARKERS_IN_PICTURE.has(marker)) return false;
  }
  return true;
}

function isWebpCutOff(source: ByteSource): boolean {
  const head = source.read(4, 4);
  return head.byteLength === 4 && head.readUInt32LE(0) + 8 > source.byteCount;
}

/** Others may be no boxes at all, but something a phone put behind the last one. */
const LARGE_BOXES = new Set(['mdat', 'moov', 'meta', 'moof', 'free', 'skip', 'uuid', 'udta']);

function lastBoxRunsOver(source: ByteSource): boolean {
  let last: IsoBox | undefined;
  for (const box of isoBoxes(source)) last = box;
  return last?.isCut === true && LARGE_BOXES.has(last.type);
}
