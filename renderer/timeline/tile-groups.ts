import type { TimelineAsset } from '../../shared/window-views.ts';
import type { LaidDay } from './layout-piece.ts';
import {
  type AssetPlace,
  type MonthBlock,
  type PieceBlock,
  rowsBetween,
  type TimelineGeometry,
} from './timeline-geometry.ts';

/** A tile in the page. Pixels, from the upper edge and the start of its group. */
export interface PlacedTile {
  readonly asset: TimelineAsset;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** From 1, among the group's assets. */
  readonly position: number;
}

/** Tiles near the view that belong together: of a day, or of a month where days are not told apart. */
export interface TileGroup {
  /** Day of the month; absent for a whole month. */
  readonly day: number | undefined;
  readonly count: number;
  /** In timeline pixels. */
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
  readonly tiles: readonly PlacedTile[];
}

/** Groups of a month with those of their tiles that stand between `from` and `to`, and with the tile of `kept`. */
export function tileGroups(
  geometry: TimelineGeometry,
  month: MonthBlock,
  from: number,
  to: number,
  kept: AssetPlace | undefined,
): readonly TileGroup[] {
  const groups = new Map<number | undefined, TileGroup & { tiles: PlacedTile[] }>();
  for (const block of month.pieces) {
    if (block.laid === undefined) continue;
    const [start, end] = rowsBetween(block, from, to);
    for (let row = start; row < end; row++) addRow(block, row);
    const isKept = kept?.block === block && (kept.rowIndex < start || kept.rowIndex >= end);
    if (isKept) addRow(block, kept.rowIndex);
  }
  return [...groups.values()];

  function addRow(block: PieceBlock, rowIndex: number): void {
    const row = block.laid?.rows[rowIndex];
    if (row === undefined || block.laid === undefined) return;
    for (const [at, { left, width }] of row.tiles.entries()) {
      const index = row.firstIndex + at;
      const asset = block.assets?.[index];
      if (asset === undefined) continue;
      const day = dayOf(block.laid.days, index);
      let group = groups.get(day?.day);
      if (group === undefined) {
        const place =
          day === undefined ? wholeOf(geometry, month) : placeOfDay(geometry, block, day);
        groups.set(day?.day, (group = { ...place, tiles: [] }));
      }
      const before = day === undefined ? -block.piece.firstIndex : positionBefore(block, day);
      group.tiles.push({
        asset,
        left: left - group.left,
        top: block.top + row.top - group.top,
        width,
        height: row.height,
        position: index - before + 1,
      });
    }
  }
}

function dayOf(days: readonly LaidDay[], index: number): LaidDay | undefined {
  return days.findLast((day) => day.firstIndex <= index);
}

/** Index of the day's first asset in its piece; below 0 for the next page of a day. */
function positionBefore({ piece }: PieceBlock, day: LaidDay): number {
  return day.isContinued ? day.firstIndex - piece.offset : day.firstIndex;
}

function wholeOf({ metrics }: TimelineGeometry, month: MonthBlock): Omit<TileGroup, 'tiles'> {
  return {
    day: undefined,
    count: month.count,
    top: month.top + metrics.headerHeight,
    height: month.height - metrics.headerHeight - metrics.monthGap,
    left: 0,
    width: metrics.width,
  };
}

/** A large day goes through several pieces. */
function placeOfDay(
  geometry: TimelineGeometry,
  block: PieceBlock,
  day: LaidDay,
): Omit<TileGroup, 'tiles'> {
  const { pieces } = geometry;
  let top = block.top + day.top;
  let bottom = top + day.height;
  let { count } = day;
  for (let at = block.at - 1; day.isContinued; at--) {
    const newer = pieces[at];
    if (newer === undefined || !isSameDay(newer, block)) break;
    ({ top } = newer);
    count += countOf(newer);
  }
  for (let at = block.at + 1; day.goesOn; at++) {
    const older = pieces[at];
    if (older === undefined || !isSameDay(older, block)) break;
    bottom = older.top + older.height;
    count += countOf(older);
  }
  return { day: day.day, count, top, height: bottom - top, left: day.left, width: day.width };
}

function countOf({ assets, piece }: PieceBlock): number {
  return assets?.length ?? piece.count;
}

function isSameDay(one: PieceBlock, { piece }: PieceBlock): boolean {
  return (
    one.piece.month === piece.month &&
    one.piece.firstDay === piece.firstDay &&
    one.piece.lastDay === piece.lastDay
  );
}
