import { formatByteCount, formatPlural } from './format.ts';

/** Words of the shell around the pages. */
export const appText = {
  product: 'Roost',
  nav: {
    label: 'Main',
    timeline: 'Timeline',
    jobs: 'Jobs',
    devices: 'Devices',
    settings: 'Settings',
    skip: 'Skip to content',
  },
  title: (page: string) => (page === '' ? 'Roost' : `${page} · Roost`),
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading',
  copied: 'Copied',
  copyFailed: 'Copying is not allowed here',
  connection: {
    lost: 'Roost cannot be reached. Trying again by itself. What is backed up stays safe.',
    signedOut: 'This window is not signed in to Roost.',
    signedOutNext:
      'Open the address that Roost printed at its last start, or that “roost status” prints.',
    stopping: 'Roost is closing or starting again.',
  },
  error: {
    title: 'This page could not be shown',
    crashed: 'Something in this window went wrong. Your photos are not affected.',
    reload: 'Load the page again',
  },
  notFound: {
    title: 'There is nothing at this address',
    next: 'Go to the timeline',
  },
  theme: {
    label: 'Colours',
    system: 'As the computer',
    light: 'Light',
    dark: 'Dark',
  },
  library: {
    summary: (fileCount: number, byteCount: number) =>
      fileCount === 0
        ? 'Nothing backed up yet'
        : `${formatPlural(fileCount, 'file', 'files')} safe, ${formatByteCount(byteCount)}`,
    opening: 'Opening the library',
  },
} as const;
