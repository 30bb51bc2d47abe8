/** The part of Electron's `powerSaveBlocker` that is used. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
}

/**
 * Keeps the computer awake while uploads run; the screen may go dark. A phone's upload job cannot wait for a
 * computer that fell asleep in the middle of it.
 */
export class SleepGuard {
  readonly #blocker: SleepBlocker;
  #blockId: number | undefined;

  constructor(blocker: SleepBlocker) {
    this.#blocker = blocker;
  }

  follow(liveUploadCount: number): void {
    if (liveUploadCount > 0) {
      this.#blockId ??= this.#blocker.start('prevent-app-suspension');
    } else if (this.#blockId !== undefined) {
      this.#blocker.stop(this.#blockId);
      this.#blockId = undefined;
    }
  }
}
