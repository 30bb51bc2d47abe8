import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import type { Logger } from 'pino';

import { VERSION_FLAG } from '../../shared/shell-bridge.ts';
import type { ShellMemory } from './shell-memory.ts';
import { shellPageUrl } from './shell-page.ts';
import type { CancelTimer, Timers } from './timers.ts';
import type { WindowContent } from './window-content.ts';
import { placeWindow, SMALLEST_WINDOW } from './window-placement.ts';

/** Colours of the pages' ground, shown until they have painted: no white flash in the dark. */
const BACKGROUND = { light: '#faf9f7', dark: '#131312' } as const;
/** Before a page whose process died is loaded again. */
const RELOAD_AFTER_MS = 1000;

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
  #window: BrowserWindow | undefined;
  #wanted: { readonly url: string; readonly settleMs: number } | undefined;
  #cancelTimer: CancelTimer = () => undefined;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(backgroundColor()));
  }

  /** The window Electron's dialogs belong to, while it is open. */
  get browserWindow(): BrowserWindow | undefined {
    return this.#window;
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    if (!this.#window) {
      this.#window = this.#create();
      this.#loadWanted();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** What to show from now on, also when the window is opened later. */
  show(content: WindowContent): void {
    const url = content.kind === 'service-pages' ? content.url : shellPageUrl(content.page);
    if (url === this.#wanted?.url) return;
    this.#wanted = { url, settleMs: content.kind === 'service-pages' ? 0 : content.settleMs };
    this.#loadWanted();
  }

  #loadWanted(): void {
    this.#cancelTimer();
    if (!this.#window || !this.#wanted) return;
    const { url, settleMs } = this.#wanted;
    if (settleMs === 0) this.#load(this.#window, url);
    else this.#loadAfter(settleMs);
  }

  #loadAfter(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.timers.after(delayMs, () => {
      if (this.#window && this.#wanted) this.#load(this.#window, this.#wanted.url);
    });
  }

  #load(window: BrowserWindow, url: string): void {
    window.loadURL(url).catch((error: unknown) => {
      // A load that was overtaken by the next one ends as an error, too.
      if (window.isDestroyed() || url !== this.#wanted?.url) return;
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      this.#parts.log.warn({ code }, 'the window could not load its page');
      this.#loadAfter(RELOAD_AFTER_MS);
    });
  }

  #create(): BrowserWindow {
    const { memory, session, preloadScript, icon, version, log } = this.#parts;
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
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
    window.once('ready-to-show', () => window.show());
    window.on('close', () => {
      memory.remember({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
    });
    window.on('closed', () => {
      this.#window = undefined;
      this.#cancelTimer();
      this.#parts.onClosed();
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.warn({ reason, exitCode }, "the window's page broke down");
      this.#loadAfter(RELOAD_AFTER_MS);
    });
    return window;
  }
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
