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

  /** A chunk may be kept as it is: its bytes must not change any more, and are gone after `releaseBytes`. */
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

/**
 * Gives the memory of written parts back at once. Left to the garbage collector, buffers from the network make it
 * look through the whole heap every 64 MB, which costs more time than hashing them.
 */
export function releaseBytes(parts: readonly Uint8Array[]): void {
  for (const { buffer, byteOffset, byteLength } of parts) {
    // A part that shares its buffer may share it with what is still needed.
    const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
    if (isWhole && byteLength >= SMALL_BYTES && buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
}

/** What of some parts is still to be written after a write that took fewer bytes. */
export function partsAfter(parts: readonly Uint8Array[], byteCount: number): Uint8Array[] {
  let skip = byteCount;
  const rest: Uint8Array[] = [];
  for (const part of parts) {
    if (skip >= part.byteLength) skip -= part.byteLength;
    else {
      rest.push(part.subarray(skip));
      skip = 0;
    }
  }
  return rest;
}
