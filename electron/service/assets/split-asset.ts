import { randomUUID } from 'node:crypto';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { GroupingDecision } from '../../../shared/receipt.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { assetOfPart, partsOfAsset } from '../catalog/regroup.ts';

export interface SplitParts {
  readonly catalog: CatalogReader;
  /** @throws RoostError of the library while nothing can be recorded. */
  readonly ledger: () => Ledger;
  readonly clock: Clock;
  readonly assetChanged: (assetId: string) => void;
}

/**
 * Takes a part out of the asset that a guess joined it to, for good: it is journaled, so a rebuild keeps it. No
 * file moves.
 * @throws RoostError `request/not-found` for a part that is not one of several of the asset.
 */
export async function splitAsset(
  parts: SplitParts,
  asked: { readonly assetId: string; readonly partId: string },
): Promise<{ assetId: string; splitAssetId: string }> {
  const { catalog } = parts;
  const assetId = assetOfPart(catalog, asked.assetId);
  const others = partsOfAsset(catalog, assetId).filter((part) => part !== asked.partId);
  const isPart = assetOfPart(catalog, asked.partId) === assetId;
  const [staying] = others;
  if (!isPart || staying === undefined) {
    throw new RoostError('request/not-found', 'There is nothing to split off this photo.');
  }
  await decide(parts, 'apart', [asked.partId, ...others]);
  // What hung together by the part alone is one photo all the same: the person took out nothing else.
  if (new Set(others.map((part) => assetOfPart(catalog, part))).size > 1) {
    await decide(parts, 'together', others);
  }
  const [stays, split] = [assetOfPart(catalog, staying), assetOfPart(catalog, asked.partId)];
  for (const id of [assetId, stays, split]) parts.assetChanged(id);
  return { assetId: stays, splitAssetId: split };
}

/**
 * Takes `splitAsset` back: what tied the two together ties them again.
 * @throws RoostError `request/not-found` where either is no asset.
 */
export async function unsplitAsset(
  parts: SplitParts,
  asked: { readonly assetId: string; readonly splitAssetId: string },
): Promise<{ assetId: string }> {
  const { catalog } = parts;
  const kept = partsOfAsset(catalog, assetOfPart(catalog, asked.assetId));
  const split = partsOfAsset(catalog, assetOfPart(catalog, asked.splitAssetId));
  if (kept.length === 0 || split.length === 0) {
    throw new RoostError('request/not-found', 'There is no such photo.');
  }
  for (const part of split) await decide(parts, 'forget', [part, ...kept]);
  const assetId = assetOfPart(catalog, asked.assetId);
  for (const id of [assetId, asked.assetId, asked.splitAssetId]) parts.assetChanged(id);
  return { assetId };
}

async function decide(
  { ledger, clock }: SplitParts,
  decision: GroupingDecision['decision'],
  assetIds: readonly string[],
): Promise<void> {
  await ledger().record({
    entry: 'grouping',
    decisionId: randomUUID(),
    decision,
    assetIds: [...assetIds],
    decidedAt: clock.now(),
  });
}
