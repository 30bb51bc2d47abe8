/**
 * The desktop program: opens the window, sits in the tray, and keeps the backup service running in a process of
 * its own. Each concern has its file; this one only puts them together.
 */
import { app } from 'electron';

import { systemClock } from '../../shared/clock.ts';
import { setUpAppPaths, type AppPaths } from './app-paths.ts';
import { outliveUncaughtErrors, showFatalError } from './fatal-error.ts';
import { setUpLoginItem, wasStartedAtLogin } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { setUpMenu } from './menu.ts';
import { setUpPower } from './power.ts';
import { setUpQuit } from './quit.ts';
import { spawnServiceProcess } from './service-process.ts';
import { ServiceSupervisor } from './service-supervisor.ts';
import { parseShellArguments, type ShellArguments } from './shell-arguments.ts';
import { setUpShellBridge } from './shell-bridge.ts';
import { createShellLog } from './shell-log.ts';
import { ShellMemory } from './shell-memory.ts';
import { isOnlyInstance, openWindowOnSecondStart } from './single-instance.ts';
import { systemTimers } from '../service/timers.ts';
import { showTrayHintOnce } from './tray-hint.ts';
import { setUpTray } from './tray.ts';
import { guardWebContents } from './web-contents-guards.ts';
import { originOf } from './web-rules.ts';
import { windowContentOf } from './window-content.ts';
import { createWindowSession } from './window-session.ts';

function startShell(paths: AppPaths, shellArguments: ShellArguments): void {
  const log = createShellLog(paths.dataFolder);
  outliveUncaughtErrors(log);
  const memory = new ShellMemory(paths.dataFolder);
  const version = app.getVersion();

  const supervisor = new ServiceSupervisor({
    clock: systemClock,
    timers: systemTimers,
    log,
    spawn: (events) => spawnServiceProcess(paths.serviceEntry, log, events),
    start: {
      type: 'start',
      config: {
        dataFolder: paths.dataFolder,
        decoderEntry: paths.decoderEntry,
        rendererFolder: paths.rendererFolder,
        version,
        picturesFolder: app.getPath('pictures'),
        overrides: shellArguments.overrides,
      },
    },
  });
  // First of all, so that nothing about windows can keep photos from coming in.
  supervisor.start();
  const windowOrigin = () => supervisor.windowUrl && originOf(supervisor.windowUrl);

  guardWebContents(windowOrigin, log);
  const quitting = setUpQuit(supervisor);
  const mainWindow = new MainWindow({
    session: createWindowSession(windowOrigin),
    timers: systemTimers,
    preloadScript: paths.preloadScript,
    icon: paths.appIcon,
    memory,
    version,
    log,
    onClosed: () => {
      if (!quitting.isQuitting) showTrayHintOnce(memory, paths.appIcon);
    },
  });
  const openWindow = () => mainWindow.open();

  openWindowOnSecondStart(openWindow);
  setUpMenu({ supervisor, openWindow, legalNotices: paths.legalNotices });
  setUpTray({ icon: paths.trayIcon, supervisor, openWindow, quit: () => app.quit() });
  setUpLoginItem(supervisor, log);
  setUpPower(supervisor);
  setUpShellBridge({ mainWindow, windowOrigin, windowUrl: () => supervisor.windowUrl, log });

  supervisor.onState((state) => mainWindow.show(windowContentOf(state)));
  if (!shellArguments.hidden && !wasStartedAtLogin()) openWindow();
}

try {
  const ownArguments = process.argv.slice(process.defaultApp ? 2 : 1);
  const shellArguments = parseShellArguments(ownArguments, process.cwd());
  const paths = setUpAppPaths(import.meta.dirname, shellArguments.dataFolder);
  app.enableSandbox();
  if (isOnlyInstance()) {
    app
      .whenReady()
      .then(() => startShell(paths, shellArguments))
      .catch(showFatalError);
  } else {
    app.quit();
  }
} catch (error) {
  showFatalError(error);
}
