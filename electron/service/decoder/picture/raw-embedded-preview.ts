import { bufferSource, type ByteSource, readExactly } from '../byte-source.ts';
import { readExifFacts } from '../header/exif-facts.ts';
import { readJpegHeader } from '../header/jpeg-segments.ts';
import { TIFF_TAG, type TiffDirectory, TiffReader } from '../header/tiff-directory.ts';
import { isRawFile } from '../header/tiff-header.ts';
import { withOrientation } from './jpeg-repair.ts';

const MAX_JPEG_BYTE_COUNT = 128 * 1024 * 1024;

/** Where a JPEG stands inside a RAW file. */
interface Candidate {
  readonly offset: number;
  readonly byteCount: number;
}

/** A picture the camera or converter put into a RAW file. */
export interface EmbeddedPreview {
  readonly jpeg: Buffer;
  /** Stored long edge. */
  readonly longEdge: number;
}

/** Whether the picture of a TIFF-like file is sensor data. */
export function isRaw(source: ByteSource): boolean {
  const reader = TiffReader.open(source);
  return reader !== undefined && isRawFile([...reader.directories()]);
}

/** The largest whole JPEG in a RAW file that is built like a TIFF, turned as the file says. */
export function readEmbeddedPreview(source: ByteSource): EmbeddedPreview | undefined {
  const candidates = directoriesOf(source)
    .flatMap(candidatesIn)
    .filter(({ offset, byteCount }) => byteCount > 0 && offset + byteCount <= source.byteCount)
    .sort((a, b) => b.byteCount - a.byteCount);
  for (const { offset, byteCount } of candidates) {
    if (byteCount > MAX_JPEG_BYTE_COUNT) continue;
    const jpeg = readExactly(source, offset, byteCount);
    const { width, height, exif } = readJpegHeader(bufferSource(jpeg));
    if (jpeg.readUInt16BE(0) !== 0xffd8 || width === undefined || height === undefined) continue;
    const longEdge = Math.max(width, height);
    // A JPEG with EXIF of its own knows how it is turned.
    if (exif !== undefined) return { jpeg, longEdge };
    return { jpeg: withOrientation(jpeg, readExifFacts(source).orientation), longEdge };
  }
  return undefined;
}

const SENSOR_DATA = [32803, 34892];
/** Even the blackest picture, packed as well as can be, needs a bit for each 16 pixels. */
const MAX_PIXELS_PER_BYTE = 128;
/** A longer list is not read to its end, so its sum is not known. */
const MAX_LISTED_PARTS = 64;

/**
 * Whether the sensor data of a TIFF-like file is there as its directories say. LibRaw makes a grey picture of data
 * that is not.
 */
export function hasSensorData(source: ByteSource): boolean {
  const directories = directoriesOf(source).filter((directory) =>
    SENSOR_DATA.includes(directory.number(TIFF_TAG.photometric) ?? -1),
  );
  return directories.every((directory) => {
    const strips = directory.numbers(TIFF_TAG.stripByteCounts);
    const isTiled = strips.length === 0;
    const byteCounts = isTiled ? directory.numbers(TIFF_TAG.tileByteCounts) : strips;
    const offsets = directory.numbers(isTiled ? TIFF_TAG.tileOffsets : TIFF_TAG.stripOffsets);
    const isInFile = offsets.every(
      (offset, index) => offset + (byteCounts[index] ?? 0) <= source.byteCount,
    );
    const pixels =
      (directory.number(TIFF_TAG.imageWidth) ?? 0) * (directory.number(TIFF_TAG.imageLength) ?? 0);
    const sum = byteCounts.reduce((total, byteCount) => total + byteCount, 0);
    const isEnough = byteCounts.length >= MAX_LISTED_PARTS || sum * MAX_PIXELS_PER_BYTE >= pixels;
    return isInFile && isEnough;
  });
}

function directoriesOf(source: ByteSource): TiffDirectory[] {
  return [...(TiffReader.open(source)?.directories() ?? [])];
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
