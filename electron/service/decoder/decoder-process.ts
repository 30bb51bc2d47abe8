import { access, constants } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { z } from 'zod';

import { type Confinement, UNCONFINED } from './confinement/confinement.ts';
import { DecoderChild, type ChildOutcome } from './decoder-child.ts';
import {
  type DecoderRequest,
  failure,
  type DecoderFailure,
  failureSchema,
  type HeaderResult,
  headerResultSchema,
  type PreviewKind,
  type PreviewQuality,
  type PreviewResult,
  previewResultSchema,
} from './decoder-protocol.ts';

/** The service's side of a decoder process: jobs go in one after another, and each gets an answer. */
export interface DecoderProcess {
  /** Type, size and capture time of a file. Never throws: what goes wrong is the answer. */
  readHeader(path: string, options?: JobOptions): Promise<HeaderResult>;
  /** A preview of a file. Never throws: what goes wrong is the answer. */
  makePreview(path: string, kind: PreviewKind, options?: PreviewJobOptions): Promise<PreviewResult>;
  /** Ends the process. Jobs that wait or run are answered `decoder-unavailable`. */
  close(): Promise<void>;
}

export interface JobOptions {
  /** From when the job starts, not from when it begins to wait. */
  readonly timeoutMs?: number;
}

export interface PreviewJobOptions extends JobOptions {
  /** `full` by default. */
  readonly quality?: PreviewQuality;
}

export interface DecoderProcessOptions {
  /** Address or path of decoder-entry. */
  readonly entry: URL | string;
  /** The Node (or Electron) that runs it; by default the one that runs us. */
  readonly nodePath?: string;
  /** Runs below the priority of everything else. */
  readonly isBackground?: boolean;
  /** Resident memory of the process, at which it is ended. */
  readonly maxMemoryByteCount?: number;
  /** How the process is kept from everything that it does not need; asked for at the first start. */
  readonly confinement?: () => Promise<Confinement>;
  readonly log?: DecoderLog;
  /** Told each time a process ended that should not have. */
  readonly onRestart?: (reason: DecoderFailure['reason']) => void;
  /** How long a process may take to start, and how long to wait after repeated deaths. For tests. */
  readonly startTimeoutMs?: number;
  readonly backOffMs?: (deathCount: number) => number;
}

/** The part of a pino logger that is used. */
export interface DecoderLog {
  warn(facts: object, message: string): void;
}

const HEADER_TIMEOUT_MS = 5_000;
const PREVIEW_TIMEOUT_MS: Record<PreviewKind, number> = {
  tile: 30_000,
  screen: 60_000,
  clip: 60_000,
};
const START_TIMEOUT_MS = 15_000;
/** Below 1 GiB by what a fast decoder takes between two looks of memory-watch.ts. */
const MAX_MEMORY_BYTE_COUNT = 896 * 1024 * 1024;
const MAX_BACK_OFF_MS = 5_000;

/** None after the first death, which is one bad file; then 200 ms, doubling. */
function defaultBackOff(deathCount: number): number {
  return deathCount < 2 ? 0 : Math.min(100 * 2 ** (deathCount - 1), MAX_BACK_OFF_MS);
}

type Request =
  | { readonly job: 'read-header'; readonly path: string }
  | {
      readonly job: 'make-preview';
      readonly path: string;
      readonly kind: PreviewKind;
      readonly quality?: PreviewQuality;
    };

interface QueuedJob {
  readonly request: DecoderRequest;
  readonly timeoutMs: number;
  /** Takes the answer of the process; false when it makes no sense. */
  readonly accept: (answer: unknown) => boolean;
  readonly fail: (why: DecoderFailure) => void;
}

/**
 * Makes a decoder process that starts at its first job, is killed when a job takes too long, and is started again
 * after a death. A job that kills it is answered with the reason; the jobs behind it go on in the next process.
 */
export function startDecoderProcess(options: DecoderProcessOptions): DecoderProcess {
  const childOptions = {
    entry: typeof options.entry === 'string' ? options.entry : fileURLToPath(options.entry),
    nodePath: options.nodePath ?? process.execPath,
    isBackground: options.isBackground ?? false,
    maxMemoryByteCount: options.maxMemoryByteCount ?? MAX_MEMORY_BYTE_COUNT,
  };
  const backOffMs = options.backOffMs ?? defaultBackOff;
  const waiting: QueuedJob[] = [];
  const closing = new AbortController();
  let child: DecoderChild | undefined;
  let lastId = 0;
  /** Deaths in a row without a finished job between them. */
  let deathCount = 0;
  let blockedUntil = 0;
  let working: Promise<void> | undefined;

  // A function, since the answer changes while one waits.
  const isClosing = (): boolean => closing.signal.aborted;

  function noteDeath(ended: Extract<ChildOutcome, { kind: 'ended' }>): void {
    child = undefined;
    if (isClosing()) return;
    deathCount += 1;
    blockedUntil = performance.now() + backOffMs(deathCount);
    options.log?.warn({ reason: ended.reason, detail: ended.detail, deathCount }, 'decoder ended');
    options.onRestart?.(ended.reason);
  }

  /** A process that takes requests, or why there is none. */
  async function readyChild(): Promise<DecoderChild | DecoderFailure> {
    if (child !== undefined && !child.hasEnded) return child;
    await sleep(Math.max(blockedUntil - performance.now(), 0), undefined, {
      signal: closing.signal,
    }).catch(() => undefined);
    if (isClosing()) return closed();
    const confinement = (await options.confinement?.()) ?? UNCONFINED;
    if (isClosing()) return closed();
    child = new DecoderChild({ ...childOptions, confinement });
    const ended = await child.ready(options.startTimeoutMs ?? START_TIMEOUT_MS);
    if (ended === undefined) return child;
    noteDeath(ended);
    if (isClosing()) return closed();
    // Without a decoder at all, the jobs that already wait are not made to wait for each further try.
    const unavailable = failure('decoder-unavailable', ended.detail);
    for (const job of waiting.splice(0)) job.fail(unavailable);
    return unavailable;
  }

  async function runJob(job: QueuedJob, isAgain = false): Promise<void> {
    const ready = await readyChild();
    if ('reason' in ready) {
      job.fail(ready);
      return;
    }
    const outcome = await ready.run(job.request, job.timeoutMs);
    if (!isAgain && outcome.kind === 'answer' && (await hasStaleView(job, outcome.result))) {
      await ready.kill();
      await runJob(job, true);
      return;
    }
    if (outcome.kind === 'answer' && job.accept(outcome.result)) {
      deathCount = 0;
      return;
    }
    if (outcome.kind === 'answer') await ready.kill();
    const ended = outcome.kind === 'ended' ? outcome : NONSENSE;
    noteDeath(ended);
    job.fail(isClosing() ? closed() : failure(ended.reason, ended.detail));
  }

  /** A drive that was plugged in after a process was confined may be out of its sight; a new one sees it. */
  async function hasStaleView({ request }: QueuedJob, answer: unknown): Promise<boolean> {
    const failed = failureSchema.safeParse(answer);
    if (failed.data?.reason !== 'file-unreadable') return false;
    if (((await options.confinement?.()) ?? UNCONFINED).by === 'none') return false;
    return access(request.path, constants.R_OK).then(
      () => !isClosing(),
      () => false,
    );
  }

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await runJob(job);
    working = undefined;
  }

  function ask<T>(request: Request, timeoutMs: number, schema: z.ZodType<T>) {
    return new Promise<T | DecoderFailure>((resolve) => {
      if (isClosing()) {
        resolve(closed());
        return;
      }
      lastId += 1;
      waiting.push({
        request: { id: lastId, ...request },
        timeoutMs,
        accept(answer) {
          const parsed = schema.safeParse(answer);
          if (parsed.success) resolve(parsed.data);
          return parsed.success;
        },
        fail: resolve,
      });
      working ??= work();
    });
  }

  return {
    readHeader: (path, { timeoutMs = HEADER_TIMEOUT_MS } = {}) =>
      ask({ job: 'read-header', path }, timeoutMs, headerResultSchema),

    makePreview: (path, kind, { timeoutMs = PREVIEW_TIMEOUT_MS[kind], quality = 'full' } = {}) =>
      ask({ job: 'make-preview', path, kind, quality }, timeoutMs, previewResultSchema),

    async close() {
      closing.abort();
      for (const job of waiting.splice(0)) job.fail(closed());
      await child?.kill();
      await working;
    },
  };
}

/** The answers are as hostile as the files: one that does not parse ends the process that gave it. */
const NONSENSE = {
  kind: 'ended',
  reason: 'decoder-crashed',
  detail: 'the decoder gave an answer that makes no sense',
} as const satisfies ChildOutcome;

function closed(): DecoderFailure {
  return failure('decoder-unavailable', 'Roost is closing');
}
