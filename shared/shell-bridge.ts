/**
 * The narrow bridge between the window and the shell: what only a desktop program can do for a page.
 *
 * Everything else the window needs comes from the service (shared/window-api.ts), so the same pages work in a
 * browser, where there is no bridge at all.
 */
export interface ShellBridge {
  /** `process.platform` of the computer: `darwin`, `win32`, `linux`, ... */
  readonly platform: string;
  /** Version of Roost, e.g. `0.1.0`; empty when the shell did not tell it. */
  readonly version: string;
  /**
   * Asks the person for a folder in the system's own dialog under a title of the page; `undefined` when they chose
   * none.
   */
  chooseFolder(title: string): Promise<string | undefined>;
  /** Opens an original in the system's own program for it. */
  openOriginal(receiptId: string): Promise<OriginalOutcome>;
  /** Shows an original in its folder, in the system's file manager. */
  showOriginalInFolder(receiptId: string): Promise<OriginalOutcome>;
}

/**
 * What came of it: `refused` is for what is no picture or movie by name and content and might be a program, `missing`
 * for a file that cannot be reached, `failed` where the system had no program for it.
 */
export type OriginalOutcome = 'done' | 'refused' | 'missing' | 'failed';

/** Name under which the preload script puts the bridge on the page's `window`. */
export const SHELL_BRIDGE_NAME = 'roostShell';

/** What crosses from the preload script to the shell: channel name to the signature of its handler. */
export interface ShellCalls {
  'folder.choose'(title: string): Promise<string | undefined>;
  /** Takes the id of a receipt, never a path: where the file lies the shell asks the service. */
  'original.open'(receiptId: string): Promise<OriginalOutcome>;
  'original.show-in-folder'(receiptId: string): Promise<OriginalOutcome>;
}

export type ShellCall = keyof ShellCalls;

/** How the shell tells the preload script its version: a command line flag of the page's process. */
export const VERSION_FLAG = '--roost-version=';
