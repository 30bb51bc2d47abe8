import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority, tmpdir } from 'node:os';

import type { Program } from './find-exiftool.ts';

/** What came of a request: all that was printed, or how the process ended. */
export type ExiftoolOutcome =
  | { readonly kind: 'answer'; readonly text: string; readonly errors: string }
  | { readonly kind: 'ended'; readonly why: EndReason; readonly detail: string };

export type EndReason = 'took-too-long' | 'too-much' | 'reader-ended';

const STDERR_LENGTH = 2000;

/** What the program needs to run; nothing else of ours is its business. */
const PASSED_ENVIRONMENT = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir'];

/**
 * One run of exiftool that takes request after request over its standard input. It ends by itself when that input
 * closes, and so with the service, however that ends.
 */
export class ExiftoolChild {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #maxOutputByteCount: number;
  #hasEnded = false;
  #why: EndReason | undefined;
  #chunks: Buffer[] = [];
  #byteCount = 0;
  #stderr = '';
  #lastId = 0;
  #onOutput: (() => void) | undefined;

  constructor({ command, args }: Program, maxOutputByteCount: number) {
    this.#maxOutputByteCount = maxOutputByteCount;
    // An empty `-config` keeps a person's own exiftool settings, which are Perl code, out of it.
    const own = ['-config', '', '-stay_open', 'True', '-@', '-'];
    this.#process = spawn(command, [...args, ...own], {
      cwd: tmpdir(),
      env: childEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#hasEnded = true;
        resolve();
      };
      this.#process.once('exit', end);
      this.#process.once('error', (error) => {
        this.#stderr += error.message;
        if (this.#process.pid === undefined) end();
      });
    });
    // Writing to a process that has just ended is no error of its own.
    this.#process.stdin?.on('error', () => undefined);
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_LENGTH);
    });
    this.#lowerPriority();
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Has some arguments carried out, one a line, within a time; else the process is killed. */
  async run(args: readonly string[], timeoutMs: number): Promise<ExiftoolOutcome> {
    this.#lastId += 1;
    const mark = `{ready${this.#lastId}}`;
    this.#chunks = [];
    this.#byteCount = 0;
    this.#stderr = '';
    const printed = new Promise<ExiftoolOutcome>((resolve) => {
      this.#onOutput = () => {
        const text = this.#textBefore(mark);
        if (text !== undefined) resolve({ kind: 'answer', text, errors: this.#stderr });
      };
    });
    const timer = setTimeout(() => void this.kill('took-too-long'), timeoutMs);
    this.#process.stdin?.write([...args, `-execute${this.#lastId}`, ''].join('\n'));
    try {
      return await Promise.race([printed, this.#ended.then(() => this.#howItEnded())]);
    } finally {
      clearTimeout(timer);
      this.#onOutput = undefined;
    }
  }

  /** Ends the process at once and waits until it is gone. */
  async kill(why: EndReason = 'reader-ended'): Promise<void> {
    this.#why ??= why;
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  #take(chunk: Buffer): void {
    this.#byteCount += chunk.byteLength;
    if (this.#byteCount > this.#maxOutputByteCount) {
      void this.kill('too-much');
      return;
    }
    this.#chunks.push(chunk);
    this.#onOutput?.();
  }

  /** The mark ends the output and stands on a line of its own, which no value does: JSON has no line breaks in texts. */
  #textBefore(mark: string): string | undefined {
    if (!this.#chunks.at(-1)?.includes('}')) return undefined;
    const text = Buffer.concat(this.#chunks).toString('utf8');
    const trimmed = text.trimEnd();
    if (!trimmed.endsWith(mark)) return undefined;
    const before = trimmed.slice(0, -mark.length);
    return before === '' || before.endsWith('\n') ? before : undefined;
  }

  #howItEnded(): ExiftoolOutcome {
    const { exitCode, signalCode } = this.#process;
    const detail = `exit code ${exitCode ?? '-'}, signal ${signalCode ?? '-'} ${this.#stderr}`;
    return { kind: 'ended', why: this.#why ?? 'reader-ended', detail: detail.trim() };
  }

  #lowerPriority(): void {
    if (this.#process.pid === undefined) return;
    try {
      setPriority(this.#process.pid, constants.priority.PRIORITY_LOW);
    } catch {
      // It ended already, or the system does not let us: it reads all the same.
    }
  }
}

function childEnvironment(): NodeJS.ProcessEnv {
  const passed = PASSED_ENVIRONMENT.map((name) => [name, process.env[name]] as const);
  // Numbers and dates are printed alike everywhere.
  return { ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)), LC_ALL: 'C' };
}
