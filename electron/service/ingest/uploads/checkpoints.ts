import { storageError } from '../../library/storage-error.ts';

/** After so many bytes more a running request makes what came durable, and may tell the device. */
const CHECKPOINT_EVERY_BYTES = 32 * 1024 * 1024;

/** Makes durable what has come, beside receiving more of it, one time after the other. */
export class Checkpoints {
  readonly #make: () => Promise<void>;
  #lastByteCount: number;
  #running: Promise<void> | undefined;
  #failure: unknown;

  constructor(byteCount: number, make: () => Promise<void>) {
    this.#lastByteCount = byteCount;
    this.#make = make;
  }

  /** @throws what an earlier one failed with. */
  consider(byteCount: number): void {
    if (this.#failure !== undefined) throw storageError(this.#failure);
    if (this.#running || byteCount - this.#lastByteCount < CHECKPOINT_EVERY_BYTES) return;
    this.#lastByteCount = byteCount;
    this.#running = this.#make()
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => (this.#running = undefined));
  }

  async ended(): Promise<void> {
    await this.#running;
  }
}
