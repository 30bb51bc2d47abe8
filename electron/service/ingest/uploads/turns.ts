/** A turn that is held until it is disposed. */
export interface Turn extends AsyncDisposable {
  /** Nobody has asked for a turn since this one was asked for. */
  readonly isNewest: boolean;
}

/** Lets one after the other work, in the order they ask. */
export class Turns {
  #tail: Promise<void> = Promise.resolve();
  #asked = 0;
  #held = 0;

  /** Whether nobody holds or waits for a turn. */
  get isFree(): boolean {
    return this.#held === 0;
  }

  /** Whether nobody waits behind the one who holds the turn. */
  get isLast(): boolean {
    return this.#held <= 1;
  }

  async take(): Promise<Turn> {
    this.#asked += 1;
    this.#held += 1;
    const number = this.#asked;
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#tail = promise;
    await before;
    return {
      isNewest: number === this.#asked,
      [Symbol.asyncDispose]: () => {
        this.#held -= 1;
        resolve(undefined);
        return Promise.resolve();
      },
    };
  }
}
