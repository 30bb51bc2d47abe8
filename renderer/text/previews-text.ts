import { formatCount, formatPlural } from './format.ts';

/** Words of the page of previews that could not be made. */
export const previewsText = {
  title: 'Missing previews',
  back: 'Settings',
  intro:
    'Roost could not make a picture of these files. The originals are safe, bit for bit: only their small pictures are missing.',
  /** A quiet line that leads here. */
  link: (count: number) => `${formatPlural(count, 'preview', 'previews')} could not be made`,
  reasons: 'Why',
  count: formatCount,
  tried: (count: number) => (count > 1 ? `Tried ${formatCount(count)} times.` : 'Tried once.'),
  list: 'Files without a preview',
  retry: 'Try again',
  retryOf: (fileName: string) => `Try again: ${fileName}`,
  retryAll: 'Try all again',
  retryAllAsked: 'Trying all again. What works out leaves this list by itself.',
  retryAsked: (fileName: string) => `Trying ${fileName} again`,
  more: 'Show more',
  none: {
    title: 'No preview is missing',
    next: 'Every photo and video that can have a picture has one, or it is being made.',
  },
} as const;
