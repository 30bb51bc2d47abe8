import { type ByteSource, readExactly } from '../byte-source.ts';
import { MediaError } from '../media-error.ts';
import { ByteCursor } from './byte-cursor.ts';
import { type HeifProperty, readHeifProperty } from './heif-properties.ts';
import { findIsoBox, isoBoxes, type IsoBox } from './iso-boxes.ts';

/** A piece of an item's bytes, as an offset into the file. */
export interface HeifExtent {
  readonly offset: number;
  readonly byteCount: number;
}

export interface HeifItem {
  readonly itemId: number;
  /** `hvc1`, `grid`, `Exif`, ... */
  readonly type: string;
  readonly extents: readonly HeifExtent[];
  /** In the order in which they apply. */
  readonly properties: readonly HeifProperty[];
}

export interface HeifReference {
  /** `dimg`: is made from; `auxl`: is auxiliary to; `cdsc`: describes; `thmb`: is a thumbnail of. */
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** The item structure of a HEIF file (ISO/IEC 14496-12, 8.11 and ISO/IEC 23008-12). */
export interface HeifMeta {
  readonly primary: HeifItem;
  readonly items: ReadonlyMap<number, HeifItem>;
  readonly references: readonly HeifReference[];
}

/** A 200-megapixel grid of 512-pixel tiles has under 1,000 items. */
const MAX_ITEMS = 8192;
const MAX_PROPERTIES = 4096;

/** Whether a file has items at all; a HEIF sequence may have nothing but a track. */
export function hasHeifStill(source: ByteSource): boolean {
  const box = findIsoBox(source, 'meta');
  return box !== undefined && findIsoBox(source, 'pitm', box.bodyStart + 4, box.end) !== undefined;
}

/** @throws MediaError `damaged` when the structure is broken, `unsupported-format` when there is no still in it. */
export function readHeifMeta(source: ByteSource): HeifMeta {
  const box = findIsoBox(source, 'meta');
  if (box === undefined) throw new MediaError('unsupported-format', 'no still picture in it');
  // A full box: version and flags come first.
  const boxes = new Map<string, IsoBox>();
  for (const child of isoBoxes(source, box.bodyStart + 4, box.end)) {
    if (!boxes.has(child.type)) boxes.set(child.type, child);
  }
  const body = (type: string): ByteCursor | undefined => {
    const found = boxes.get(type);
    return found && fullBox(source, found);
  };
  const types = readItemTypes(source, boxes.get('iinf'));
  const extents = readExtents(body('iloc'), boxes.get('idat')?.bodyStart);
  const properties = readProperties(source, boxes.get('iprp'));
  const items = new Map<number, HeifItem>();
  for (const [itemId, type] of types) {
    items.set(itemId, {
      itemId,
      type,
      extents: extents.get(itemId) ?? [],
      properties: properties.get(itemId) ?? [],
    });
  }
  const primaryId = readPrimaryId(body('pitm'));
  const primary = primaryId === undefined ? undefined : items.get(primaryId);
  if (primary === undefined) throw new MediaError('damaged', 'the primary picture is missing');
  return { primary, items, references: readReferences(source, boxes.get('iref')) };
}

/** All bytes of an item. @throws MediaError `damaged` when the file ends before, `too-large` above the limit. */
export function readHeifItem(source: ByteSource, item: HeifItem, maxByteCount: number): Buffer {
  const total = item.extents.reduce((sum, extent) => sum + extent.byteCount, 0);
  if (total > maxByteCount) throw new MediaError('too-large', `an item of ${total} bytes`);
  const parts = item.extents.map(({ offset, byteCount }) => readExactly(source, offset, byteCount));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** The body of a full box; its first four bytes are version and flags. */
function fullBox(source: ByteSource, box: IsoBox): ByteCursor {
  return new ByteCursor(source.read(box.bodyStart, box.end - box.bodyStart));
}

function readPrimaryId(cursor: ByteCursor | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const version = cursor.unsigned(1);
  cursor.skip(3);
  return cursor.unsigned(version === 0 ? 2 : 4);
}

function readItemTypes(source: ByteSource, box: IsoBox | undefined): Map<number, string> {
  const types = new Map<number, string>();
  if (box === undefined) return types;
  const version = fullBox(source, box).unsigned(1);
  const start = box.bodyStart + 4 + (version === 0 ? 2 : 4);
  for (const entry of isoBoxes(source, start, box.end)) {
    if (entry.type !== 'infe' || types.size >= MAX_ITEMS) continue;
    const cursor = fullBox(source, entry);
    const entryVersion = cursor.unsigned(1);
    // Versions 0 and 1 carry no item type; no camera writes them.
    if (entryVersion !== 2 && entryVersion !== 3) continue;
    cursor.skip(3);
    const itemId = cursor.unsigned(entryVersion === 2 ? 2 : 4);
    cursor.skip(2);
    types.set(itemId, cursor.code());
  }
  return types;
}

function readExtents(
  cursor: ByteCursor | undefined,
  itemDataStart: number | undefined,
): Map<number, HeifExtent[]> {
  const found = new Map<number, HeifExtent[]>();
  if (cursor === undefined) return found;
  const version = cursor.unsigned(1);
  cursor.skip(3);
  const sizes = cursor.unsigned(2);
  const [offsetSize, lengthSize] = [sizes >> 12, (sizes >> 8) & 15];
  const [baseSize, indexSize] = [(sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const count = cursor.unsigned(version < 2 ? 2 : 4);
  for (let index = 0; index < Math.min(count, MAX_ITEMS); index += 1) {
    const itemId = cursor.unsigned(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : cursor.unsigned(2) & 15;
    cursor.skip(2);
    const base = cursor.unsigned(baseSize);
    const extentCount = cursor.unsigned(2);
    const extents: HeifExtent[] = [];
    for (let extent = 0; extent < extentCount; extent += 1) {
      cursor.skip(indexSize);
      const offset = base + cursor.unsigned(offsetSize);
      const byteCount = cursor.unsigned(lengthSize);
      if (method === 0) extents.push({ offset, byteCount });
      if (method === 1 && itemDataStart !== undefined) {
        extents.push({ offset: itemDataStart + offset, byteCount });
      }
    }
    found.set(itemId, extents);
  }
  return found;
}

function readProperties(source: ByteSource, box: IsoBox | undefined): Map<number, HeifProperty[]> {
  const found = new Map<number, HeifProperty[]>();
  if (box === undefined) return found;
  const container = findIsoBox(source, 'ipco', box.bodyStart, box.end);
  const all: HeifProperty[] = [];
  if (container) {
    for (const property of isoBoxes(source, container.bodyStart, container.end)) {
      if (all.length < MAX_PROPERTIES) all.push(readHeifProperty(source, property));
    }
  }
  for (const association of isoBoxes(source, box.bodyStart, box.end)) {
    if (association.type === 'ipma') associate(fullBox(source, association), all, found);
  }
  return found;
}

function associate(
  cursor: ByteCursor,
  all: readonly HeifProperty[],
  found: Map<number, HeifProperty[]>,
): void {
  const version = cursor.unsigned(1);
  const isWide = (cursor.unsigned(3) & 1) === 1;
  const count = cursor.unsigned(4);
  for (let index = 0; index < Math.min(count, MAX_ITEMS); index += 1) {
    const itemId = cursor.unsigned(version === 0 ? 2 : 4);
    const associationCount = cursor.unsigned(1);
    const properties = found.get(itemId) ?? [];
    for (let entry = 0; entry < associationCount; entry += 1) {
      // The top bit says "essential"; indices count from 1.
      const position = isWide ? cursor.unsigned(2) & 0x7fff : cursor.unsigned(1) & 0x7f;
      const property = all[position - 1];
      if (property !== undefined) properties.push(property);
    }
    found.set(itemId, properties);
  }
}

function readReferences(source: ByteSource, box: IsoBox | undefined): HeifReference[] {
  const found: HeifReference[] = [];
  if (box === undefined) return found;
  const idSize = fullBox(source, box).unsigned(1) === 0 ? 2 : 4;
  for (const { type, bodyStart, end } of isoBoxes(source, box.bodyStart + 4, box.end)) {
    const cursor = new ByteCursor(source.read(bodyStart, end - bodyStart));
    const from = cursor.unsigned(idSize);
    const count = cursor.unsigned(2);
    const to = Array.from({ length: count }, () => cursor.unsigned(idSize));
    found.push({ type, from, to });
  }
  return found;
}
