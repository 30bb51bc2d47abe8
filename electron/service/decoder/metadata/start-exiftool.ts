import { isAbsolute } from 'node:path';

import { z } from 'zod';

import type { MetadataReason } from '../../../../shared/metadata-reasons.ts';
import { ExiftoolChild } from './exiftool-child.ts';
import { readArguments } from './exiftool-tags.ts';
import { findExiftool, type FoundExiftool } from './find-exiftool.ts';

/** What exiftool printed about a file, by `Group:Tag`; as hostile as the file. */
export type ExiftoolTags = Readonly<Record<string, unknown>>;

export interface ExiftoolFailure {
  readonly ok: false;
  readonly reason: MetadataReason;
  /** For the log: what exactly was wrong. */
  readonly detail: string;
}

export type ExiftoolAnswer = { readonly ok: true; readonly tags: ExiftoolTags } | ExiftoolFailure;

/** exiftool as one long-lived process, which parses the files; what it prints is all that comes back. */
export interface Exiftool {
  /** The tags of a file. Never throws: what goes wrong is the answer. Reads go one after another. */
  read(path: string): Promise<ExiftoolAnswer>;
  /** The version of exiftool, or why there is none. Never throws. */
  version(): Promise<{ readonly ok: true; readonly version: string } | ExiftoolFailure>;
  /** The process that runs now. */
  readonly pid: number | undefined;
  /** Ends the process. A read that waits or runs is answered `no-exiftool`. */
  close(): Promise<void>;
}

export interface ExiftoolOptions {
  /** Where exiftool is; by default the one that comes with Roost. */
  readonly find?: () => Promise<FoundExiftool>;
  readonly readTimeoutMs?: number;
  readonly startTimeoutMs?: number;
  /** How long a process without work is kept. */
  readonly idleMs?: number;
  readonly log?: { warn(facts: object, message: string): void };
}

/** Honest files take some 20 ms; but it runs below everything else, and drives may have to wake up. */
const READ_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 30_000;
const IDLE_MS = 60_000;
/** A photo with everything phones write gives 3 KB. */
const MAX_OUTPUT_BYTE_COUNT = 1024 * 1024;
/** Perl does not give memory back: after so many files a fresh process takes over. */
const MAX_FILE_COUNT = 2000;
const MAX_DETAIL_LENGTH = 500;

const printedSchema = z.array(z.record(z.string(), z.unknown())).min(1);

/** Makes exiftool ready to read; its process starts with the first question and is started again when it ends. */
export function startExiftool(options: ExiftoolOptions = {}): Exiftool {
  const find = options.find ?? findExiftool;
  let child: ExiftoolChild | undefined;
  let found: FoundExiftool | undefined;
  let version: string | undefined;
  let readCount = 0;
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();
  let idleTimer: NodeJS.Timeout | undefined;

  // Functions, since the answers change while one waits.
  const isClosedNow = (): boolean => isClosed;
  const versionNow = (): string | undefined => version;

  async function readyChild(): Promise<ExiftoolChild | ExiftoolFailure> {
    if (isClosedNow()) return closing();
    if (child && !child.hasEnded && readCount < MAX_FILE_COUNT) return child;
    await child?.kill();
    child = undefined;
    found ??= await find();
    if (!found.ok) {
      const { reason, detail } = found;
      // It may be installed or come back; the next question looks again.
      found = undefined;
      return failed(reason, detail);
    }
    if (isClosedNow()) return closing();
    const started = new ExiftoolChild(found.program, MAX_OUTPUT_BYTE_COUNT);
    child = started;
    readCount = 0;
    const outcome = await started.run(['-ver'], options.startTimeoutMs ?? START_TIMEOUT_MS);
    const told = outcome.kind === 'answer' ? outcome.text.trim() : '';
    if (/^\d+\.\d+$/.test(told)) {
      version = told;
      return started;
    }
    await started.kill();
    found = undefined;
    return failed('no-exiftool', outcome.kind === 'ended' ? outcome.detail : outcome.errors);
  }

  async function readNow(path: string): Promise<ExiftoolAnswer> {
    // Arguments are lines: a name with a line break in it would be read as several.
    if (!isAbsolute(path) || /[\r\n]/.test(path)) {
      return failed('file-unreadable', 'a name with a line break');
    }
    const ready = await readyChild();
    if ('reason' in ready) return ready;
    readCount += 1;
    const outcome = await ready.run(readArguments(path), options.readTimeoutMs ?? READ_TIMEOUT_MS);
    if (isClosedNow()) return closing();
    if (outcome.kind === 'ended') {
      options.log?.warn({ reason: outcome.why, detail: outcome.detail }, 'exiftool ended');
      return failed(outcome.why, outcome.detail);
    }
    return parsePrinted(outcome.text, outcome.errors);
  }

  /** One after another, and the process is let go after a while without any. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(idleTimer);
    const done = last.then(work, work).finally(() => {
      clearTimeout(idleTimer);
      if (isClosedNow()) return;
      idleTimer = setTimeout(() => {
        last = last.then(() => child?.kill());
      }, options.idleMs ?? IDLE_MS).unref();
    });
    last = done.catch(() => undefined);
    return done;
  }

  return {
    read: (path) => inTurn(() => readNow(path)),
    version: () =>
      inTurn(async () => {
        const ready = versionNow() === undefined ? await readyChild() : undefined;
        if (ready && 'reason' in ready) return ready;
        return { ok: true, version: versionNow() ?? '' };
      }),
    get pid() {
      return child?.hasEnded === false ? child.pid : undefined;
    },
    async close() {
      isClosed = true;
      clearTimeout(idleTimer);
      await child?.kill();
      await last;
    },
  };
}

function parsePrinted(text: string, errors: string): ExiftoolAnswer {
  if (text.trim() === '') return failed('file-unreadable', errors);
  let printed: unknown;
  try {
    printed = JSON.parse(text);
  } catch {
    return failed('reader-ended', 'exiftool printed no JSON');
  }
  const parsed = printedSchema.safeParse(printed);
  if (!parsed.success) return failed('reader-ended', 'exiftool printed something else than tags');
  const tags = parsed.data[0] ?? {};
  const error = tags['ExifTool:Error'];
  if (typeof error === 'string') {
    const isMissing = /^(file not found|error opening)/i.test(error);
    return failed(isMissing ? 'file-unreadable' : 'not-understood', error);
  }
  return { ok: true, tags };
}

function failed(reason: MetadataReason, detail: string): ExiftoolFailure {
  return { ok: false, reason, detail: detail.trim().slice(0, MAX_DETAIL_LENGTH) };
}

function closing(): ExiftoolFailure {
  return failed('no-exiftool', 'Roost is closing');
}
