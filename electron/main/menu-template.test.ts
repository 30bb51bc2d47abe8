import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { menuTemplate, type MenuActions } from './menu-template.ts';

const ACTIONS: MenuActions = {
  openWindow: () => undefined,
  restartService: () => undefined,
  openNotices: () => undefined,
  openLicence: () => undefined,
};

function itemsOf(platform: string, isPackaged: boolean): string[] {
  const named = (items: MenuItemConstructorOptions[]): string[] =>
    items.flatMap(({ role, label, submenu }) => [
      role ?? label ?? '',
      ...(Array.isArray(submenu) ? named(submenu) : []),
    ]);
  return named(menuTemplate(platform, isPackaged, ACTIONS));
}

describe('the menu', () => {
  it('offers the way back to the window and the restart the down page speaks of', () => {
    expect(itemsOf('linux', true)).toEqual(
      expect.arrayContaining(['File', 'Open Roost', 'Restart Backup Service', 'quit']),
    );
  });

  it('has the application menu with quit on macOS, and quit in File elsewhere', () => {
    expect(itemsOf('darwin', true)).toContain('appMenu');
    expect(itemsOf('darwin', true)).not.toContain('quit');
    expect(itemsOf('win32', true)).not.toContain('appMenu');
  });

  it('offers developer tools in a clone only', () => {
    expect(itemsOf('linux', false)).toContain('toggleDevTools');
    expect(itemsOf('linux', true)).not.toContain('toggleDevTools');
    expect(itemsOf('linux', true)).not.toContain('reload');
  });
});
