/** Time for uploads in flight after the person quit. */
export const QUIT_GRACE_MS = 30_000;
/** The system shuts down and will not wait long itself. */
export const SHUTDOWN_GRACE_MS = 3000;

export interface QuitParts {
  /** Resolves when the service's process has ended. */
  stopService(graceMs: number): Promise<void>;
  killService(): void;
  /** Asks the application to quit, which leads back to `mayQuit`. */
  quit(): void;
}

/**
 * Quitting in two steps: the first request stops the service gently and holds the application open for it, the
 * second one, while that goes on, stops it at once. Nothing is lost either way: an upload that was not answered
 * is sent again by its device.
 */
export class QuitSequence {
  readonly #parts: QuitParts;
  #step: 'running' | 'finishing' | 'done' = 'running';

  constructor(parts: QuitParts) {
    this.#parts = parts;
  }

  get isQuitting(): boolean {
    return this.#step !== 'running';
  }

  /** Called for every request to quit; `false` holds the application open for now. */
  mayQuit(graceMs: number = QUIT_GRACE_MS): boolean {
    switch (this.#step) {
      case 'done':
        return true;
      case 'finishing':
        this.#parts.killService();
        return false;
      case 'running':
        this.#step = 'finishing';
        void this.#parts.stopService(graceMs).then(() => {
          this.#step = 'done';
          this.#parts.quit();
        });
        return false;
    }
  }
}
