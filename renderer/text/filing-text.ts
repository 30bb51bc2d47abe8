import type { FilingBatch, RefilePlan, RefileReason } from '../../shared/filing-view.ts';
import type { TemplateToken } from '../../shared/folder-template.ts';
import { formatCount, formatPlural } from './format.ts';

const TOKENS: Record<TemplateToken, string> = {
  device: 'Device',
  year: 'Year',
  month: 'Month',
  day: 'Day',
  hour: 'Hour',
  camera: 'Camera',
  name: 'File name',
};

/** Ends of a sentence that begins with "12 photos, because". */
const REASONS: Record<RefileReason, string> = {
  template: 'the folders were set otherwise when they came',
  time: 'their time is known better now',
  scattered: 'their files do not lie together under one name',
};

const photos = (count: number) => formatPlural(count, 'photo or video', 'photos and videos');
const files = (count: number) => formatPlural(count, 'file', 'files');

/** Words of the settings about folders, and of moving files to where they say. */
export const filingText = {
  title: 'Folders',
  description: 'Where originals lie within the library folder.',
  template: 'Folders and file name',
  templateHint:
    'Parts are separated by “/”; the last one names the file. It counts for photos that arrive from now on: changing it moves nothing.',
  example: 'For example',
  insert: 'Put in',
  insertToken: (token: TemplateToken) => `Put in ${TOKENS[token].toLowerCase()}, {${token}}`,
  token: (token: TemplateToken) => TOKENS[token],
  refile: {
    title: 'Files that lie elsewhere',
    unknown: 'What lies elsewhere cannot be told just now.',
    none: 'Every file lies where the folders above say.',
    some: ({ assetCount, fileCount }: RefilePlan) =>
      `${photos(assetCount)} (${files(fileCount)}) ${assetCount === 1 ? 'lies' : 'lie'} elsewhere than they would go today. They stay there unless you move them.`,
    reason: (reason: RefileReason, count: number) =>
      `${formatCount(count)} because ${REASONS[reason]}`,
    from: 'From',
    to: 'to',
    more: (count: number) => `and ${formatCount(count)} more`,
    examples: 'What would move',
    start: 'Move files now',
    question: (count: number) => `Move ${files(count)}?`,
    questionText:
      'Roost moves them within the library folder, one by one, and writes down every move. No byte of them changes. You can stop at any time and undo it later. After a restart it goes on by itself.',
    questionOther:
      'Other programs that know the files by their old places will not find them there any more.',
    confirm: 'Move files',
    stop: 'Stop',
    progress: 'Moving files',
  },
  /** What a batch that runs is doing: photos are counted on the way there, files on the way back. */
  run: ({ kind, doneCount, count, fileCount }: FilingBatch) => {
    const isBack = kind === 'undo' || kind === 'restore';
    const of = count === 0 ? '' : ` of ${isBack ? files(count) : photos(count)}`;
    const done = `${formatCount(doneCount)}${of}`;
    if (isBack) return `Moving back: ${done}`;
    return `Moving: looked at ${done}, moved ${files(fileCount)}`;
  },
  batches: 'Moved before',
  batch: ({ kind, fileCount, failedCount, state }: FilingBatch) =>
    [
      `${files(fileCount)} moved${kind === 'undo' ? ' back' : ''}`,
      ...(state === 'stopped' ? ['then stopped'] : []),
      ...(failedCount > 0
        ? [
            `${files(failedCount)} could not be moved and stayed where ${failedCount === 1 ? 'it is' : 'they are'}`,
          ]
        : []),
    ].join(', '),
  undo: 'Undo',
  undoLabel: (count: number) => `Move ${files(count)} back`,
} as const;
