import { thumbHashToApproximateAspectRatio } from 'thumbhash';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { bytesOfBase64 } from './base64.ts';

/** The shape of tiles that show words instead of a picture. */
const WORDS_RATIO = 4 / 3;

/** Width by height of an asset's tile: from its pixels, else roughly from its thumbhash. */
export function aspectRatioOf(asset: TimelineAsset): number {
  if (asset.width !== undefined && asset.height !== undefined && asset.height > 0) {
    return asset.width / asset.height;
  }
  const bytes = asset.thumbhash === undefined ? undefined : bytesOfBase64(asset.thumbhash);
  return bytes !== undefined && bytes.length >= 5
    ? thumbHashToApproximateAspectRatio(bytes)
    : WORDS_RATIO;
}
