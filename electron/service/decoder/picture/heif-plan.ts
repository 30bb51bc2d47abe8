import { type ByteSource } from '../byte-source.ts';
import { ByteCursor } from '../header/byte-cursor.ts';
import { type HeifItem, type HeifMeta, readHeifItem } from '../header/heif-items.ts';
import {
  findProperty,
  type HeifColourCodes,
  orientationOfProperties,
} from '../header/heif-properties.ts';
import type { Orientation } from '../header/orientation.ts';
import { MediaError } from '../media-error.ts';

/** How to decode a HEIF still: HEVC tiles laid out in a grid (a single picture is a grid of one). */
export interface HevcPlan {
  /** Stored size; tiles at the right and lower edge may reach beyond it. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Row by row. */
  readonly tiles: readonly HeifItem[];
  readonly hevcConfiguration: Buffer;
  readonly orientation: Orientation;
  readonly colours: HeifColours;
}

/** What the file says about its colours; with both, the profile tells the colours and the codes how YUV was made. */
export interface HeifColours {
  readonly iccProfile?: Buffer;
  readonly codes?: HeifColourCodes;
}

const MAX_GRID_BYTE_COUNT = 16;

/**
 * The plan for a still of plain HEVC pictures, which is what phones write; `undefined` for everything else a HEIF
 * file can be (overlays, crops, alpha, other codecs), which the general decoder takes.
 * @throws MediaError `damaged` when the structure contradicts itself
 */
export function planHevc(source: ByteSource, meta: HeifMeta): HevcPlan | undefined {
  const { primary } = meta;
  const isCropped = findProperty(primary.properties, 'crop') !== undefined;
  if (isCropped || hasAlpha(meta)) return undefined;
  const layout = layoutOf(source, meta);
  const [first] = layout?.tiles ?? [];
  if (layout === undefined || first === undefined) return undefined;
  if (layout.tiles.some((tile) => tile.type !== 'hvc1')) return undefined;
  const tileSize = findProperty(first.properties, 'size');
  const configuration = findProperty(first.properties, 'hevc-configuration');
  if (tileSize === undefined || configuration === undefined) {
    throw new MediaError('damaged', 'a tile has no size or no decoder configuration');
  }
  const rows = Math.ceil(layout.tiles.length / layout.columns);
  const isCovered =
    layout.columns * tileSize.width >= layout.width && rows * tileSize.height >= layout.height;
  // Else a few bytes could ask for a canvas of any size.
  if (!isCovered) throw new MediaError('damaged', 'the tiles do not cover the picture');
  const isUniform = layout.tiles.every(
    (tile) => findProperty(tile.properties, 'hevc-configuration') === configuration,
  );
  if (!isUniform) return undefined;
  return {
    ...layout,
    tileWidth: tileSize.width,
    tileHeight: tileSize.height,
    hevcConfiguration: configuration.bytes,
    orientation: orientationOfProperties(primary.properties),
    colours: coloursOf(primary, first),
  };
}

/** Colours stand at the grid, or at its tiles. */
export function coloursOf(...items: readonly HeifItem[]): HeifColours {
  const properties = items.flatMap((item) => item.properties);
  const icc = findProperty(properties, 'icc-profile');
  const codes = findProperty(properties, 'colour-codes');
  return { ...(icc && { iccProfile: icc.bytes }), ...(codes && { codes }) };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly tiles: readonly HeifItem[];
}

function layoutOf(source: ByteSource, meta: HeifMeta): Layout | undefined {
  const { primary } = meta;
  if (primary.type === 'grid') return gridOf(source, meta);
  const size = findProperty(primary.properties, 'size');
  if (primary.type !== 'hvc1' || size === undefined) return undefined;
  return { width: size.width, height: size.height, columns: 1, tiles: [primary] };
}

/** ISO/IEC 23008-12, 6.6.2.3.2. */
function gridOf(source: ByteSource, meta: HeifMeta): Layout {
  const cursor = new ByteCursor(readHeifItem(source, meta.primary, MAX_GRID_BYTE_COUNT));
  cursor.skip(1);
  const sizeByteCount = (cursor.unsigned(1) & 1) === 1 ? 4 : 2;
  const rows = cursor.unsigned(1) + 1;
  const columns = cursor.unsigned(1) + 1;
  const width = cursor.unsigned(sizeByteCount);
  const height = cursor.unsigned(sizeByteCount);
  const tileIds = meta.references.find(
    ({ type, from }) => type === 'dimg' && from === meta.primary.itemId,
  )?.to;
  const tiles = (tileIds ?? []).map((itemId) => meta.items.get(itemId));
  const present = tiles.filter((tile) => tile !== undefined);
  if (present.length !== rows * columns) {
    throw new MediaError('damaged', `${present.length} of ${rows * columns} tiles`);
  }
  return { width, height, columns, tiles: present };
}

function hasAlpha(meta: HeifMeta): boolean {
  return meta.references.some(({ type, from, to }) => {
    if (type !== 'auxl' || !to.includes(meta.primary.itemId)) return false;
    const properties = meta.items.get(from)?.properties ?? [];
    const urn = findProperty(properties, 'auxiliary')?.urn ?? '';
    return urn.endsWith(':alpha') || urn === 'urn:mpeg:hevc:2015:auxid:1';
  });
}
