import type { AssetKind } from '../../shared/asset-kinds.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { knownKinds } from '../text/asset-kind-text.ts';

/** Kinds that a tile may carry a mark for, the most telling first; what a video is stands with its duration. */
const MARKED = [
  'live-photo',
  'burst',
  'proraw',
  'raw-jpeg',
  'raw',
  'panorama',
  'edited',
  'screenshot',
  'hdr',
] as const satisfies readonly AssetKind[];

export type TileMark = (typeof MARKED)[number];

const MOST_MARKS = 3;
/** Pixels that a mark, or the duration of a video, takes of the tile's width. */
const ROOM_OF_MARK = 44;

/** The marks of a tile of this width: never more than three things over a photo, fewer on a narrow one. */
export function tileMarks(asset: TimelineAsset, width: number): readonly TileMark[] {
  const room = Math.min(MOST_MARKS, Math.max(1, Math.floor(width / ROOM_OF_MARK)));
  const left = asset.kind === 'video' ? room - 1 : room;
  const kinds: readonly string[] = knownKinds(asset);
  return MARKED.filter((mark) => kinds.includes(mark)).slice(0, left);
}
