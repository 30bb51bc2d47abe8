import type { TimelineAsset } from '../../shared/window-views.ts';
import { aspectRatioOf } from './aspect-ratio.ts';
import { estimateMonthHeight, type LaidRow, layoutMonth } from './layout-month.ts';

/** Sizes in pixels that the layout depends on. */
export interface TimelineMetrics {
  readonly width: number;
  readonly targetRowHeight: number;
  readonly gap: number;
  readonly headerHeight: number;
  /** Room between the last row of a month and the next header. */
  readonly monthGap: number;
}

/** What is known of a month: always its count, its assets once they were loaded. */
export interface KnownMonth {
  readonly month: string;
  readonly count: number;
  readonly assets?: readonly TimelineAsset[] | undefined;
  /** Height of the rows when the month was last laid out at this width. */
  readonly rememberedHeight?: number | undefined;
}

/** A month with its place. `top` and `height` include the header; row tops count from below the header. */
export interface MonthBlock {
  readonly month: string;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  readonly assets: readonly TimelineAsset[] | undefined;
  readonly rows: readonly LaidRow[] | undefined;
}

export interface TimelineGeometry {
  readonly metrics: TimelineMetrics;
  readonly blocks: readonly MonthBlock[];
  readonly height: number;
}

/** A point that stays put while everything around it changes: a row's asset, or a month not loaded yet. */
export interface Anchor {
  readonly month: string;
  readonly assetId?: string;
  /** Pixels from the upper edge of that row or month down to the anchored position. */
  readonly offset: number;
}

interface LaidMonth {
  readonly key: string;
  readonly rows: readonly LaidRow[];
}

/** Laying out thousands of assets again on every change elsewhere would be felt. */
const laidMonths = new WeakMap<readonly TimelineAsset[], LaidMonth>();
const indexes = new WeakMap<readonly TimelineAsset[], ReadonlyMap<string, number>>();

export function buildTimeline(
  months: readonly KnownMonth[],
  metrics: TimelineMetrics,
): TimelineGeometry {
  let top = 0;
  const blocks = months.map((known): MonthBlock => {
    const rows = known.assets && rowsOf(known.assets, metrics);
    const height = metrics.headerHeight + rowsHeight(known, rows, metrics) + metrics.monthGap;
    const block = {
      month: known.month,
      count: known.assets?.length ?? known.count,
      top,
      height,
      assets: known.assets,
      rows,
    };
    top += height;
    return block;
  });
  return { metrics, blocks, height: top };
}

function rowsOf(assets: readonly TimelineAsset[], metrics: TimelineMetrics): readonly LaidRow[] {
  const key = `${metrics.width}/${metrics.targetRowHeight}/${metrics.gap}`;
  const laid = laidMonths.get(assets);
  if (laid?.key === key) return laid.rows;
  const { width, targetRowHeight, gap } = metrics;
  const rows = layoutMonth(assets.map(aspectRatioOf), width, targetRowHeight, gap);
  laidMonths.set(assets, { key, rows });
  return rows;
}

function rowsHeight(
  known: KnownMonth,
  rows: readonly LaidRow[] | undefined,
  { width, targetRowHeight, gap }: TimelineMetrics,
): number {
  if (rows === undefined) {
    return known.rememberedHeight ?? estimateMonthHeight(known.count, width, targetRowHeight, gap);
  }
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height;
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

/** The blocks that touch the span from `from` to `to`. */
export function blocksBetween(
  geometry: TimelineGeometry,
  from: number,
  to: number,
): readonly MonthBlock[] {
  const { blocks } = geometry;
  if (blocks.length === 0) return [];
  const topAt = (index: number) => blocks[index]?.top ?? 0;
  const first = lastAtOrAbove(blocks.length, topAt, from);
  const last = lastAtOrAbove(blocks.length, topAt, to);
  return blocks.slice(first, last + 1);
}

/** Indexes `[start, end)` of the block's rows that touch the span, given in timeline pixels. */
export function rowsBetween(
  geometry: TimelineGeometry,
  block: MonthBlock,
  from: number,
  to: number,
): readonly [start: number, end: number] {
  const rows = block.rows ?? [];
  if (rows.length === 0) return [0, 0];
  const origin = block.top + geometry.metrics.headerHeight;
  if (to < origin) return [0, 0];
  const topAt = (index: number) => rows[index]?.top ?? 0;
  const start = lastAtOrAbove(rows.length, topAt, from - origin);
  const end = lastAtOrAbove(rows.length, topAt, to - origin);
  return [start, end + 1];
}

/** Where an asset stands. All in timeline pixels. */
export interface AssetPlace {
  readonly block: MonthBlock;
  readonly row: LaidRow;
  readonly rowIndex: number;
  readonly index: number;
  readonly top: number;
}

/** Finds a loaded asset; `undefined` when its month is not loaded or it is not there. */
export function placeOf(
  geometry: TimelineGeometry,
  month: string,
  assetId: string,
): AssetPlace | undefined {
  const block = geometry.blocks.find((each) => each.month === month);
  const index = block?.assets && indexOf(block.assets).get(assetId);
  return block === undefined || index === undefined ? undefined : placeAt(geometry, block, index);
}

/** The place of the block's asset with this index. */
export function placeAt(
  geometry: TimelineGeometry,
  block: MonthBlock,
  index: number,
): AssetPlace | undefined {
  const { rows = [] } = block;
  const rowIndex = lastAtOrAbove(rows.length, (at) => rows[at]?.firstIndex ?? 0, index);
  const row = rows[rowIndex];
  if (row === undefined || index < 0 || index >= block.count) return undefined;
  return {
    block,
    row,
    rowIndex,
    index,
    top: block.top + geometry.metrics.headerHeight + row.top,
  };
}

function indexOf(assets: readonly TimelineAsset[]): ReadonlyMap<string, number> {
  const known = indexes.get(assets);
  if (known !== undefined) return known;
  const made = new Map(assets.map((asset, index) => [asset.assetId, index]));
  indexes.set(assets, made);
  return made;
}

/** What stands at `y`, to find that place again after the layout has changed. */
export function anchorAt(geometry: TimelineGeometry, y: number): Anchor | undefined {
  const block = blocksBetween(geometry, y, y)[0];
  if (block === undefined) return undefined;
  const rowIndex = rowsBetween(geometry, block, y, y)[0];
  const row = block.rows?.[rowIndex];
  const asset = row && block.assets?.[row.firstIndex];
  if (row === undefined || asset === undefined) {
    return { month: block.month, offset: y - block.top };
  }
  const rowTop = block.top + geometry.metrics.headerHeight + row.top;
  return { month: block.month, assetId: asset.assetId, offset: y - rowTop };
}

/** Where an anchor stands now. Falls back to its month when the asset left; `undefined` when the month did. */
export function positionOf(geometry: TimelineGeometry, anchor: Anchor): number | undefined {
  const place =
    anchor.assetId === undefined ? undefined : placeOf(geometry, anchor.month, anchor.assetId);
  if (place !== undefined) return place.top + anchor.offset;
  const block = geometry.blocks.find((each) => each.month === anchor.month);
  if (block === undefined) return undefined;
  return block.top + Math.min(Math.max(0, anchor.offset), block.height);
}
