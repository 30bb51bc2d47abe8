import type { PreviewQueue } from './preview-queue.ts';

/**
 * Uploads come in runs: a pause as short as this is not the end. One that stands still for longer, as on weak
 * Wi-Fi, needs nothing of this computer.
 */
export const QUIET_MS = 300;

/** While uploads run on and on, previews still get a turn this often, and for this long. */
export const TURN_EVERY_MS = 5_000;
export const TURN_MS = 500;

/** Calls an action once after a while; the answer takes that back. */
type After = (delayMs: number, action: () => void) => () => void;

const afterBySystem: After = (delayMs, action) => {
  const timer = setTimeout(action, delayMs).unref();
  return () => clearTimeout(timer);
};

/**
 * Lets previews wait while uploads are received: they are the least urgent work there is, and decoding keeps a
 * small computer busier than receiving. What a person waits for is made all the same.
 */
export class UploadsFirst implements Disposable {
  readonly #previews: Pick<PreviewQueue, 'pause' | 'resume'>;
  readonly #after: After;
  /** Ends the wait for the end of a run of uploads. */
  #cancelQuiet: (() => void) | undefined;
  /** Ends the wait for the next beginning or end of a turn; there is one as long as uploads go first. */
  #cancelTurn: (() => void) | undefined;

  constructor(previews: Pick<PreviewQueue, 'pause' | 'resume'>, after: After = afterBySystem) {
    this.#previews = previews;
    this.#after = after;
  }

  /** Hears of everything that happens to an upload: its beginning, each megabyte, its end. */
  noteActivity(): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#after(QUIET_MS, () => this.#end());
    if (!this.#cancelTurn) this.#pause();
  }

  [Symbol.dispose](): void {
    this.#cancelQuiet?.();
    this.#cancelTurn?.();
  }

  #pause(): void {
    this.#previews.pause();
    this.#cancelTurn = this.#after(TURN_EVERY_MS, () => this.#giveTurn());
  }

  #giveTurn(): void {
    this.#previews.resume();
    this.#cancelTurn = this.#after(TURN_MS, () => this.#pause());
  }

  #end(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = undefined;
    this.#previews.resume();
  }
}
