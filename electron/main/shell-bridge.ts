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
      'folder.choose': (told) => chooseFolder(mainWindow, told),
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

const MAX_TITLE_LENGTH = 200;

/** In the page's language, which may be another one than the system's; the button is the system's own. */
async function chooseFolder(mainWindow: MainWindow, told: unknown): Promise<string | undefined> {
  const options: OpenDialogOptions = {
    title: typeof told === 'string' ? told.slice(0, MAX_TITLE_LENGTH) : '',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  };
  const window = mainWindow.browserWindow;
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}
