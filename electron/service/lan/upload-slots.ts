import { RoostError } from '../../../shared/error-catalogue.ts';

/**
 * Each upload holds up to two megabytes on their way to the disk. A phone sends about six at a time; this many
 * are a house full of phones, and still bounded memory.
 */
export const MAX_UPLOADS_AT_ONCE = 64;

/** How many uploads, of all protocols together, are received at once. */
export class UploadSlots {
  #takenCount = 0;

  /** @throws RoostError `service/overloaded`. */
  take(): Disposable {
    if (this.#takenCount >= MAX_UPLOADS_AT_ONCE) throw new RoostError('service/overloaded');
    this.#takenCount += 1;
    return {
      [Symbol.dispose]: () => {
        this.#takenCount -= 1;
      },
    };
  }
}
