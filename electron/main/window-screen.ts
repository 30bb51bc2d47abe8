import { shellPageUrl } from './shell-page.ts';
import type { CancelTimer, Timers } from '../service/timers.ts';
import type { WindowContent } from './window-content.ts';

/** Before an address that could not be loaded, or whose page died, is loaded again. */
const RELOAD_AFTER_MS = 1000;

interface WantedPage {
  readonly kind: WindowContent['kind'];
  readonly url: string;
  readonly settleMs: number;
}

/**
 * Decides when an open window loads what: each content once, and the shell's own words over the service's pages
 * only after the state has lasted. From one of the shell's pages to the next nothing is waited for.
 */
export class WindowScreen {
  readonly #timers: Timers;
  readonly #load: (url: string) => void;
  #wanted: WantedPage | undefined;
  #loadedKind: WindowContent['kind'] | undefined;
  #cancelTimer: CancelTimer | undefined;

  constructor(timers: Timers, load: (url: string) => void) {
    this.#timers = timers;
    this.#load = load;
  }

  /** The address that is, or is about to be, in the window. */
  get url(): string | undefined {
    return this.#wanted?.url;
  }

  show(content: WindowContent): void {
    const wanted = pageOf(content);
    if (wanted.url === this.#wanted?.url) return;
    this.#wanted = wanted;
    if (wanted.settleMs === 0 || this.#loadedKind === 'shell-page') this.#loadNow();
    // A state that follows another brief one does not begin the wait anew.
    else if (!this.#cancelTimer) this.#loadAfter(wanted.settleMs);
  }

  /** What is in the window broke, or never came. */
  loadAgain(): void {
    this.#cancel();
    this.#loadAfter(RELOAD_AFTER_MS);
  }

  /** No longer needed: its window is gone. */
  close(): void {
    this.#cancel();
  }

  #loadAfter(delayMs: number): void {
    this.#cancelTimer = this.#timers.after(delayMs, () => this.#loadNow());
  }

  #loadNow(): void {
    this.#cancel();
    if (!this.#wanted) return;
    this.#loadedKind = this.#wanted.kind;
    this.#load(this.#wanted.url);
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

function pageOf(content: WindowContent): WantedPage {
  return content.kind === 'service-pages'
    ? { kind: content.kind, url: content.url, settleMs: 0 }
    : { kind: content.kind, url: shellPageUrl(content.page), settleMs: content.settleMs };
}
