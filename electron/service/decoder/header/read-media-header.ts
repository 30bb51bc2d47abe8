import { type ByteSource, openFileSource } from '../byte-source.ts';
import type { MediaHeader } from '../decoder-protocol.ts';
import { MediaError } from '../media-error.ts';
import { isCutOff } from './cut-off.ts';
import { type ExifFacts, readExifBlock } from './exif-facts.ts';
import { readHeifHeader } from './heif-header.ts';
import { readJpegHeader } from './jpeg-segments.ts';
import { readMovieHeader } from './movie-header.ts';
import { uprightSize } from './orientation.ts';
import { readGifHeader, readPngHeader, readWebpHeader } from './png-webp-gif-header.ts';
import { SNIFF_BYTE_COUNT, type SniffedType, sniffMediaType } from './sniff-media-type.ts';
import { readTiffHeader } from './tiff-header.ts';

/** Enough for a header of any known camera, and read in a few milliseconds. */
const HEADER_BUDGET_BYTE_COUNT = 768 * 1024;

/** Pixels; a panorama has under 100,000. A larger number is damage, and would spoil every layout. */
const MAX_SIDE = 1_000_000;

/**
 * Type, upright size and capture time of a file from a bounded read of its start and structure.
 * What is broken is left out; only a file that cannot be read at all is an error.
 * @throws MediaError `file-unreadable`
 */
export function readMediaHeader(path: string): MediaHeader {
  using source = openFileSource(path, HEADER_BUDGET_BYTE_COUNT);
  return readHeaderFrom(source);
}

/** The same over any source of bytes. */
export function readHeaderFrom(source: ByteSource): MediaHeader {
  const sniffed = sniffMediaType(source.read(0, SNIFF_BYTE_COUNT));
  const { mediaType, kind } = sniffed;
  const { frameAt, ...details } = asFarAsItGoes(() => detailsOf(source, sniffed)) ?? {};
  const { width = 0, height = 0, ...rest } = details;
  const isSize = [width, height].every((side) => side > 0 && side <= MAX_SIDE);
  const cutOff = asFarAsItGoes(() => isCutOff(source, sniffed.container, frameAt));
  return {
    mediaType,
    kind,
    ...rest,
    ...(isSize && { width, height }),
    ...(cutOff && { isCutOff: true }),
  };
}

function asFarAsItGoes<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MediaError && error.reason !== 'file-unreadable') return undefined;
    throw error;
  }
}

interface Details extends Partial<MediaHeader> {
  /** Where the picture of a JPEG begins. */
  readonly frameAt?: number;
}

function detailsOf(source: ByteSource, { container }: SniffedType): Details {
  switch (container) {
    case 'jpeg': {
      const { frameAt, burstId, ...header } = readJpegHeader(source);
      return {
        ...(burstId !== undefined && { burstId }),
        ...upright(header),
        ...(frameAt !== undefined && { frameAt }),
      };
    }
    case 'png':
      return upright(readPngHeader(source));
    case 'webp':
      return upright(readWebpHeader(source));
    case 'gif':
      return upright(readGifHeader(source));
    case 'tiff':
      return readTiffHeader(source);
    case 'heif':
    case 'avif':
      return readHeifHeader(source);
    case 'movie':
      return readMovieHeader(source).header;
    case 'other':
      return {};
  }
}

interface StoredHeader {
  readonly width?: number;
  readonly height?: number;
  readonly exif?: Buffer;
}

function upright({ width, height, exif }: StoredHeader): Partial<MediaHeader> {
  const read: ExifFacts = exif === undefined ? { orientation: 1 } : readExifBlock(exif);
  const { orientation, ...facts } = read;
  return {
    ...(width !== undefined && height !== undefined && uprightSize({ width, height }, orientation)),
    ...facts,
  };
}
