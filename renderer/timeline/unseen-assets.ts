import type { TimelineAsset } from '../../shared/window-views.ts';

/** Of more than so many only their number is known. */
const MOST_KNOWN = 10_000;

/** What the hint of new photos tells. */
export interface UnseenAssets {
  readonly count: number;
  readonly arePhotos: boolean;
  /** Absent when there is none. */
  readonly newest: TimelineAsset | undefined;
}

export const NOTHING_UNSEEN: UnseenAssets = { count: 0, arePhotos: true, newest: undefined };

/** Assets that arrived and were not seen yet. However many they are, what is in view is all it costs to see some. */
export class UnseenTally {
  readonly #assets = new Map<string, TimelineAsset>();
  #newest: TimelineAsset | undefined;
  #moreCount = 0;
  #arePhotos = true;

  add(assets: readonly TimelineAsset[]): void {
    for (const asset of assets) {
      this.#arePhotos &&= asset.kind === 'photo';
      if (this.#newest === undefined || isNewer(asset, this.#newest)) this.#newest = asset;
      if (this.#assets.size < MOST_KNOWN) {
        this.#assets.set(asset.assetId, asset);
        continue;
      }
      this.#moreCount += 1;
      if (asset !== this.#newest) continue;
      // It is where the hint leads: another one gives way.
      const [other] = this.#assets.keys();
      if (other !== undefined) this.#assets.delete(other);
      this.#assets.set(asset.assetId, asset);
    }
  }

  /** Takes out what was seen, or is gone. Gives whether that was any. */
  see(assetIds: Iterable<string>): boolean {
    let hasSeen = false;
    for (const assetId of assetIds) hasSeen = this.#assets.delete(assetId) || hasSeen;
    if (!hasSeen) return false;
    if (this.#assets.size === 0) this.clear();
    else if (!this.#assets.has(this.#newest?.assetId ?? '')) this.#newest = newestOf(this.#assets);
    return true;
  }

  clear(): void {
    this.#assets.clear();
    this.#newest = undefined;
    this.#moreCount = 0;
    this.#arePhotos = true;
  }

  get told(): UnseenAssets {
    const count = this.#assets.size + this.#moreCount;
    return { count, arePhotos: this.#arePhotos, newest: this.#newest };
  }
}

function newestOf(assets: ReadonlyMap<string, TimelineAsset>): TimelineAsset | undefined {
  let newest: TimelineAsset | undefined;
  for (const asset of assets.values()) {
    if (newest === undefined || isNewer(asset, newest)) newest = asset;
  }
  return newest;
}

function isNewer(asset: TimelineAsset, other: TimelineAsset): boolean {
  return asset.capturedLocal > other.capturedLocal;
}
