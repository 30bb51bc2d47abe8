import type { CliContext, TextSink } from '../../../electron/cli/cli-context.ts';

/** Keeps what a command prints. */
class CollectedText implements TextSink {
  isTTY = false;
  columns: number | undefined;
  text = '';

  write(text: string): void {
    this.text += text;
  }

  get lines(): string[] {
    return this.text.split('\n').filter((line) => line !== '');
  }

  /** Each line as JSON; fails when one is not. */
  get json(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** The world around a command in a test: no waiting, no environment, nothing printed anywhere. */
export class FakeTerminal implements CliContext {
  readonly env: Record<string, string | undefined> = {};
  readonly platform = process.platform;
  readonly homeFolder: string;
  readonly hostName = 'laptop';
  readonly workingFolder: string;
  readonly stdout = new CollectedText();
  readonly stderr = new CollectedText();
  readonly controller = new AbortController();
  readonly interrupted = this.controller.signal;
  askLine?: (question: string) => Promise<string | undefined>;
  /** Every wait that was asked for, in milliseconds; none of them happened. */
  readonly waits: number[] = [];
  /** Happens instead of a wait. */
  duringWait: (() => void | Promise<void>) | undefined;
  readonly program = { version: '1.2.3', decoderEntry: '/decoder.js', rendererFolder: '/renderer' };

  constructor(folder: string) {
    this.homeFolder = folder;
    this.workingFolder = folder;
  }

  readonly pause = async (durationMs: number): Promise<void> => {
    this.waits.push(durationMs);
    await this.duringWait?.();
  };
}
