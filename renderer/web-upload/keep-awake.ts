/**
 * Keeps the screen on while photos are sent. Browsers offer this on HTTPS and on the computer itself only;
 * `isHeld` tells whether it worked, so that the page can ask the person otherwise.
 */
export class KeepAwake {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;
  readonly #onChange: (isHeld: boolean) => void;

  constructor(onChange: (isHeld: boolean) => void) {
    this.#onChange = onChange;
    // The browser takes the lock away whenever the page is hidden.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#acquire();
    });
  }

  start(): void {
    this.#wanted = true;
    this.#onChange(false);
    void this.#acquire();
  }

  stop(): void {
    this.#wanted = false;
    void this.#lock?.release();
    this.#lock = undefined;
  }

  async #acquire(): Promise<void> {
    // Typed as always there, which it is on HTTPS only.
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    if (!this.#wanted || wakeLock === undefined) return;
    try {
      const lock = await wakeLock.request('screen');
      if (this.#mustRelease()) {
        await lock.release();
        return;
      }
      this.#lock = lock;
      this.#onChange(true);
      lock.addEventListener('release', () => {
        if (this.#wanted) this.#onChange(false);
      });
    } catch {
      this.#onChange(false);
    }
  }

  #mustRelease(): boolean {
    return !this.#wanted;
  }
}
