/** A chunk below this is copied: kept as it came, one byte holds on to the whole buffer it was read into. */
const SMALL_BYTES = 32 * 1024;

/** Small chunks are copied into blocks of this size. */
const BLOCK_BYTES = 64 * 1024;

/**
 * Chunks that wait to be written with one call. It holds few parts however finely a device cuts its body, so
 * that its memory follows its bytes.
 */
export class WriteBatch {
  #parts: Uint8Array[] = [];
  #byteCount = 0;
  #block = new Uint8Array(0);
  /** Where in the block the part begins that still grows, and where it ends. */
  #from = 0;
  #to = 0;

  get byteCount(): number {
    return this.#byteCount;
  }

  /** A chunk may be kept as it is: its bytes must not change any more. */
  add(chunk: Uint8Array): void {
    this.#byteCount += chunk.byteLength;
    if (chunk.byteLength >= SMALL_BYTES) {
      this.#endPart();
      this.#parts.push(chunk);
      return;
    }
    if (this.#to + chunk.byteLength > this.#block.byteLength) {
      this.#endPart();
      this.#block = new Uint8Array(BLOCK_BYTES);
      this.#from = 0;
      this.#to = 0;
    }
    this.#block.set(chunk, this.#to);
    this.#to += chunk.byteLength;
  }

  /** Hands over everything in its order, and is empty then. */
  take(): Uint8Array[] {
    this.#endPart();
    const parts = this.#parts;
    this.#parts = [];
    this.#byteCount = 0;
    return parts;
  }

  #endPart(): void {
    if (this.#to > this.#from) this.#parts.push(this.#block.subarray(this.#from, this.#to));
    this.#from = this.#to;
  }
}
