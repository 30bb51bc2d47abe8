import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../../electron/cli/cli-entry.ts', import.meta.url));

/** The real program in a process of its own, run from its source. */
export class CliProcess implements AsyncDisposable {
  readonly lines: string[] = [];
  errorText = '';
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Set<() => void>();

  constructor(...args: string[]) {
    this.#child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr } = this.#child;
    if (stdout === null || stderr === null) throw new Error('The pipes are missing.');
    createInterface({ input: stdout }).on('line', (line) => {
      this.lines.push(line);
      for (const wake of this.#waiting) wake();
    });
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errorText += text;
    });
    this.#exited = once(this.#child, 'close').then(() => {
      for (const wake of this.#waiting) wake();
    });
  }

  get json(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Waits until a line is printed in which the text stands. Throws when the program ends without. */
  async line(text: string): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => line.includes(text));
      if (found !== undefined) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`It ended without "${text}": ${this.errorText}`);
      }
      const news = Promise.withResolvers<undefined>();
      const wake = (): void => news.resolve(undefined);
      this.#waiting.add(wake);
      await news.promise;
      this.#waiting.delete(wake);
    }
  }

  /** Its exit code, or `null` when a signal ended it. */
  async exit(): Promise<number | null> {
    await this.#exited;
    return this.#child.exitCode;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
