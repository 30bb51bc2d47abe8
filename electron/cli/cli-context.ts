/** Where text goes: standard output and error, or a list in a test. */
export interface TextSink {
  readonly isTTY: boolean;
  /** Width of the terminal in characters; absent where there is none. */
  readonly columns?: number | undefined;
  write(text: string): void;
}

/** Everything a command needs of the world around it. Nothing else in the CLI reads the environment. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly hostName: string;
  readonly workingFolder: string;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Aborted at the first Ctrl-C (SIGINT), SIGTERM or closed terminal. */
  readonly interrupted: AbortSignal;
  /** Asks the person at the terminal for a line; absent where nobody can answer. */
  readonly askLine?: (question: string) => Promise<string | undefined>;
  /** Waits, or returns early when the signal is aborted. */
  readonly pause: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly program: ProgramFacts;
}

/** Where the parts of Roost lie; differs between the built program and its sources. */
export interface ProgramFacts {
  readonly version: string;
  /** Absolute path of the decoder's program file. */
  readonly decoderEntry: string;
  /** Absolute folder of the built window pages. */
  readonly rendererFolder: string;
}

export function printLine(sink: TextSink, text = ''): void {
  sink.write(`${text}\n`);
}

/** One JSON value on one line: what `--json` promises. */
export function printJson(sink: TextSink, value: unknown): void {
  sink.write(`${JSON.stringify(value)}\n`);
}

/** How a person types the next command: a clone runs Roost through npm. */
export function commandLine(context: CliContext, rest: string): string {
  return context.env['npm_lifecycle_event'] === undefined
    ? `roost ${rest}`
    : `npm run -s roost -- ${rest}`;
}
