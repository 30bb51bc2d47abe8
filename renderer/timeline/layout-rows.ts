/** One row of pictures. Pixels; `top` counts from the upper edge of what is laid out together. */
export interface LaidRow {
  readonly top: number;
  readonly height: number;
  /** Index of the row's first asset among those laid out together. */
  readonly firstIndex: number;
  readonly tiles: readonly LaidTile[];
}

export interface LaidTile {
  readonly left: number;
  readonly width: number;
}

/**
 * Panoramas and strips are laid out within these ratios and cropped at the edges; beyond them a tile would
 * be a line too thin to see or press.
 */
export const NARROWEST_RATIO = 1 / 3;
export const WIDEST_RATIO = 8;

/** How much taller than the target a row may get to be filled without its next asset. */
const MOST_STRETCH = 1.5;

/**
 * Lays assets out in rows of one height each that fill the width, in order. `aspectRatios` are width by
 * height; rows come out near `targetRowHeight`. The last row keeps the target height and stays short, but where
 * `isLastFull` the last two share their assets so that both are full. All edges lie on whole pixels, and no row is wider
 * than `width`.
 */
export function layoutRows(
  aspectRatios: readonly number[],
  width: number,
  targetRowHeight: number,
  gap: number,
  isLastFull = false,
): readonly LaidRow[] {
  const ratios = aspectRatios.map(usableRatio);
  const ends = rowEnds(ratios, width, targetRowHeight, gap);
  if (isLastFull) fillLastRow(ratios, ends, width, targetRowHeight, gap);
  const rows: LaidRow[] = [];
  let top = 0;
  let first = 0;
  for (const { end, isFull } of ends) {
    const members = ratios.slice(first, end);
    const filling = fillingHeight(members, width, gap);
    const height = Math.max(1, Math.floor(isFull ? filling : Math.min(filling, targetRowHeight)));
    const tiles = placeTiles(members, height, gap, isFull ? width : undefined, width);
    rows.push({ top, height, firstIndex: first, tiles });
    top += height + gap;
    first = end;
  }
  return rows;
}

interface RowEnd {
  readonly end: number;
  readonly isFull: boolean;
}

function rowEnds(ratios: readonly number[], width: number, target: number, gap: number): RowEnd[] {
  const ends: RowEnd[] = [];
  for (let first = 0; first < ratios.length; first = ends.at(-1)?.end ?? ratios.length) {
    ends.push(rowEnd(ratios, first, width, target, gap));
  }
  return ends;
}

/** A row this much lower than the target is better parted in two. */
const LEAST_SHARE = 0.7;

/** Makes one row of the last two, or two of about the same width. */
function fillLastRow(
  ratios: readonly number[],
  ends: RowEnd[],
  width: number,
  target: number,
  gap: number,
): void {
  if (ends.length < 2 || ends.at(-1)?.isFull === true) return;
  const first = ends.at(-3)?.end ?? 0;
  const members = ratios.slice(first);
  ends.splice(-2);
  if (fillingHeight(members, width, gap) < target * LEAST_SHARE) {
    const half = sumOf(members) / 2;
    let end = first;
    for (let sum = 0; end < ratios.length - 1 && sum < half; end++) sum += ratios[end] ?? 1;
    if (end > first) ends.push({ end, isFull: true });
  }
  ends.push({ end: ratios.length, isFull: true });
}

function sumOf(ratios: readonly number[]): number {
  return ratios.reduce((total, ratio) => total + ratio, 0);
}

/** A ratio that a tile can have; a square for what is no ratio. */
export function usableRatio(ratio: number): number {
  if (!Number.isFinite(ratio) || ratio <= 0) return 1;
  return Math.min(WIDEST_RATIO, Math.max(NARROWEST_RATIO, ratio));
}

/** The height at which these assets exactly fill the width. */
function fillingHeight(ratios: readonly number[], width: number, gap: number): number {
  return (width - gap * (ratios.length - 1)) / sumOf(ratios);
}

/** Where a row ends that starts at `first`: with or without the asset that overflows it, whichever is nearer. */
function rowEnd(
  ratios: readonly number[],
  first: number,
  width: number,
  target: number,
  gap: number,
): RowEnd {
  let sum = 0;
  for (let index = first; index < ratios.length; index++) {
    const before = sum;
    sum += ratios[index] ?? 1;
    const count = index - first + 1;
    const heightWith = (width - gap * (count - 1)) / sum;
    if (heightWith > target) continue;
    if (count === 1) return { end: index + 1, isFull: true };
    const heightWithout = (width - gap * (count - 2)) / before;
    const isWithoutNearer =
      heightWith <= 0 ||
      (heightWithout <= target * MOST_STRETCH && heightWithout - target < target - heightWith);
    return { end: isWithoutNearer ? index : index + 1, isFull: true };
  }
  return { end: ratios.length, isFull: false };
}

/** Rounds the running edges, not the widths, so that the errors never add up to a ragged right side. */
function placeTiles(
  ratios: readonly number[],
  height: number,
  gap: number,
  fillWidth: number | undefined,
  mostWidth: number,
): readonly LaidTile[] {
  const sum = sumOf(ratios);
  const pictures = fillWidth === undefined ? sum * height : fillWidth - gap * (ratios.length - 1);
  let done = 0;
  return ratios.map((ratio, index) => {
    const left = Math.round((done / sum) * pictures) + index * gap;
    done += ratio;
    const right = Math.min(mostWidth, Math.round((done / sum) * pictures) + index * gap);
    return { left, width: Math.max(1, right - left) };
  });
}
