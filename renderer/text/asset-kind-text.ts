import { ASSET_KINDS, type AssetKind, isAssetKind } from '../../shared/asset-kinds.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { formatPlural } from './format.ts';
import { inLanguage } from './language.ts';

type Kinds = Pick<TimelineAsset, 'kinds' | 'burstCount'>;

const words = inLanguage<{
  readonly kinds: Readonly<Record<AssetKind, string>>;
  readonly file: string;
  readonly burstOf: (burst: string, count: number) => string;
  /** Kinds that are written otherwise after other words. */
  readonly inList: Partial<Record<AssetKind, string>>;
}>({
  en: {
    kinds: ASSET_KINDS,
    file: 'File',
    burstOf: (burst, count) => `${burst} of ${formatPlural(count, 'photo', 'photos')}`,
    inList: {
      edited: 'edited',
      burst: 'burst',
      panorama: 'panorama',
      screenshot: 'screenshot',
      'slow-motion': 'slow motion',
    },
  },
  de: {
    kinds: {
      photo: 'Foto',
      'live-photo': 'Live Photo',
      video: 'Video',
      raw: 'RAW',
      'raw-jpeg': 'RAW + JPEG',
      proraw: 'ProRAW',
      edited: 'Bearbeitet',
      burst: 'Serie',
      panorama: 'Panorama',
      screenshot: 'Bildschirmfoto',
      'slow-motion': 'Zeitlupe',
      hdr: 'HDR',
    },
    file: 'Datei',
    burstOf: (burst, count) => `${burst} von ${formatPlural(count, 'Foto', 'Fotos')}`,
    inList: { edited: 'bearbeitet' },
  },
});

/** The kinds of an asset that this window has words for; others are from a newer Roost. */
export function knownKinds({ kinds }: Kinds): readonly AssetKind[] {
  return kinds.filter(isAssetKind);
}

/** What an asset is in one word, whatever else it is besides. */
export function mainKindWords({ kind, kinds }: Pick<TimelineAsset, 'kind' | 'kinds'>): string {
  if (kind === 'file') return words.file;
  return words.kinds[kinds.includes('live-photo') ? 'live-photo' : kind];
}

/** What else it is: "edited", "burst of 12 photos". */
export function moreKindWords(asset: Kinds): readonly string[] {
  return knownKinds(asset)
    .filter((kind) => !['photo', 'video', 'live-photo'].includes(kind))
    .map((kind) => {
      const listed = words.inList[kind] ?? words.kinds[kind];
      return kind === 'burst' && asset.burstCount !== undefined
        ? words.burstOf(listed, asset.burstCount + 1)
        : listed;
    });
}
