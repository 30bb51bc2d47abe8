import type { TextSink } from './cli-context.ts';
import { shorten } from './text-format.ts';

const REDRAW_MS = 100;
const DEFAULT_WIDTH = 80;

/** One line of a terminal that is drawn again and again; nothing at all where there is no terminal. */
export class ProgressLine {
  readonly #out: TextSink;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(out: TextSink) {
    this.#out = out;
  }

  /** Draws at most ten times a second; `makeText` is called only then. */
  show(makeText: () => string): void {
    if (!this.#out.isTTY || performance.now() - this.#drawnAt < REDRAW_MS) return;
    this.redraw(makeText());
  }

  redraw(text: string): void {
    if (!this.#out.isTTY) return;
    this.#drawnAt = performance.now();
    const width = (this.#out.columns ?? DEFAULT_WIDTH) - 1;
    this.#out.write(`\r\u001b[2K${shorten(text, width)}`);
  }

  /** Takes the line away, so that other text can be printed in its place. */
  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[2K');
  }
}
