import { Menu, Tray } from 'electron';

import type { ServiceSupervisor } from './service-supervisor.ts';
import { trayLine } from './tray-line.ts';

export interface TrayParts {
  readonly icon: string;
  readonly supervisor: ServiceSupervisor;
  readonly openWindow: () => void;
  readonly quit: () => void;
}

/** The sign in the tray or menu bar that Roost runs, with how it is and the way back to the window. */
export function setUpTray({ icon, supervisor, openWindow, quit }: TrayParts): void {
  // Electron drops a tray that nothing refers to; the listeners below do, for as long as the supervisor lives.
  const tray = new Tray(icon);
  let shownLine = '';
  // On macOS and most Linux desktops a click opens the menu.
  if (process.platform === 'win32') tray.on('click', openWindow);
  supervisor.onState((state) => {
    const line = trayLine(state);
    if (line === shownLine) return;
    shownLine = line;
    tray.setToolTip(`Roost: ${line}`);
    // Linux shows a changed label only with a new menu.
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Roost', click: openWindow },
        { label: line, enabled: false },
        { type: 'separator' },
        { label: 'Restart Backup Service', click: () => supervisor.restart() },
        { label: 'Quit Roost', click: quit },
      ]),
    );
  });
}
