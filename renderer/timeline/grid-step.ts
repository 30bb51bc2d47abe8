import type { TimelineAsset } from '../../shared/window-views.ts';
import {
  type AssetPlace,
  type MonthBlock,
  placeAt,
  type TimelineGeometry,
} from './timeline-geometry.ts';

/** Where a key leads: to an asset, or to an end of a month that must be loaded first. */
export type GridTarget =
  | { readonly month: string; readonly assetId: string }
  | { readonly month: string; readonly edge: 'first' | 'last' };

/** The asset a key of the keyboard leads to from `from`; `undefined` for keys that are not the grid's. */
export function gridStep(
  geometry: TimelineGeometry,
  from: AssetPlace,
  key: string,
  viewHeight: number,
): GridTarget | undefined {
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
      const rowHeight = from.row.height + geometry.metrics.gap;
      const rows = Math.max(1, Math.floor(viewHeight / rowHeight));
      return stepRows(geometry, from, key === 'PageDown' ? rows : -rows);
    }
    case 'Home':
      return edgeOf(geometry.blocks[0], 'first');
    case 'End':
      return edgeOf(geometry.blocks.at(-1), 'last');
    default:
      return undefined;
  }
}

/** The first or last asset of a month, or the wish for it while the month is not loaded. */
export function edgeOf(
  block: MonthBlock | undefined,
  edge: 'first' | 'last',
): GridTarget | undefined {
  if (block === undefined) return undefined;
  const asset = edge === 'first' ? block.assets?.[0] : block.assets?.at(-1);
  return asset === undefined ? { month: block.month, edge } : targetOf(block, asset);
}

function targetOf(block: MonthBlock, asset: TimelineAsset): GridTarget {
  return { month: block.month, assetId: asset.assetId };
}

function neighbour(geometry: TimelineGeometry, block: MonthBlock, by: 1 | -1) {
  return geometry.blocks[geometry.blocks.indexOf(block) + by];
}

function stepBy(geometry: TimelineGeometry, from: AssetPlace, by: 1 | -1): GridTarget | undefined {
  const asset = from.block.assets?.[from.index + by];
  if (asset !== undefined) return targetOf(from.block, asset);
  return edgeOf(neighbour(geometry, from.block, by), by === 1 ? 'first' : 'last');
}

/** Moves up or down, across months, to the tile nearest below or above the middle of the present one. */
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
    if (block.rows?.[next] !== undefined) {
      rowIndex = next;
      continue;
    }
    const beside = neighbour(geometry, block, direction);
    if (beside === undefined) break;
    if (beside.rows === undefined) return edgeOf(beside, direction === 1 ? 'first' : 'last');
    block = beside;
    rowIndex = direction === 1 ? 0 : beside.rows.length - 1;
  }
  if (block === from.block && rowIndex === from.rowIndex) return undefined;
  return nearestInRow(geometry, block, rowIndex, middle);
}

function nearestInRow(
  geometry: TimelineGeometry,
  block: MonthBlock,
  rowIndex: number,
  middle: number,
): GridTarget | undefined {
  const row = block.rows?.[rowIndex];
  if (row === undefined) return undefined;
  const distances = row.tiles.map((tile) => Math.abs(tile.left + tile.width / 2 - middle));
  const index = row.firstIndex + distances.indexOf(Math.min(...distances));
  const place = placeAt(geometry, block, index);
  const asset = place && block.assets?.[place.index];
  return asset && targetOf(block, asset);
}
