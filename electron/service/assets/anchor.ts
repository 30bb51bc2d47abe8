import type { Receipt } from '../../../shared/receipt.ts';

import { groupingFacts } from './grouping/grouping-facts.ts';
import { isOwnName } from './grouping/grouping-stem.ts';

type Placed = Pick<
  Receipt,
  'assetId' | 'deviceId' | 'assetKey' | 'resourceType' | 'told' | 'seen' | 'captureTime'
>;

/**
 * [Note: Anchors]
 * All files of an asset lie in one folder under one stem: that of its anchor, the first file that knows both a
 * name and a day for the asset. Files come in any order, and an edit may be here days before its photo; such a
 * file lies where it could until the anchor comes, and is then moved beside it, once. An anchor never changes, and
 * what has a name and a day of its own is never moved without the person asking.
 */
export type AnchorGrade =
  /** It knows name and day for the asset. */
  | 'anchor'
  /** It has a name, but its day may be another's: the movie of a Live Photo counts in UTC. */
  | 'leaning'
  /** An edit, a recipe, or a file without a name of its own. */
  | 'homeless';

/** How much a file knows of where its asset belongs. */
export function anchorGrade(receipt: Placed): AnchorGrade {
  const { role, timing, contentId } = groupingFacts(receipt);
  if (!isOwnName(receipt.told.fileName)) return 'homeless';
  if (role === 'still' || role === 'raw') return timing === 'none' ? 'leaning' : 'anchor';
  if (role !== 'movie') return 'homeless';
  const isHalf = receipt.resourceType === 'paired-video' || contentId !== undefined;
  return timing === 'own' || !isHalf ? 'anchor' : 'leaning';
}

/** The anchor among an asset's files, oldest first. */
export function anchorOf<R extends Placed>(receipts: readonly R[]): R | undefined {
  return receipts.find((receipt) => anchorGrade(receipt) === 'anchor');
}

/** Of an asset's files, oldest first, those that a new file is placed beside: none where it is the anchor. */
export function siblingsFor<R extends Placed>(
  incoming: Placed,
  receipts: readonly R[],
): readonly R[] {
  const anchor = anchorOf(receipts);
  if (anchor) return [anchor];
  const grade = anchorGrade(incoming);
  if (grade === 'anchor') return [];
  const leaning = receipts.find((receipt) => anchorGrade(receipt) === 'leaning');
  if (leaning) return [leaning];
  return grade === 'leaning' ? [] : receipts.slice(0, 1);
}
