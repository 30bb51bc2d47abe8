import { expect, it } from 'vitest';

import { GO_KEYS, type ShortcutGroup, shortcutGroupsFor } from './all-shortcuts.ts';
import { routeOf } from './routes.ts';

it('lists the keys of the page first, then those of everywhere, then the rest', () => {
  const group = (title: string, views: ShortcutGroup['views']): ShortcutGroup => ({
    title,
    views,
    shortcuts: [],
  });
  const groups = [group('jobs', ['jobs', 'job']), group('all', []), group('viewer', ['photo'])];
  const titles = (view: 'photo' | 'settings') =>
    shortcutGroupsFor(view, groups).map(({ title }) => title);
  expect(titles('photo')).toEqual(['viewer', 'all', 'jobs']);
  expect(titles('settings')).toEqual(['all', 'jobs', 'viewer']);
});

it('every two keys lead to a page of their own', () => {
  expect(GO_KEYS.map(({ href }) => routeOf(href).view)).not.toContain('not-found');
  expect(new Set(GO_KEYS.map(({ keys }) => keys.join(' '))).size).toBe(GO_KEYS.length);
});
