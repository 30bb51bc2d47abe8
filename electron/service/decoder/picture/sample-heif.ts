/** HEIF files of HEVC pictures, written box by box, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isoBox } from '../sample-media.ts';
import { type MadeMovie, writeMovie } from './sample-movies.ts';

/** One HEVC picture as an item's bytes, with its decoder configuration. */
export interface CodedPicture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  /** The `hvcC` box. */
  readonly configuration: Buffer;
}

export interface SampleItem {
  /** `hvc1` by default. */
  readonly type?: string;
  readonly bytes: Buffer;
  /** Boxes; the same object is written once. */
  readonly properties?: readonly Buffer[];
  readonly references?: readonly { readonly type: string; readonly to: readonly number[] }[];
}

export interface SampleHeif {
  /** Numbered from 1. */
  readonly items: readonly SampleItem[];
  /** 1 by default. */
  readonly primaryId?: number;
  /** The first one is the major brand. */
  readonly brands?: readonly string[];
}

export async function codedPicture(
  picture: Pick<MadeMovie, 'width' | 'height' | 'hdr' | 'pixelFormat'> & { pixels: Buffer },
): Promise<CodedPicture> {
  const folder = await mkdtemp(join(tmpdir(), 'roost-heif-'));
  try {
    const { pixels, ...movie } = picture;
    const path = join(folder, 'one.mp4');
    const made = { ...movie, codec: 'hevc', container: 'mp4', frameCount: 1 } as const;
    const file = await writeMovie(path, { ...made, paint: () => pixels });
    const { width, height } = picture;
    return {
      width,
      height,
      bytes: boxIn(file, 'mdat').subarray(8),
      configuration: boxIn(file, 'hvcC'),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An item of one coded picture, with its size, configuration and further properties. */
export function pictureItem(
  { width, height, bytes, configuration }: CodedPicture,
  ...more: readonly Buffer[]
): SampleItem {
  return { bytes, properties: [configuration, sizeBox(width, height), ...more] };
}

/** Items of a grid, the grid itself first, all of whose tiles show the same picture. */
export function gridItems(
  tile: CodedPicture,
  grid: {
    readonly columns: number;
    readonly rows: number;
    readonly width: number;
    readonly height: number;
  },
  ...more: readonly Buffer[]
): SampleItem[] {
  const { columns, rows, width, height } = grid;
  const isLarge = width > 0xffff || height > 0xffff;
  const bytes = Buffer.alloc(isLarge ? 12 : 8);
  bytes.set([0, isLarge ? 1 : 0, rows - 1, columns - 1]);
  if (isLarge) {
    bytes.writeUInt32BE(width, 4);
    bytes.writeUInt32BE(height, 8);
  } else {
    bytes.writeUInt16BE(width, 4);
    bytes.writeUInt16BE(height, 6);
  }
  const item = pictureItem(tile);
  const to = Array.from({ length: columns * rows }, (_, index) => index + 2);
  const properties = [sizeBox(width, height), ...more];
  return [
    { type: 'grid', bytes, properties, references: [{ type: 'dimg', to }] },
    ...to.map(() => item),
  ];
}

export function sizeBox(width: number, height: number): Buffer {
  return isoBox('ispe', numbers(4, 0, width, height));
}

/** Quarter turns anticlockwise. */
export function turnBox(quarterTurns: number): Buffer {
  return isoBox('irot', Buffer.from([quarterTurns]));
}

export function colourBox(primaries: number, transfer: number, matrix: number): Buffer {
  return isoBox(
    'colr',
    Buffer.from('nclx'),
    numbers(2, primaries, transfer, matrix),
    Buffer.from([0]),
  );
}

export function auxiliaryBox(urn: string): Buffer {
  return isoBox('auxC', numbers(4, 0), Buffer.from(`${urn}\0`));
}

export function sampleHeif(heif: SampleHeif): Buffer {
  const [major = 'heic', ...others] = heif.brands ?? ['heic', 'mif1', 'heic'];
  const type = isoBox('ftyp', Buffer.from(`${major}\0\0\0\0${others.join('')}`, 'latin1'));
  const dataStart = type.byteLength + metaBox(heif, 0).byteLength + 8;
  const blobs = [...new Set(heif.items.map(({ bytes }) => bytes))];
  return Buffer.concat([type, metaBox(heif, dataStart), isoBox('mdat', ...blobs)]);
}

function metaBox({ items, primaryId = 1 }: SampleHeif, dataStart: number): Buffer {
  const properties = [...new Set(items.flatMap((item) => item.properties ?? []))];
  const entries = items.map(({ type = 'hvc1' }, index) =>
    isoBox('infe', numbers(4, 0x02000000), numbers(2, index + 1, 0), Buffer.from(`${type}\0`)),
  );
  const associations = items.map((item, index) => {
    const places = (item.properties ?? []).map((one) => properties.indexOf(one) + 1);
    return Buffer.concat([numbers(2, index + 1), Buffer.from([places.length, ...places])]);
  });
  const references = items.flatMap((item, index) =>
    (item.references ?? []).map(({ type, to }) =>
      isoBox(type, numbers(2, index + 1, to.length, ...to)),
    ),
  );
  // Items with the same bytes share them.
  const places = new Map<Buffer, number>();
  let at = dataStart;
  for (const { bytes } of items) {
    if (places.has(bytes)) continue;
    places.set(bytes, at);
    at += bytes.byteLength;
  }
  const locations = items.map(({ bytes }, index) =>
    Buffer.concat([
      numbers(2, index + 1, 0, 1),
      numbers(4, places.get(bytes) ?? 0, bytes.byteLength),
    ]),
  );
  return isoBox(
    'meta',
    numbers(4, 0),
    isoBox('hdlr', numbers(4, 0, 0), Buffer.from('pict'), Buffer.alloc(13)),
    isoBox('pitm', numbers(4, 0), numbers(2, primaryId)),
    isoBox('iinf', numbers(4, 0), numbers(2, items.length), ...entries),
    isoBox('iref', numbers(4, 0), ...references),
    isoBox(
      'iprp',
      isoBox('ipco', ...properties),
      isoBox('ipma', numbers(4, 0, items.length), ...associations),
    ),
    isoBox('iloc', numbers(4, 0), numbers(2, 0x4400, items.length), ...locations),
  );
}

/** Big-endian numbers of a size one after another. */
function numbers(byteCount: 2 | 4, ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * byteCount);
  for (const [index, value] of values.entries()) {
    bytes.writeUIntBE(value, index * byteCount, byteCount);
  }
  return bytes;
}

/** A box anywhere in a file, with its head. */
function boxIn(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1') - 4;
  return file.subarray(at, at + file.readUInt32BE(at));
}
