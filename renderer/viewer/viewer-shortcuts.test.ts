import { describe, expect, it } from 'vitest';

import { viewerActionOf, viewerShortcuts } from './viewer-shortcuts.ts';

describe('the keys of the viewer', () => {
  it('are listed once each, with words', () => {
    const keys = viewerShortcuts.map((shortcut) => shortcut.keys.join());
    expect(new Set(keys).size).toBe(keys.length);
    expect(viewerShortcuts.filter(({ text }) => text === '')).toEqual([]);
  });

  it('do what is listed, also with caps lock and where + is above =', () => {
    for (const { keys } of viewerShortcuts) expect(viewerActionOf(keys[0]!)).toBeDefined();
    expect(viewerActionOf('O')).toBe('original');
    expect(viewerActionOf('=')).toBe('zoomIn');
    expect(viewerActionOf('q')).toBeUndefined();
  });
});
