import { app, Menu, shell } from 'electron';

import { menuTemplate } from './menu-template.ts';
import type { ServiceSupervisor } from './service-supervisor.ts';

const LICENCE_URL = 'https://www.gnu.org/licenses/gpl-3.0.html';

export interface MenuParts {
  readonly supervisor: ServiceSupervisor;
  readonly openWindow: () => void;
  readonly legalNotices: string;
}

export function setUpMenu({ supervisor, openWindow, legalNotices }: MenuParts): void {
  const template = menuTemplate(process.platform, app.isPackaged, {
    openWindow,
    restartService: () => supervisor.restart(),
    openNotices: () => void shell.openPath(legalNotices),
    openLicence: () => void shell.openExternal(LICENCE_URL),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
