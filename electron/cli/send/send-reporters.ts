import { printJson, printLine, type CliContext, type TextSink } from '../cli-context.ts';
import { ProgressLine } from '../progress-line.ts';
import { countOf, formatByteCount, printable } from '../text-format.ts';
import type { ResourceFile } from './find-files.ts';
import type { FileResult, SendReporter } from './send-result.ts';

/** The reporter for the way a run is watched: a program, a terminal, or a file. */
export function chooseReporter(asJson: boolean, context: CliContext): SendReporter {
  if (asJson) return jsonReporter(context);
  return context.stdout.isTTY ? new TerminalReporter(context.stdout) : lineReporter(context);
}

/** One JSON line a file. */
function jsonReporter({ stdout, stderr }: CliContext): SendReporter {
  return {
    begin: () => undefined,
    sent: () => undefined,
    note: (text) => printLine(stderr, text),
    settled: (result) => {
      const { path, assetKey, resourceType, byteCount } = result.file;
      const head = { event: 'file', path, state: result.state, assetKey, resourceType, byteCount };
      if ('failure' in result) printJson(stdout, { ...head, error: result.failure });
      else {
        const { sha256, receiptId, assetId } = result;
        printJson(stdout, { ...head, sha256, receiptId, assetId });
      }
    },
  };
}

/** One line a file, for logs. What was not sent is said in the summary. */
function lineReporter({ stdout }: CliContext): SendReporter {
  return {
    begin: () => undefined,
    sent: () => undefined,
    note: (text) => printLine(stdout, text),
    settled: (result) => {
      if (result.state !== 'not-sent') printLine(stdout, resultLine(result));
    },
  };
}

/** One line for the whole run, drawn again and again. The summary tells which files failed. */
class TerminalReporter implements SendReporter {
  readonly #out: TextSink;
  readonly #line: ProgressLine;
  readonly #sending = new Map<string, number>();
  #totals = { fileCount: 0, byteCount: 0 };
  #settledFileCount = 0;
  #settledByteCount = 0;
  #failedFileCount = 0;
  #movedByteCount = 0;
  #startedAt = 0;

  constructor(out: TextSink) {
    this.#out = out;
    this.#line = new ProgressLine(out);
  }

  begin(totals: { readonly fileCount: number; readonly byteCount: number }): void {
    this.#totals = totals;
    this.#startedAt = performance.now();
    this.#line.redraw(this.#text());
  }

  sent(file: ResourceFile, sentByteCount: number): void {
    const before = this.#sending.get(file.path) ?? 0;
    this.#movedByteCount += Math.max(0, sentByteCount - before);
    this.#sending.set(file.path, sentByteCount);
    this.#line.show(() => this.#text());
  }

  settled(result: FileResult): void {
    this.#sending.delete(result.file.path);
    this.#settledFileCount += 1;
    this.#settledByteCount += result.file.byteCount;
    if (result.state === 'failed') this.#failedFileCount += 1;
    if (this.#settledFileCount < this.#totals.fileCount) this.#line.show(() => this.#text());
    else this.#line.clear();
  }

  note(text: string): void {
    this.#line.clear();
    printLine(this.#out, text);
    this.#line.redraw(this.#text());
  }

  #text(): string {
    const { fileCount, byteCount } = this.#totals;
    let doneByteCount = this.#settledByteCount;
    for (const sentByteCount of this.#sending.values()) doneByteCount += sentByteCount;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const speed = seconds > 0.5 ? `, ${formatByteCount(this.#movedByteCount / seconds)}/s` : '';
    const failed = this.#failedFileCount > 0 ? `, ${this.#failedFileCount} failed` : '';
    return (
      `${this.#settledFileCount} of ${countOf(fileCount, 'file')}, ` +
      `${formatByteCount(doneByteCount)} of ${formatByteCount(byteCount)}${speed}${failed}`
    );
  }
}

const STATE_WORDS: Readonly<Record<FileResult['state'], string>> = {
  stored: 'stored',
  duplicate: 'duplicate',
  repeated: 'here',
  here: 'here',
  failed: 'FAILED',
  'not-sent': 'not sent',
};

/** One file and what became of it, as text. */
export function resultLine(result: FileResult): string {
  const head = `${STATE_WORDS[result.state].padEnd(9)}  ${printable(result.file.path)}`;
  return 'failure' in result ? `${head}: ${printable(result.failure.detail)}` : head;
}
