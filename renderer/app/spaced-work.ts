/** What cannot be done yet, and is to be tried again. */
export type Work = () => 'again' | undefined;

/**
 * Does something at once, and what is asked for soon after it only when `spaceMs` have passed, then once for all. What
 * says `again` is tried again after as long.
 */
export class SpacedWork {
  readonly #spaceMs: number;
  readonly #work: Work;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  constructor(spaceMs: number, work: Work) {
    this.#spaceMs = spaceMs;
    this.#work = work;
  }

  ask(): void {
    if (this.#timer === undefined) this.#run();
    else this.#isDue = true;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }

  #run(): void {
    if (this.#work() === 'again') this.#isDue = true;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#run();
    }, this.#spaceMs);
  }
}
