import { bufferSource, type ByteSource, readExactly } from '../byte-source.ts';
import { readExifFacts } from '../header/exif-facts.ts';
import { readJpegHeader } from '../header/jpeg-segments.ts';
import { TIFF_TAG, type TiffDirectory, TiffReader } from '../header/tiff-directory.ts';
import { isRawFile } from '../header/tiff-header.ts';
import { MediaError } from '../media-error.ts';
import { withOrientation } from './jpeg-repair.ts';

const MAX_JPEG_BYTE_COUNT = 128 * 1024 * 1024;

/** Where a JPEG stands inside a RAW file. */
interface Candidate {
  readonly offset: number;
  readonly byteCount: number;
}

/** Whether the picture of a TIFF-like file is to be taken from an embedded JPEG. */
export function isRaw(source: ByteSource): boolean {
  const reader = TiffReader.open(source);
  return reader !== undefined && isRawFile([...reader.directories()]);
}

/**
 * The largest JPEG the camera or converter put into a RAW file, turned as the file says.
 * @throws MediaError `no-embedded-preview` when there is none that is whole
 */
export function readEmbeddedPreview(source: ByteSource): Buffer {
  const reader = TiffReader.open(source);
  const directories = reader ? [...reader.directories()] : [];
  const candidates = directories
    .flatMap(candidatesIn)
    .filter(({ offset, byteCount }) => byteCount > 0 && offset + byteCount <= source.byteCount)
    .sort((a, b) => b.byteCount - a.byteCount);
  for (const { offset, byteCount } of candidates) {
    if (byteCount > MAX_JPEG_BYTE_COUNT) continue;
    const jpeg = readExactly(source, offset, byteCount);
    const header = readJpegHeader(bufferSource(jpeg));
    if (jpeg.readUInt16BE(0) !== 0xffd8 || header.width === undefined) continue;
    // A JPEG with EXIF of its own knows how it is turned.
    if (header.exif !== undefined) return jpeg;
    return withOrientation(jpeg, readExifFacts(source).orientation);
  }
  throw new MediaError('no-embedded-preview', 'no JPEG in any of the directories');
}

const COMPRESSION_JPEG = [6, 7];

function candidatesIn(directory: TiffDirectory): Candidate[] {
  const found: Candidate[] = [];
  const [jpegOffset, jpegByteCount] = [
    directory.number(TIFF_TAG.jpegOffset),
    directory.number(TIFF_TAG.jpegByteCount),
  ];
  if (jpegOffset !== undefined && jpegByteCount !== undefined) {
    found.push({ offset: jpegOffset, byteCount: jpegByteCount });
  }
  const offsets = directory.numbers(TIFF_TAG.stripOffsets);
  const byteCounts = directory.numbers(TIFF_TAG.stripByteCounts);
  const [offset, byteCount] = [offsets[0], byteCounts[0]];
  const isJpeg = COMPRESSION_JPEG.includes(directory.number(TIFF_TAG.compression) ?? 0);
  // Sensor data can be JPEG-coded too, as lossless JPEG, which is not a picture.
  const isPicture = [2, 6].includes(directory.number(TIFF_TAG.photometric) ?? 6);
  const isWhole = offsets.length === 1 && offset !== undefined && byteCount !== undefined;
  if (isJpeg && isPicture && isWhole) found.push({ offset, byteCount });
  return found;
}
