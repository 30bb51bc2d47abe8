import {
  type AssetPlace,
  type PieceBlock,
  placeAt,
  type TimelineGeometry,
} from './timeline-geometry.ts';

/** Where a key leads: to an asset, to the first of a month, or to an end of a piece that must be loaded first. */
export type GridTarget =
  | { readonly assetId: string; readonly day: string }
  | { readonly month: string }
  | { readonly pieceKey: string; readonly edge: 'first' | 'last' };

/** What of a key press tells where it leads. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey?: boolean;
}

/** The asset a key of the keyboard leads to from `from`; `undefined` for keys that are not the grid's. */
export function gridStep(
  geometry: TimelineGeometry,
  from: AssetPlace,
  { key, shiftKey = false }: GridKey,
  viewHeight: number,
): GridTarget | undefined {
  if (shiftKey) {
    if (key === 'PageDown') return yearStep(geometry, from, 1);
    return key === 'PageUp' ? yearStep(geometry, from, -1) : undefined;
  }
  switch (key) {
    case 'ArrowRight':
      return stepBy(geometry, from, 1);
    case 'ArrowLeft':
      return stepBy(geometry, from, -1);
    case 'ArrowDown':
      return stepRows(geometry, from, 1);
    case 'ArrowUp':
      return stepRows(geometry, from, -1);
    case 'PageDown':
    case 'PageUp': {
      const rowHeight = from.row.height + geometry.metrics.gap + geometry.metrics.dayHeight;
      const rows = Math.max(1, Math.floor(viewHeight / rowHeight));
      return stepRows(geometry, from, key === 'PageDown' ? rows : -rows);
    }
    case 'Home':
      return edgeOf(geometry.pieces[0], 'first');
    case 'End':
      return edgeOf(geometry.pieces.at(-1), 'last');
    default:
      return undefined;
  }
}

/** The first or last asset of a piece, or the wish for it while the piece is not loaded. */
export function edgeOf(
  block: PieceBlock | undefined,
  edge: 'first' | 'last',
): GridTarget | undefined {
  if (block === undefined) return undefined;
  const { assets } = block;
  const target = assets && targetOf(block, edge === 'first' ? 0 : assets.length - 1);
  return target ?? { pieceKey: block.piece.key, edge };
}

function targetOf(block: PieceBlock, index: number): GridTarget | undefined {
  const asset = block.assets?.[index];
  return asset && { assetId: asset.assetId, day: asset.capturedLocal.slice(0, 10) };
}

function stepBy(geometry: TimelineGeometry, from: AssetPlace, by: 1 | -1): GridTarget | undefined {
  return (
    targetOf(from.block, from.index + by) ??
    edgeOf(geometry.pieces[from.block.at + by], by === 1 ? 'first' : 'last')
  );
}

/** To the newest photo of the next older year, or back to the newest of this year and then of the one after. */
function yearStep(
  geometry: TimelineGeometry,
  from: AssetPlace,
  by: 1 | -1,
): GridTarget | undefined {
  const { pieces } = geometry;
  const yearOf = (block: PieceBlock | undefined) => block?.piece.month.slice(0, 4);
  const firstOf = (year: string | undefined) => pieces.find((block) => yearOf(block) === year);
  const year = yearOf(from.block);
  if (by === 1) {
    return edgeOf(
      pieces.find((block) => block.at > from.block.at && yearOf(block) !== year),
      'first',
    );
  }
  const first = firstOf(year);
  if (first === undefined) return undefined;
  const isAtFirst = first.at === from.block.at && from.index === 0;
  return edgeOf(isAtFirst ? firstOf(yearOf(pieces[first.at - 1])) : first, 'first');
}

/** Moves up or down, across pieces, to the tile nearest below or above the middle of the present one. */
function stepRows(
  geometry: TimelineGeometry,
  from: AssetPlace,
  by: number,
): GridTarget | undefined {
  const tile = from.row.tiles[from.index - from.row.firstIndex];
  const middle = tile === undefined ? 0 : tile.left + tile.width / 2;
  const direction = by > 0 ? 1 : -1;
  let { block, rowIndex } = from;
  for (let left = Math.abs(by); left > 0; left--) {
    const next = rowIndex + direction;
    if (block.laid?.rows[next] !== undefined) {
      rowIndex = next;
      continue;
    }
    const beside = geometry.pieces[block.at + direction];
    if (beside === undefined) break;
    if (beside.laid === undefined) return edgeOf(beside, direction === 1 ? 'first' : 'last');
    block = beside;
    rowIndex = direction === 1 ? 0 : beside.laid.rows.length - 1;
  }
  if (block === from.block && rowIndex === from.rowIndex) return undefined;
  return nearestInRow(block, rowIndex, middle);
}

function nearestInRow(block: PieceBlock, rowIndex: number, middle: number): GridTarget | undefined {
  const row = block.laid?.rows[rowIndex];
  if (row === undefined) return undefined;
  const distances = row.tiles.map((tile) => Math.abs(tile.left + tile.width / 2 - middle));
  const place = placeAt(block, row.firstIndex + distances.indexOf(Math.min(...distances)));
  return place && targetOf(block, place.index);
}
