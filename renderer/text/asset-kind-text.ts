import type { TimelineAsset } from '../../shared/window-views.ts';
import { formatPlural } from './format.ts';

interface KindWords {
  readonly title: string;
  /** After other words, as in "Photo, edited". */
  readonly inList: string;
}

/** What badges and details call the kinds of assets. A code that stands not here is from a newer Roost. */
const KINDS = {
  photo: { title: 'Photo', inList: 'photo' },
  'live-photo': { title: 'Live Photo', inList: 'Live Photo' },
  video: { title: 'Video', inList: 'video' },
  raw: { title: 'RAW', inList: 'RAW' },
  'raw-jpeg': { title: 'RAW and JPEG', inList: 'RAW and JPEG' },
  proraw: { title: 'ProRAW', inList: 'ProRAW' },
  edited: { title: 'Edited', inList: 'edited' },
  burst: { title: 'Burst', inList: 'burst' },
  panorama: { title: 'Panorama', inList: 'panorama' },
  screenshot: { title: 'Screenshot', inList: 'screenshot' },
  'slow-motion': { title: 'Slow motion', inList: 'slow motion' },
  hdr: { title: 'HDR', inList: 'HDR' },
} as const satisfies Record<string, KindWords>;

export type KnownAssetKind = keyof typeof KINDS;

function isKnownKind(code: string): code is KnownAssetKind {
  return Object.hasOwn(KINDS, code);
}

type Kinds = Pick<TimelineAsset, 'kinds' | 'burstCount'>;

/** The kinds of an asset that this window has words for. */
export function knownKinds({ kinds }: Kinds): readonly KnownAssetKind[] {
  return kinds.filter(isKnownKind);
}

/** What an asset is in one word, whatever else it is besides. */
export function mainKindWords({ kind, kinds }: Pick<TimelineAsset, 'kind' | 'kinds'>): string {
  if (kind === 'file') return 'File';
  return kinds.includes('live-photo') ? KINDS['live-photo'].title : KINDS[kind].title;
}

/** What else it is: "edited", "burst of 12 photos". */
export function moreKindWords(asset: Kinds): readonly string[] {
  return knownKinds(asset)
    .filter((kind) => !['photo', 'video', 'live-photo'].includes(kind))
    .map((kind) => {
      const { inList } = KINDS[kind];
      return kind === 'burst' && asset.burstCount !== undefined
        ? `${inList} of ${formatPlural(asset.burstCount + 1, 'photo', 'photos')}`
        : inList;
    });
}
