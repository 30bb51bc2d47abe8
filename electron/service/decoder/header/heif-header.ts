import type { ByteSource } from '../byte-source.ts';
import { type ExifFacts, readExifBlock } from './exif-facts.ts';
import { type HeifMeta, readHeifItem, readHeifMeta } from './heif-items.ts';
import { findProperty, orientationOfProperties } from './heif-properties.ts';
import { uprightSize } from './orientation.ts';

/** Upright size of a HEIC or AVIF still, and what its EXIF block says. */
export interface HeifHeader extends Omit<ExifFacts, 'orientation'> {
  readonly width?: number;
  readonly height?: number;
  readonly hasGainMap?: true;
}

const MAX_EXIF_BYTE_COUNT = 256 * 1024;

/** @throws MediaError when the item structure is broken. */
export function readHeifHeader(source: ByteSource): HeifHeader {
  const meta = readHeifMeta(source);
  const { properties } = meta.primary;
  const size = findProperty(properties, 'size');
  // HEIF turns by its own properties; the orientation in EXIF is only a copy (ISO/IEC 23008-12, A.2.1).
  const upright = size && uprightSize(size, orientationOfProperties(properties));
  const { orientation: _, ...facts } = exifOf(source, meta) ?? { orientation: 1 };
  const gainMap = hasGainMap(meta) ? { hasGainMap: true as const } : {};
  return { ...upright, ...facts, ...gainMap };
}

/** Apple's own kind of map, and the one of ISO 21496-1. */
function hasGainMap({ items }: HeifMeta): boolean {
  return [...items.values()].some(
    ({ type, properties }) =>
      type === 'tmap' || findProperty(properties, 'auxiliary')?.urn.includes('hdrgainmap'),
  );
}

function exifOf(source: ByteSource, meta: HeifMeta): ExifFacts | undefined {
  const describing = meta.references.filter(
    ({ type, to }) => type === 'cdsc' && to.includes(meta.primary.itemId),
  );
  const items = describing.map(({ from }) => meta.items.get(from));
  const item =
    items.find((candidate) => candidate?.type === 'Exif') ??
    [...meta.items.values()].find((candidate) => candidate.type === 'Exif');
  if (item === undefined) return undefined;
  const bytes = readHeifItem(source, item, MAX_EXIF_BYTE_COUNT);
  if (bytes.byteLength < 4) return undefined;
  // The first four bytes say how far behind them the TIFF header stands.
  return readExifBlock(bytes.subarray(4 + bytes.readUInt32BE(0)));
}
