import { BrowserWindow, nativeTheme, screen as desktop, type Session } from 'electron';
import type { Logger } from 'pino';

import { VERSION_FLAG } from '../../shared/shell-bridge.ts';
import type { ShellMemory } from './shell-memory.ts';
import type { Timers } from '../service/timers.ts';
import type { WindowContent } from './window-content.ts';
import { placeWindow, SMALLEST_WINDOW } from './window-placement.ts';
import { WindowScreen } from './window-screen.ts';

/** Colours of the pages' ground, shown until they have painted: no white flash in the dark. */
const BACKGROUND = { light: '#faf9f7', dark: '#131312' } as const;

export interface MainWindowParts {
  readonly session: Session;
  readonly memory: ShellMemory;
  readonly timers: Timers;
  readonly log: Logger;
  readonly preloadScript: string;
  readonly icon: string;
  readonly version: string;
  /** The window was closed and Roost goes on without it. */
  readonly onClosed: () => void;
}

/** Roost's one window: made when it is opened, gone when it is closed, always showing the latest content. */
export class MainWindow {
  readonly #parts: MainWindowParts;
  #content: WindowContent | undefined;
  #open: { readonly window: BrowserWindow; readonly screen: WindowScreen } | undefined;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    nativeTheme.on('updated', () => this.browserWindow?.setBackgroundColor(backgroundColor()));
  }

  /** The window Electron's dialogs belong to, while it is open. */
  get browserWindow(): BrowserWindow | undefined {
    return this.#open?.window;
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    const window = this.browserWindow;
    if (!window) {
      this.#openNew();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** What to show from now on, also when the window is opened later. */
  show(content: WindowContent): void {
    this.#content = content;
    this.#open?.screen.show(content);
  }

  #openNew(): void {
    const { memory, timers, log, onClosed } = this.#parts;
    const window = this.#create();
    const screen = new WindowScreen(timers, (url) => {
      window.loadURL(url).catch((error: unknown) => {
        // A load that was overtaken by the next one ends as an error, too.
        if (window.isDestroyed() || url !== screen.url) return;
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        log.warn({ code }, 'the window could not load its page');
        screen.loadAgain();
      });
    });
    this.#open = { window, screen };
    window.once('ready-to-show', () => window.show());
    window.on('close', () => {
      memory.remember({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
    });
    window.on('closed', () => {
      this.#open = undefined;
      screen.close();
      onClosed();
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.warn({ reason, exitCode }, "the window's page broke down");
      screen.loadAgain();
    });
    if (this.#content) screen.show(this.#content);
  }

  #create(): BrowserWindow {
    const { memory, session, preloadScript, icon, version } = this.#parts;
    const displays = [desktop.getPrimaryDisplay(), ...desktop.getAllDisplays()];
    const { maximized, ...bounds } = placeWindow(
      memory.facts.window,
      displays.map((display) => display.workArea),
    );
    const window = new BrowserWindow({
      ...bounds,
      minWidth: SMALLEST_WINDOW.width,
      minHeight: SMALLEST_WINDOW.height,
      show: false,
      title: 'Roost',
      icon,
      backgroundColor: backgroundColor(),
      autoHideMenuBar: true,
      webPreferences: {
        session,
        preload: preloadScript,
        additionalArguments: [`${VERSION_FLAG}${version}`],
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    if (maximized) window.maximize();
    return window;
  }
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
