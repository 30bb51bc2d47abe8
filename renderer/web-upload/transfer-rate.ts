/** How far back counts: long enough to be steady, short enough to follow somebody walking through a house. */
const WINDOW_MS = 10_000;
/** Before this much time nothing can be said. */
const FIRST_AFTER_MS = 2_000;
/** Notes closer together than this are one. */
const STEP_MS = 250;

interface Note {
  readonly at: number;
  readonly byteCount: number;
}

/** How fast bytes leave, over the last ten seconds. */
export class TransferRate {
  #notes: Note[] = [];

  /** @param byteCount all that left so far; it never gets smaller. `at` in milliseconds. */
  note(at: number, byteCount: number): void {
    const last = this.#notes.at(-1);
    if (last && at - last.at < STEP_MS) return;
    this.#notes.push({ at, byteCount });
    while (this.#notes.length > 2 && at - (this.#notes[1]?.at ?? at) >= WINDOW_MS) {
      this.#notes.shift();
    }
  }

  /** Begins anew, after a time in which nothing could leave. */
  restart(): void {
    this.#notes = [];
  }

  /** Bytes a second; `undefined` as long as that cannot be said. */
  get bytesPerSecond(): number | undefined {
    const first = this.#notes[0];
    const last = this.#notes.at(-1);
    if (!first || !last || last.at - first.at < FIRST_AFTER_MS) return undefined;
    const rate = ((last.byteCount - first.byteCount) * 1000) / (last.at - first.at);
    return rate > 0 ? rate : undefined;
  }
}
