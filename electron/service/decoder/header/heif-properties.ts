import type { ByteSource } from '../byte-source.ts';
import { ByteCursor } from './byte-cursor.ts';
import type { IsoBox } from './iso-boxes.ts';
import { afterwards, type Orientation } from './orientation.ts';

/** Colours as numbers of ITU-T H.273. */
export interface HeifColourCodes {
  readonly type: 'colour-codes';
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly isFullRange: boolean;
}

/** What HEIF says about an item, as far as Roost needs it. */
export type HeifProperty =
  | { readonly type: 'size'; readonly width: number; readonly height: number }
  | { readonly type: 'turn'; readonly orientation: Orientation }
  | { readonly type: 'icc-profile'; readonly bytes: Buffer }
  | HeifColourCodes
  | { readonly type: 'hevc-configuration'; readonly bytes: Buffer }
  | { readonly type: 'auxiliary'; readonly urn: string }
  | { readonly type: 'crop' }
  | { readonly type: 'unread'; readonly code: string };

/** Real profiles have under 4 KB; printer profiles with tables do not occur in camera pictures. */
const MAX_PROPERTY_BYTE_COUNT = 256 * 1024;

/** `irot` counts quarter turns anticlockwise (ISO/IEC 23008-12, 6.5.10). */
const TURN_OF_ANGLE = [1, 8, 3, 6] as const satisfies readonly Orientation[];

/** @throws MediaError `damaged` when the property ends too early. */
export function readHeifProperty(source: ByteSource, box: IsoBox): HeifProperty {
  const byteCount = box.end - box.bodyStart;
  if (byteCount > MAX_PROPERTY_BYTE_COUNT) return { type: 'unread', code: box.type };
  const cursor = new ByteCursor(source.read(box.bodyStart, byteCount));
  switch (box.type) {
    case 'ispe':
      cursor.skip(4);
      return { type: 'size', width: cursor.unsigned(4), height: cursor.unsigned(4) };
    case 'irot':
      return { type: 'turn', orientation: TURN_OF_ANGLE[cursor.unsigned(1) & 3] ?? 1 };
    case 'imir':
      // 0 exchanges top and bottom, 1 left and right (6.5.12; the first edition could be read the other way round).
      return { type: 'turn', orientation: (cursor.unsigned(1) & 1) === 0 ? 4 : 2 };
    case 'colr':
      return colour(cursor);
    case 'hvcC':
      return { type: 'hevc-configuration', bytes: cursor.bytes(byteCount) };
    case 'auxC':
      cursor.skip(4);
      return {
        type: 'auxiliary',
        urn: cursor.bytes(cursor.remainingByteCount).toString('latin1').split('\0')[0] ?? '',
      };
    case 'clap':
      return { type: 'crop' };
    default:
      return { type: 'unread', code: box.type };
  }
}

function colour(cursor: ByteCursor): HeifProperty {
  const code = cursor.code();
  if (code === 'prof' || code === 'rICC') {
    return { type: 'icc-profile', bytes: cursor.bytes(cursor.remainingByteCount) };
  }
  if (code !== 'nclx') return { type: 'unread', code: 'colr' };
  return {
    type: 'colour-codes',
    primaries: cursor.unsigned(2),
    transfer: cursor.unsigned(2),
    matrix: cursor.unsigned(2),
    isFullRange: (cursor.unsigned(1) & 0x80) !== 0,
  };
}

export function findProperty<T extends HeifProperty['type']>(
  properties: readonly HeifProperty[],
  type: T,
): Extract<HeifProperty, { type: T }> | undefined {
  return properties.find(
    (property): property is Extract<HeifProperty, { type: T }> => property.type === type,
  );
}

/** All turns and mirrors of an item, applied one after another. */
export function orientationOfProperties(properties: readonly HeifProperty[]): Orientation {
  return properties.reduce<Orientation>(
    (sum, property) => (property.type === 'turn' ? afterwards(sum, property.orientation) : sum),
    1,
  );
}
