import {
  blocksBetween,
  piecesBetween,
  placeAt,
  placeOf,
  rowsBetween,
  type TimelineGeometry,
} from './timeline-geometry.ts';

/** A point that stays put while everything around it changes: an asset's row, or a place in a month not loaded yet. */
export interface Anchor {
  readonly month: string;
  /** How many assets of the month stand before it; not whole where they are not loaded. Absent at the month's header. */
  readonly index?: number;
  readonly assetId?: string;
  /** Pixels from the upper edge of that row or month down to the anchored position. */
  readonly offset: number;
}

/** What stands at `y`, to find that place again after the layout has changed. */
export function anchorAt(geometry: TimelineGeometry, y: number): Anchor | undefined {
  const month = blocksBetween(geometry, y, y)[0];
  if (month === undefined) return undefined;
  const block = piecesBetween(geometry, y, y)[0];
  if (block?.piece.month !== month.month || y < block.top || y >= block.top + block.height) {
    return { month: month.month, offset: y - month.top };
  }
  const { firstIndex, count } = block.piece;
  const row = block.laid?.rows[rowsBetween(block, y, y)[0]];
  const asset = row && block.assets?.[row.firstIndex];
  if (row === undefined || asset === undefined) {
    const share = (y - block.top) / block.height;
    return { month: month.month, index: firstIndex + share * count, offset: 0 };
  }
  return {
    month: month.month,
    index: firstIndex + row.firstIndex,
    assetId: asset.assetId,
    offset: y - block.top - row.top,
  };
}

/**
 * Where an anchor stands now. Falls back to the same place of its month when the asset left or is not loaded;
 * `undefined` when the month did.
 */
export function positionOf(geometry: TimelineGeometry, anchor: Anchor): number | undefined {
  const place = anchor.assetId === undefined ? undefined : placeOf(geometry, anchor.assetId);
  if (place !== undefined) return place.top + anchor.offset;
  const month = geometry.blocks.find((each) => each.month === anchor.month);
  if (month === undefined) return undefined;
  const { index } = anchor;
  if (index === undefined) return month.top + Math.min(Math.max(0, anchor.offset), month.height);
  const block = month.pieces.findLast(({ piece }) => piece.firstIndex <= index) ?? month.pieces[0];
  if (block === undefined) return month.top;
  const within = index - block.piece.firstIndex;
  // What was not loaded had no rows: going to one when it comes would be a jump under the hand that scrolls.
  const wasLoaded = anchor.assetId !== undefined;
  const row = placeAt(block, Math.min(Math.floor(within), (block.assets?.length ?? 1) - 1));
  if (wasLoaded && row !== undefined) return row.top;
  return block.top + Math.min(1, within / Math.max(1, block.piece.count)) * block.height;
}
