import type { TimelineAsset } from '../../shared/window-views.ts';

/**
 * Puts assets that came or changed into loaded ones, newest first. Those that no longer belong there (`belongs`), or that
 * are shown nowhere any more, are taken out; those that only changed keep their place, so that nothing moves for a new
 * preview. Gives the same array when nothing changed.
 */
export function mergeAssets(
  belongs: (asset: TimelineAsset) => boolean,
  loaded: readonly TimelineAsset[],
  changed: readonly TimelineAsset[],
  removedIds: readonly string[] = [],
): readonly TimelineAsset[] {
  const pending = new Map(changed.map((asset) => [asset.assetId, asset]));
  const removed = new Set(removedIds);
  const merged: TimelineAsset[] = [];
  let isChanged = false;
  for (const asset of loaded) {
    if (removed.has(asset.assetId)) {
      isChanged = true;
      continue;
    }
    const update = pending.get(asset.assetId);
    if (update === undefined) {
      merged.push(asset);
      continue;
    }
    isChanged = true;
    if (update.capturedLocal !== asset.capturedLocal) continue;
    merged.push(update);
    pending.delete(asset.assetId);
  }
  for (const asset of pending.values()) {
    if (!belongs(asset)) continue;
    isChanged = true;
    const at = merged.findIndex((each) => isNewer(asset, each));
    merged.splice(at < 0 ? merged.length : at, 0, asset);
  }
  return isChanged ? merged : loaded;
}

/** Newest first; equal times by id, so that every order of events ends in the same order of assets. */
function isNewer(asset: TimelineAsset, other: TimelineAsset): boolean {
  return asset.capturedLocal === other.capturedLocal
    ? asset.assetId > other.assetId
    : asset.capturedLocal > other.capturedLocal;
}
