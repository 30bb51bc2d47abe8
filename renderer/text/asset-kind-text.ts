import { ASSET_KINDS, type AssetKind, isAssetKind } from '../../shared/asset-kinds.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { formatPlural } from './format.ts';

type Kinds = Pick<TimelineAsset, 'kinds' | 'burstCount'>;

/** The kinds of an asset that this window has words for; others are from a newer Roost. */
export function knownKinds({ kinds }: Kinds): readonly AssetKind[] {
  return kinds.filter(isAssetKind);
}

/** What an asset is in one word, whatever else it is besides. */
export function mainKindWords({ kind, kinds }: Pick<TimelineAsset, 'kind' | 'kinds'>): string {
  if (kind === 'file') return 'File';
  return kinds.includes('live-photo') ? ASSET_KINDS['live-photo'] : ASSET_KINDS[kind];
}

/** What else it is: "edited", "burst of 12 photos". */
export function moreKindWords(asset: Kinds): readonly string[] {
  return knownKinds(asset)
    .filter((kind) => !['photo', 'video', 'live-photo'].includes(kind))
    .map((kind) => {
      const words = inList(ASSET_KINDS[kind]);
      return kind === 'burst' && asset.burstCount !== undefined
        ? `${words} of ${formatPlural(asset.burstCount + 1, 'photo', 'photos')}`
        : words;
    });
}

/** After other words: "edited", but "HDR" and "ProRAW" as they are written. */
function inList(words: string): string {
  return /^[A-Z][a-z ]+$/.test(words) ? words.toLowerCase() : words;
}
