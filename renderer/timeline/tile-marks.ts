import type { AssetKind } from '../../shared/asset-kinds.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { knownKinds } from '../text/asset-kind-text.ts';

/**
 * Kinds that a tile may carry a mark for, the most telling first, with the pixels each takes. What a video is stands
 * with its duration.
 */
const MARKS = {
  favourite: 19,
  'live-photo': 19,
  burst: 44,
  proraw: 54,
  'raw-jpeg': 47,
  raw: 31,
  panorama: 19,
  edited: 19,
  screenshot: 19,
  hdr: 31,
} as const satisfies Partial<Record<AssetKind | 'favourite', number>>;

export type TileMark = keyof typeof MARKS;

const ORDER = Object.keys(MARKS) as readonly TileMark[];

const MOST_MARKS = 3;
/** Around the marks. */
const EDGE_WIDTH = 15;
const DURATION_WIDTH = 66;

/** The marks of a tile of this width: never more than three things over a photo, and only what it has room for. */
export function tileMarks(asset: TimelineAsset, width: number): readonly TileMark[] {
  const kinds: readonly string[] = [
    ...(asset.isFavourite === true ? ['favourite'] : []),
    ...knownKinds(asset),
  ];
  const isVideo = asset.kind === 'video';
  const most = isVideo ? MOST_MARKS - 1 : MOST_MARKS;
  let room = width - EDGE_WIDTH - (isVideo ? DURATION_WIDTH : 0);
  const marks: TileMark[] = [];
  for (const mark of ORDER) {
    if (!kinds.includes(mark) || MARKS[mark] > room || marks.length === most) continue;
    marks.push(mark);
    room -= MARKS[mark];
  }
  return marks;
}
