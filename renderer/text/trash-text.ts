import type { FilingBatch } from '../../shared/filing-view.ts';
import { formatPlural } from './format.ts';

const photos = (count: number) => formatPlural(count, 'photo or video', 'photos and videos');

/** "3 photos and videos (7 files)". */
function batchWords({ count, fileCount }: FilingBatch): string {
  const files = formatPlural(fileCount, 'file', 'files');
  return count === 0 ? files : `${photos(count)} (${files})`;
}

/** Words of throwing away and bringing back. */
export const trashText = {
  title: 'Trash',
  back: 'Settings',
  link: 'Show what is in the trash',
  intro:
    'What you threw away the last few times lies in the trash inside the library folder, bit for bit as it came, and can be brought back to where it was.',
  throwAway: 'Move to trash',
  thrownAway: (fileName: string) => `${fileName} is in the trash`,
  failed: (fileName: string, words: string) =>
    `${fileName} could not be moved to the trash. ${words}`,
  undo: 'Undo',
  restore: 'Bring back',
  restoreLabel: (batch: FilingBatch) => `Bring back ${batchWords(batch)}`,
  restored: (batch: FilingBatch) => `${batchWords(batch)} back where they were`,
  restoredOne: (fileName: string) => `${fileName} is back where it was`,
  restoreFailed: (words: string) => `It could not be brought back. ${words}`,
  list: 'In the trash',
  batch: batchWords,
  thrown: 'Thrown away',
  empty: {
    title: 'Nothing to bring back',
    next: 'What you throw away in the viewer is listed here, for the last few times, and can be brought back.',
  },
} as const;
