import { RoostError } from '../../../shared/error-catalogue.ts';

/**
 * Each upload holds up to two megabytes on their way to the disk. A phone sends about six at a time; this many
 * are a house full of phones, and still bounded memory.
 */
export const MAX_UPLOADS_AT_ONCE = 64;

/** However many a device begins and lets hang, others find room. */
export const MAX_UPLOADS_OF_DEVICE = 32;

/** How many uploads, of all protocols together, are received at once. */
export class UploadSlots {
  #takenCount = 0;
  readonly #takenBy = new Map<string, number>();

  /** @throws RoostError `service/overloaded`. */
  take(deviceId: string): Disposable {
    const ofDevice = this.#takenBy.get(deviceId) ?? 0;
    if (this.#takenCount >= MAX_UPLOADS_AT_ONCE || ofDevice >= MAX_UPLOADS_OF_DEVICE) {
      throw new RoostError('service/overloaded');
    }
    this.#count(deviceId, 1);
    return { [Symbol.dispose]: () => this.#count(deviceId, -1) };
  }

  #count(deviceId: string, by: number): void {
    this.#takenCount += by;
    const ofDevice = (this.#takenBy.get(deviceId) ?? 0) + by;
    if (ofDevice === 0) this.#takenBy.delete(deviceId);
    else this.#takenBy.set(deviceId, ofDevice);
  }
}
