import type { TemplateToken } from '../../shared/folder-template.ts';
import type { FilingBatch, FilingRun } from '../../shared/filing-view.ts';
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
    none: 'Every file lies where the folders above say.',
    some: (count: number) =>
      `${files(count)} ${count === 1 ? 'lies' : 'lie'} elsewhere than the folders above say. They stay there unless you move them.`,
    from: 'From',
    to: 'to',
    more: (count: number) => `and ${formatCount(count)} more`,
    examples: 'What would move',
    start: 'Move files now',
    question: (count: number) => `Move ${files(count)}?`,
    questionText:
      'Roost moves them within the library folder, one by one, and writes down every move. No byte of them changes. You can stop at any time and undo it later; after a restart it goes on by itself.',
    questionOther:
      'Other programs that know the files by their old places will not find them there any more.',
    confirm: 'Move files',
    stop: 'Stop',
    progress: 'Moving files',
  },
  run: ({ kind, state, doneCount, totalCount }: FilingRun) => {
    const counts = `${formatCount(doneCount)} of ${files(totalCount)}`;
    if (state === 'stopping') return `Stopping after ${counts}`;
    const what = kind === 'undo' ? 'Moving back' : 'Moving';
    return state === 'waiting'
      ? `${what} waits for the library: ${counts} so far. It goes on by itself.`
      : `${what}: ${counts}`;
  },
  batches: 'Moved before',
  batch: ({ movedCount, failedCount, isStopped, isUndone }: FilingBatch) =>
    [
      `${files(movedCount)} moved`,
      ...(isUndone ? ['moved back again'] : []),
      ...(isStopped && !isUndone ? ['then stopped'] : []),
      ...(failedCount > 0 ? [`${files(failedCount)} could not be moved and stayed`] : []),
    ].join(', '),
  undo: 'Undo',
  undoLabel: (count: number) => `Move ${files(count)} back`,
} as const;
