import { sha256 } from '@noble/hashes/sha2.js';

/** Short enough that a page on a slow phone still answers to touches in between. */
const SLICE_BYTE_COUNT = 256 * 1024;

/**
 * SHA-256 of a picked file, read slice by slice. A page over plain HTTP has no hash functions of the browser's, whose
 * own would want the whole file in memory anyway.
 */
export class FileHash {
  readonly #file: Blob;
  readonly #hash = sha256.create();
  #byteCount = 0;
  #base64: string | undefined;

  constructor(file: Blob) {
    this.#file = file;
  }

  /**
   * In base64. Goes on where an earlier call stopped; gives `undefined` once it is not wanted any more, and when the
   * file can no longer be read.
   */
  async read(isWanted: () => boolean): Promise<string | undefined> {
    while (this.#byteCount < this.#file.size) {
      const start = this.#byteCount;
      const bytes = await bytesOf(this.#file.slice(start, start + SLICE_BYTE_COUNT));
      if (bytes === undefined || !isWanted()) return undefined;
      // An earlier call may have been at this very slice.
      if (this.#byteCount !== start) continue;
      this.#hash.update(bytes);
      this.#byteCount += bytes.byteLength;
    }
    this.#base64 ??= btoa(String.fromCharCode(...this.#hash.digest()));
    return this.#base64;
  }
}

async function bytesOf(slice: Blob): Promise<Uint8Array | undefined> {
  try {
    const bytes = new Uint8Array(await slice.arrayBuffer());
    return bytes.byteLength === slice.size ? bytes : undefined;
  } catch {
    return undefined;
  }
}
