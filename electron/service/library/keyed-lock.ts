/** Lets one piece of work at a time through for each key; waiting work goes in order. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Keys that are held or waited for. */
  get keyCount(): number {
    return this.#tails.size;
  }

  /** Waits for the key, then holds it until the given object is disposed. */
  async acquire(key: string): Promise<Disposable> {
    const before = this.#tails.get(key);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#tails.set(key, promise);
    await before;
    return {
      [Symbol.dispose]: () => {
        if (this.#tails.get(key) === promise) this.#tails.delete(key);
        resolve(undefined);
      },
    };
  }
}
