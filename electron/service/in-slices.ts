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

/**
 * Does work that comes in steps of some milliseconds; others have their turn between two of them.
 * @throws what the work throws, and the reason of `signal` once nobody wants it any more.
 */
export async function inTurns<Result>(
  work: Generator<unknown, Result, undefined>,
  signal?: AbortSignal,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** Does such work in one go. */
export function atOnce<Result>(work: Generator<unknown, Result, undefined>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A step is to take about so long. */
const STEP_MS = 12;

/**
 * Asks about all of the numbers from 0 to `last` in ranges, `from` included and `to` not, which get longer and shorter
 * with how long the answers take.
 */
export function* inRanges<Row>(
  last: number,
  firstLength: number,
  ask: (from: number, to: number) => Row[],
): Generator<Row[], void, undefined> {
  for (let from = 0, length = firstLength; from <= last;) {
    const startedAt = performance.now();
    const rows = ask(from, from + length);
    const pace = STEP_MS / Math.max(performance.now() - startedAt, 0.1);
    from += length;
    length = Math.max(1, Math.floor(length * Math.min(pace, 2)));
    yield rows;
  }
}
