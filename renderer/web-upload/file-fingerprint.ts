const PIECE_COUNT = 16;
const PIECE_BYTE_COUNT = 64 * 1024;

/**
 * What a file looks like inside: 16 hex digits of 64 KiB at each of sixteen places, its beginning and end among
 * them (of a short file: of all of it).
 *
 * A browser tells only name, length and time of a picked file, which other files may share and which iOS makes anew
 * at each pick; and the whole of a long film cannot be read before it is sent. This finds the upload that a file
 * probably belongs to. It proves nothing, since films may be alike in all these places: the `FileHash` does.
 * @throws DOMException when the file can no longer be read
 */
export async function fileFingerprint(file: Blob): Promise<string> {
  const state = new Mix();
  for (const { start, end } of placesIn(file.size)) {
    state.take(new Uint8Array(await file.slice(start, end).arrayBuffer()));
  }
  return state.hex();
}

/** Where a file of this length is looked at: in order, without overlap. */
export function placesIn(byteCount: number): { readonly start: number; readonly end: number }[] {
  if (byteCount <= PIECE_COUNT * PIECE_BYTE_COUNT) return [{ start: 0, end: byteCount }];
  const last = byteCount - PIECE_BYTE_COUNT;
  return Array.from({ length: PIECE_COUNT }, (_, at) => {
    const start = Math.floor((last * at) / (PIECE_COUNT - 1));
    return { start, end: start + PIECE_BYTE_COUNT };
  });
}

/** A mixing function of 64 bits in two halves: a page over plain HTTP has no hash functions of the browser's. */
class Mix {
  #one = 0xdeadbeef;
  #two = 0x41c6ce57;

  take(bytes: Uint8Array): void {
    let one = this.#one;
    let two = this.#two;
    for (const byte of bytes) {
      one = Math.imul(one ^ byte, 2654435761);
      one ^= one >>> 15;
      two = Math.imul(two ^ byte, 1597334677);
      two ^= two >>> 13;
    }
    this.#one = one;
    this.#two = two;
  }

  hex(): string {
    return [this.#one, this.#two]
      .map((half) => (half >>> 0).toString(16).padStart(8, '0'))
      .join('');
  }
}
