import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openWindow(): void;
  restartService(): void;
  openNotices(): void;
  openLicence(): void;
}

/**
 * The application menu: what the system expects, and nothing a photo window has no use for.
 *
 * @param isPackaged developer tools are offered in a clone only.
 */
export function menuTemplate(
  platform: string,
  isPackaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open Roost', accelerator: 'CmdOrCtrl+N', click: () => actions.openWindow() },
        { label: 'Restart Backup Service', click: () => actions.restartService() },
        { type: 'separator' },
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Licence (GNU GPL 3)', click: () => actions.openLicence() },
        { label: 'Third-Party Notices', click: () => actions.openNotices() },
      ],
    },
  ];
}
