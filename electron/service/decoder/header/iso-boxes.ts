import type { ByteSource } from '../byte-source.ts';

/** One box of an ISO base media file (ISO/IEC 14496-12, 4.2): HEIF stills, MOV and MP4 movies. */
export interface IsoBox {
  /** Four characters, one per byte (Latin-1). */
  readonly type: string;
  readonly bodyStart: number;
  /** First byte after the box, never beyond its parent: a truncated file has shorter boxes, not other ones. */
  readonly end: number;
  /** The box says that it is longer than its parent has room for. */
  readonly isCut?: true;
}

/** No honest file has more boxes side by side; a hostile one may consist of nothing but box headers. */
const MAX_SIBLINGS = 4096;

/** The boxes between two offsets, in order. A size that cannot be ends the walk without an error. */
export function* isoBoxes(
  source: ByteSource,
  start = 0,
  end = source.byteCount,
): Generator<IsoBox> {
  let at = start;
  for (let count = 0; count < MAX_SIBLINGS && at + 8 <= end; count += 1) {
    const head = source.read(at, 16);
    if (head.byteLength < 8) return;
    const type = head.toString('latin1', 4, 8);
    let byteCount = head.readUInt32BE(0);
    let headerByteCount = 8;
    if (byteCount === 1) {
      if (head.byteLength < 16) return;
      byteCount = Number(head.readBigUInt64BE(8));
      headerByteCount = 16;
    } else if (byteCount === 0) {
      byteCount = end - at;
    }
    if (byteCount < headerByteCount) return;
    const boxEnd = Math.min(at + byteCount, end);
    if (at + headerByteCount > boxEnd) return;
    const isCut = at + byteCount > end;
    yield { type, bodyStart: at + headerByteCount, end: boxEnd, ...(isCut && { isCut }) };
    at = boxEnd;
  }
}

/** The first box of a type between two offsets. */
export function findIsoBox(
  source: ByteSource,
  type: string,
  start = 0,
  end = source.byteCount,
): IsoBox | undefined {
  for (const box of isoBoxes(source, start, end)) if (box.type === type) return box;
  return undefined;
}
