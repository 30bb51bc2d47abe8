import { dialog, ipcMain, type OpenDialogOptions, shell } from 'electron';
import type { Logger } from 'pino';

import type { MainWindow } from './main-window.ts';
import { originalCalls } from './original-calls.ts';
import { answerShellCalls } from './shell-calls.ts';
import type { WindowOrigin } from './web-rules.ts';

export interface ShellBridgeParts {
  readonly mainWindow: MainWindow;
  readonly log: Logger;
  readonly windowOrigin: () => WindowOrigin;
  /** Address that signs in to the service; absent while it is away. */
  readonly windowUrl: () => string | undefined;
}

/** The shell's end of the bridge in electron/preload. */
export function setUpShellBridge(parts: ShellBridgeParts): void {
  const { mainWindow, windowOrigin, windowUrl, log } = parts;
  answerShellCalls({
    port: ipcMain,
    windowOrigin,
    onRefused: (channel) => log.warn({ channel }, 'refused a call from a page'),
    handlers: {
      'library.choose-folder': () => chooseLibraryFolder(mainWindow),
      ...originalCalls({
        windowUrl,
        fetch,
        openPath: (path) => shell.openPath(path),
        showItemInFolder: (path) => shell.showItemInFolder(path),
        log,
      }),
    },
  });
}

async function chooseLibraryFolder(mainWindow: MainWindow): Promise<string | undefined> {
  const options: OpenDialogOptions = {
    title: 'Choose the library folder',
    buttonLabel: 'Choose',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  };
  const window = mainWindow.browserWindow;
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}
