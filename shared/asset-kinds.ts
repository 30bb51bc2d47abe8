/** Words for what a photo or video is; one asset may be several of them. */
export const ASSET_KINDS = {
  photo: 'Photo',
  'live-photo': 'Live Photo',
  video: 'Video',
  raw: 'RAW',
  'raw-jpeg': 'RAW + JPEG',
  proraw: 'ProRAW',
  edited: 'Edited',
  burst: 'Burst',
  panorama: 'Panorama',
  screenshot: 'Screenshot',
  'slow-motion': 'Slow motion',
  hdr: 'HDR',
} as const satisfies Record<string, string>;

export type AssetKind = keyof typeof ASSET_KINDS;

/** In the order in which they are told. */
export const ASSET_KIND_ORDER = Object.keys(ASSET_KINDS) as readonly AssetKind[];

export function isAssetKind(text: string): text is AssetKind {
  return Object.hasOwn(ASSET_KINDS, text);
}
