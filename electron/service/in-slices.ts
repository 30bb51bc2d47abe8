import { setImmediate } from 'node:timers/promises';

/** Parts of a list, in order; between two of them others have their turn. */
export async function* inSlices<Element>(
  all: readonly Element[],
  size: number,
): AsyncGenerator<readonly Element[], void, undefined> {
  for (let at = 0; at < all.length; at += size) {
    if (at > 0) await setImmediate();
    yield all.slice(at, at + size);
  }
}
