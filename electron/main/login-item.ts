import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { app } from 'electron';
import type { Logger } from 'pino';

import { autostartEntry } from './autostart-entry.ts';
import type { ServiceSupervisor } from './service-supervisor.ts';
import { HIDDEN_FLAG } from './shell-arguments.ts';

/** Follows the setting `startAtLogin`. A clone is left out: it would register the bare Electron program. */
export function setUpLoginItem(supervisor: ServiceSupervisor, log: Logger): void {
  if (!app.isPackaged) return;
  let registered: boolean | undefined;
  supervisor.onSettings(({ startAtLogin }) => {
    if (startAtLogin === registered) return;
    try {
      register(startAtLogin);
      registered = startAtLogin;
    } catch (error) {
      log.warn({ err: error }, 'could not change whether Roost starts at sign-in');
    }
  });
}

/** Whether this start came from the sign-in and not from a person. */
export function wasStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

function register(startAtLogin: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: startAtLogin, args: [HIDDEN_FLAG] });
    return;
  }
  // Electron has no login items on Linux; appData is $XDG_CONFIG_HOME there.
  const path = join(app.getPath('appData'), 'autostart', 'roost.desktop');
  if (startAtLogin) {
    mkdirSync(dirname(path), { recursive: true });
    // An AppImage runs from a mount that is gone after the next start.
    const program = process.env['APPIMAGE'] ?? process.execPath;
    writeFileSync(path, autostartEntry([program, HIDDEN_FLAG]));
  } else {
    rmSync(path, { force: true });
  }
}
