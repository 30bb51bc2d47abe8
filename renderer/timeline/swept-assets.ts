import {
  type PieceBlock,
  piecesBetween,
  rowsBetween,
  type TimelineGeometry,
} from './timeline-geometry.ts';

/** What a pointer drew, in timeline pixels, `left` from where lines begin. */
export interface SweepBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A place in the timeline that stays with its piece when what is above it changes its height. */
export interface SweepStart {
  readonly left: number;
  readonly top: number;
  readonly pieceKey: string | undefined;
}

export function startAt(geometry: TimelineGeometry, left: number, top: number): SweepStart {
  const [block] = piecesBetween(geometry, top, top);
  return { left, top: top - (block?.top ?? 0), pieceKey: block?.piece.key };
}

export function boxFrom(
  geometry: TimelineGeometry,
  start: SweepStart,
  left: number,
  top: number,
): SweepBox {
  const block = geometry.pieces.find(({ piece }) => piece.key === start.pieceKey);
  const startTop = start.top + (block?.top ?? 0);
  return {
    left: Math.min(left, start.left),
    right: Math.max(left, start.left),
    top: Math.min(top, startTop),
    bottom: Math.max(top, startTop),
  };
}

/** Days `YYYY-MM-DD` by the ids of assets. */
type Covered = ReadonlyMap<string, string>;

/**
 * What a box touches. Of pieces that are not loaded any more `known` has what it touched of them last; it is brought
 * up to date.
 */
export function coveredBy(
  geometry: TimelineGeometry,
  box: SweepBox,
  known: Map<string, Covered>,
): Covered {
  const touched = piecesBetween(geometry, box.top, box.bottom);
  const keys = new Set(touched.map(({ piece }) => piece.key));
  for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
  for (const block of touched) {
    if (block.laid !== undefined) known.set(block.piece.key, coveredOf(block, box));
  }
  return new Map([...known.values()].flatMap((covered) => [...covered]));
}

function coveredOf(block: PieceBlock, { left, right, top, bottom }: SweepBox): Covered {
  const covered = new Map<string, string>();
  const [start, end] = rowsBetween(block, top, bottom);
  for (const row of block.laid?.rows.slice(start, end) ?? []) {
    const rowTop = block.top + row.top;
    if (rowTop > bottom || rowTop + row.height < top) continue;
    for (const [at, tile] of row.tiles.entries()) {
      const asset = block.assets?.[row.firstIndex + at];
      if (asset === undefined || tile.left > right || tile.left + tile.width < left) continue;
      covered.set(asset.assetId, asset.capturedLocal.slice(0, 10));
    }
  }
  return covered;
}
