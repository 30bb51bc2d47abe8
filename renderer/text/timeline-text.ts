import type { TimelineAsset } from '../../shared/window-views.ts';
import { mainKindWords, moreKindWords } from './asset-kind-text.ts';
import {
  formatCount,
  formatDuration,
  formatLocalDate,
  formatMonth,
  formatPlural,
} from './format.ts';
import { previewReasonText } from './preview-reason-text.ts';

/** Words of the timeline. */
export const timelineText = {
  title: 'Timeline',
  month: formatMonth,
  count: formatCount,
  newAssets: (assets: readonly TimelineAsset[]) => {
    const arePhotos = assets.every(({ kind }) => kind === 'photo');
    return arePhotos
      ? formatPlural(assets.length, 'new photo', 'new photos')
      : `${assets.length} new`;
  },
  empty: {
    title: 'No photos here yet',
    next: 'Photos appear here as soon as a paired device has sent them.',
    link: 'Get the first photo here',
  },
  monthFailed: 'This month could not be loaded.',
  tilesLabel: (month: string) => `Photos and videos of ${formatMonth(month)}`,
} as const;

/** What a screen reader says of a tile: "Live Photo, IMG_4711.HEIC, 15 August 2019, edited". */
export function tileLabel(asset: TimelineAsset): string {
  const parts = [mainKindWords(asset), asset.fileName, formatLocalDate(asset.capturedLocal)];
  if (asset.kind === 'video' && asset.durationMs !== undefined) {
    parts.push(formatDuration(asset.durationMs));
  }
  parts.push(...moreKindWords(asset));
  if (asset.tile === 'failed' || asset.tile === 'none') {
    parts.push(previewReasonText(asset.tileReason));
  }
  return parts.join(', ');
}
