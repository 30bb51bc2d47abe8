import { MediaError } from '../media-error.ts';

/** Reads big-endian numbers one after another and never beyond the end. */
export class ByteCursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remainingByteCount(): number {
    return this.#bytes.byteLength - this.#at;
  }

  /** An unsigned number of 0 to 8 bytes. @throws MediaError `damaged` at the end, or above 2^53. */
  unsigned(byteCount: number): number {
    const bytes = this.bytes(byteCount);
    let value = 0;
    for (const byte of bytes) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new MediaError('damaged', 'a number is too large');
    return value;
  }

  /** The next bytes, not copied. */
  bytes(byteCount: number): Buffer {
    if (byteCount > this.remainingByteCount)
      throw new MediaError('damaged', 'a box ends too early');
    const found = this.#bytes.subarray(this.#at, this.#at + byteCount);
    this.#at += byteCount;
    return found;
  }

  skip(byteCount: number): void {
    this.bytes(byteCount);
  }

  /** Four characters, one per byte. */
  code(): string {
    return this.bytes(4).toString('latin1');
  }
}
