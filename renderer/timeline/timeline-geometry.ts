import type { TimelineAsset } from '../../shared/window-views.ts';
import { aspectRatioOf } from './aspect-ratio.ts';
import { daysOfAssets } from './days-of-assets.ts';
import { estimatePiece, type LaidPiece, layoutPiece } from './layout-piece.ts';
import type { LaidRow } from './layout-rows.ts';
import type { Piece } from './month-pieces.ts';
import { metricsKey, type TimelineMetrics } from './timeline-metrics.ts';

/** What is known of a piece of a month: always its counts, its assets once they were loaded. */
export interface KnownPiece {
  readonly piece: Piece;
  readonly assets?: readonly TimelineAsset[] | undefined;
  /** Height when it was last laid out alike. */
  readonly rememberedHeight?: number | undefined;
}

export interface KnownMonth {
  readonly month: string;
  readonly pieces: readonly KnownPiece[];
}

/** A piece with its place. All in timeline pixels; rows and days of `laid` count from `top`. */
export interface PieceBlock {
  readonly piece: Piece;
  /** Index among all pieces of the timeline. */
  readonly at: number;
  readonly top: number;
  readonly height: number;
  readonly assets: readonly TimelineAsset[] | undefined;
  /** Absent until the assets are loaded. */
  readonly laid: LaidPiece | undefined;
}

/** A month with its place. `top` and `height` include the header and the room below. */
export interface MonthBlock {
  readonly month: string;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  readonly pieces: readonly PieceBlock[];
}

export interface TimelineGeometry {
  readonly metrics: TimelineMetrics;
  readonly blocks: readonly MonthBlock[];
  readonly pieces: readonly PieceBlock[];
  readonly height: number;
}

interface Kept<Value> {
  readonly key: string;
  readonly value: Value;
}

/** Laying out hundreds of assets again on every change elsewhere would be felt. */
const laidPieces = new WeakMap<readonly TimelineAsset[], Kept<LaidPiece>>();
const estimates = new WeakMap<Piece, Kept<number>>();
const indexes = new WeakMap<readonly TimelineAsset[], ReadonlyMap<string, number>>();

export function buildTimeline(
  months: readonly KnownMonth[],
  metrics: TimelineMetrics,
): TimelineGeometry {
  const key = metricsKey(metrics);
  const all: PieceBlock[] = [];
  let top = 0;
  const blocks = months.map((known): MonthBlock => {
    const start = top;
    top += metrics.headerHeight;
    let count = 0;
    const pieces = known.pieces.map(({ piece, assets, rememberedHeight }): PieceBlock => {
      const laid = assets && laidOf(piece, assets, metrics, key);
      const height = laid?.height ?? rememberedHeight ?? estimateOf(piece, metrics, key);
      const block = { piece, at: all.length, top, height, assets, laid };
      all.push(block);
      top += height;
      count += assets?.length ?? piece.count;
      return block;
    });
    top += metrics.monthGap;
    return { month: known.month, count, top: start, height: top - start, pieces };
  });
  return { metrics, blocks, pieces: all, height: top };
}

function laidOf(
  piece: Piece,
  assets: readonly TimelineAsset[],
  metrics: TimelineMetrics,
  key: string,
): LaidPiece {
  const known = laidPieces.get(assets);
  if (known?.key === key) return known.value;
  const value = layoutPiece(daysOfAssets(assets, piece), assets.map(aspectRatioOf), metrics);
  laidPieces.set(assets, { key, value });
  return value;
}

function estimateOf(piece: Piece, metrics: TimelineMetrics, key: string): number {
  const known = estimates.get(piece);
  if (known?.key === key) return known.value;
  const value = estimatePiece(piece.days, metrics);
  estimates.set(piece, { key, value });
  return value;
}

/** Index of the last of `count` ordered things whose top is at or above `y`; 0 where none is. */
function lastAtOrAbove(count: number, topAt: (index: number) => number, y: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (topAt(middle) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

function between<Block extends { readonly top: number }>(
  blocks: readonly Block[],
  from: number,
  to: number,
): readonly Block[] {
  if (blocks.length === 0) return [];
  const topAt = (index: number) => blocks[index]?.top ?? 0;
  const first = lastAtOrAbove(blocks.length, topAt, from);
  const last = lastAtOrAbove(blocks.length, topAt, to);
  return blocks.slice(first, last + 1);
}

/** The months that touch the span from `from` to `to`. */
export function blocksBetween(
  { blocks }: TimelineGeometry,
  from: number,
  to: number,
): readonly MonthBlock[] {
  return between(blocks, from, to);
}

/** The pieces that touch the span. */
export function piecesBetween(
  { pieces }: TimelineGeometry,
  from: number,
  to: number,
): readonly PieceBlock[] {
  return between(pieces, from, to);
}

/** Indexes `[start, end)` of the piece's rows that touch the span, given in timeline pixels. */
export function rowsBetween(
  block: PieceBlock,
  from: number,
  to: number,
): readonly [start: number, end: number] {
  const rows = block.laid?.rows ?? [];
  if (rows.length === 0 || to < block.top || from > block.top + block.height) return [0, 0];
  const topAt = (index: number) => rows[index]?.top ?? 0;
  const start = lastAtOrAbove(rows.length, topAt, from - block.top);
  const end = lastAtOrAbove(rows.length, topAt, to - block.top);
  return [start, end + 1];
}

/** The loaded assets in rows that touch the span. */
export function assetIdsBetween(
  geometry: TimelineGeometry,
  from: number,
  to: number,
): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const block of piecesBetween(geometry, from, to)) {
    for (const row of block.laid?.rows.slice(...rowsBetween(block, from, to)) ?? []) {
      const { firstIndex, tiles } = row;
      const assets = block.assets?.slice(firstIndex, firstIndex + tiles.length) ?? [];
      for (const { assetId } of assets) ids.add(assetId);
    }
  }
  return ids;
}

/** Where an asset stands. All in timeline pixels. */
export interface AssetPlace {
  readonly block: PieceBlock;
  readonly row: LaidRow;
  readonly rowIndex: number;
  /** Within its piece. */
  readonly index: number;
  readonly top: number;
}

/** Finds a loaded asset; `undefined` when its piece is not loaded or it is not there. */
export function placeOf(geometry: TimelineGeometry, assetId: string): AssetPlace | undefined {
  for (const block of geometry.pieces) {
    const index = block.assets && indexOf(block.assets).get(assetId);
    if (index !== undefined) return placeAt(block, index);
  }
  return undefined;
}

/** The place of the piece's asset with this index. */
export function placeAt(block: PieceBlock, index: number): AssetPlace | undefined {
  const rows = block.laid?.rows ?? [];
  const rowIndex = lastAtOrAbove(rows.length, (at) => rows[at]?.firstIndex ?? 0, index);
  const row = rows[rowIndex];
  if (row === undefined || index < 0 || index >= (block.assets?.length ?? 0)) return undefined;
  return { block, row, rowIndex, index, top: block.top + row.top };
}

function indexOf(assets: readonly TimelineAsset[]): ReadonlyMap<string, number> {
  const known = indexes.get(assets);
  if (known !== undefined) return known;
  const made = new Map(assets.map((asset, index) => [asset.assetId, index]));
  indexes.set(assets, made);
  return made;
}

/** The month, or the next older one where it has none. */
export function blockOfMonth(geometry: TimelineGeometry, month: string): MonthBlock | undefined {
  const { blocks } = geometry;
  return blocks.find((block) => block.month <= month) ?? blocks.at(-1);
}

/** The first piece with assets of a day `YYYY-MM-DD`, or where they would stand. */
export function pieceOfDay(geometry: TimelineGeometry, day: string): PieceBlock | undefined {
  const block = blockOfMonth(geometry, day.slice(0, 7));
  if (block === undefined) return undefined;
  const number = Number(day.slice(8, 10));
  return block.pieces.find(({ piece }) => piece.firstDay <= number) ?? block.pieces.at(-1);
}
