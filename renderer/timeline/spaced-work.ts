/** Does something at once, and what is asked for soon after it only when `spaceMs` have passed, then once for all. */
export class SpacedWork {
  readonly #spaceMs: number;
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  constructor(spaceMs: number, work: () => void) {
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
    this.#work();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#run();
    }, this.#spaceMs);
  }
}
