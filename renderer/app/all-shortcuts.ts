import { jobShortcuts } from '../text/job-text.ts';
import { shortcutText } from '../text/shortcut-text.ts';
import { timelineShortcuts } from '../text/timeline-shortcuts.ts';
import type { Shortcut } from '../ui/shortcut.ts';
import { viewerShortcuts } from '../viewer/viewer-shortcuts.ts';
import { paths, type Route } from './routes.ts';

export interface ShortcutGroup {
  readonly title: string;
  /** On which views they count; empty for all. */
  readonly views: readonly Route['view'][];
  readonly shortcuts: readonly Shortcut[];
}

/** Where two keys one after the other lead: the same letters in every language, so that they stay in the fingers. */
export const GO_KEYS = [
  { keys: ['g', 'h'], text: shortcutText.goHome, href: paths.home },
  { keys: ['g', 't'], text: shortcutText.goTimeline, href: paths.timeline },
  { keys: ['g', 'j'], text: shortcutText.goJobs, href: paths.jobs },
  { keys: ['g', 'd'], text: shortcutText.goDevices, href: paths.devices },
  { keys: ['g', 'x'], text: shortcutText.goTrash, href: paths.trash },
  { keys: ['g', 's'], text: shortcutText.goSettings, href: paths.settings },
] as const satisfies readonly (Shortcut & { readonly href: string })[];

const globalShortcuts: readonly Shortcut[] = [
  ...GO_KEYS,
  { keys: ['?'], text: shortcutText.show },
  { keys: ['Control+z'], text: shortcutText.undo },
  { keys: ['Escape'], text: shortcutText.close },
];

/** The keys of every page. A part of the window that has keys of its own adds its table here, in one line. */
const GROUPS: readonly ShortcutGroup[] = [
  { title: shortcutText.everywhere, views: [], shortcuts: globalShortcuts },
  { title: shortcutText.goTimeline, views: ['timeline'], shortcuts: timelineShortcuts },
  { title: shortcutText.viewer, views: ['photo'], shortcuts: viewerShortcuts },
  { title: shortcutText.goJobs, views: ['jobs', 'job'], shortcuts: jobShortcuts },
];

/** All groups with those of a view first, then those of everywhere, then the rest. */
export function shortcutGroupsFor(
  view: Route['view'],
  groups: readonly ShortcutGroup[] = GROUPS,
): readonly ShortcutGroup[] {
  const isHere = ({ views }: ShortcutGroup) => views.includes(view);
  const isEverywhere = ({ views }: ShortcutGroup) => views.length === 0;
  return [
    ...groups.filter(isHere),
    ...groups.filter(isEverywhere),
    ...groups.filter((group) => !isHere(group) && !isEverywhere(group)),
  ];
}
