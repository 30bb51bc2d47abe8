import type { TrashBatch } from '../../shared/filing-view.ts';
import { formatByteCount, formatCount, formatInstantDate, formatPlural } from './format.ts';

/** Words of throwing away and bringing back. */
export const trashText = {
  title: 'Trash',
  back: 'Settings',
  link: 'Show what is in the trash',
  intro:
    'These photos and videos lie in the trash inside the library folder, bit for bit as they came. A device that sends one of them again brings a new copy.',
  throwAway: 'Move to trash',
  thrownAway: (fileName: string) => `${fileName} is in the trash`,
  failed: (fileName: string, words: string) =>
    `${fileName} could not be moved to the trash. ${words}`,
  undo: 'Undo',
  restore: 'Bring back',
  restoreLabel: (batch: TrashBatch) => `Bring back ${batchNames(batch)}`,
  restored: (count: number) =>
    `${formatPlural(count, 'photo or video is', 'photos and videos are')} back where they were`,
  restoredOne: (fileName: string) => `${fileName} is back where it was`,
  restoreFailed: (words: string) => `It could not be brought back. ${words}`,
  list: 'In the trash',
  names: batchNames,
  size: ({ byteCount }: TrashBatch) => formatByteCount(byteCount),
  thrown: 'thrown away',
  emptied: (at: number) => `deleted for good on ${formatInstantDate(at)}`,
  more: 'Show more',
  empty: {
    title: 'The trash is empty',
    next: 'What you throw away in the viewer lies here for a while and can be brought back.',
  },
} as const;

/** "IMG_1.HEIC", or "IMG_1.HEIC and 2 more". */
function batchNames({ fileNames, assetCount }: TrashBatch): string {
  const first = fileNames[0] ?? formatPlural(assetCount, 'photo', 'photos');
  return assetCount > 1 ? `${first} and ${formatCount(assetCount - 1)} more` : first;
}
