import { type PreviewReason, previewReasonFacts } from '../../../shared/preview-reasons.ts';
import type { DecoderProcess } from '../decoder/decoder-process.ts';
import {
  type DecoderFailure,
  failure,
  type PreviewKind,
  type PreviewResult,
} from '../decoder/decoder-protocol.ts';
import type { PreviewCache } from './preview-cache.ts';
import type { PreviewStore, WaitingPreview } from './preview-store.ts';

export interface PreviewQueue {
  /** Notes a preview to be made, 0 being the usual priority, and starts work on it when its turn comes. */
  enqueue(sha256: string, kind: PreviewKind, priority?: number): void;
  /**
   * Resolves when the preview is in the cache, or with the reason why it will not be. What a person waits for is
   * made next, the latest wish first, also while paused.
   */
  ensure(sha256: string, kind: PreviewKind): Promise<'ready' | DecoderFailure>;
  /** Lets uploads go first: after the preview in work, only what a person waits for is made. */
  pause(): void;
  resume(): void;
  /** Stops at once; the preview in work stays waiting. */
  close(): Promise<void>;
}

export interface PreviewChange {
  readonly sha256: string;
  readonly kind: PreviewKind;
  readonly state: 'ready' | 'failed';
}

export interface PreviewQueueOptions {
  readonly decoder: Pick<DecoderProcess, 'makePreview'>;
  /** How many jobs the decoder takes at the same time. */
  readonly laneCount: number;
  readonly cache: PreviewCache;
  readonly store: PreviewStore;
  /** Told after each preview was made or failed. */
  readonly onChange: (change: PreviewChange) => void;
  /** Without its drive no file can be read, which says nothing about the files. */
  readonly isLibraryPresent?: () => Promise<boolean>;
  readonly log?: { warn(facts: object, message: string): void };
  /** When to try again after something outside of the files went wrong. */
  readonly retryAfterMs?: number;
}

const RETRY_AFTER_MS = 30_000;
/** The second try shows whether the file or something before it was the reason. */
const MAX_ATTEMPTS = 2;
/** These say nothing about the file: it stays waiting. */
const OUTSIDE_REASONS: readonly PreviewReason[] = ['decoder-unavailable', 'preview-not-kept'];
/** The decoder did not survive the file. */
const DEADLY_REASONS: readonly PreviewReason[] = [
  'decoder-timeout',
  'decoder-crashed',
  'decoder-out-of-memory',
];

interface Outcome {
  readonly outcome: 'ready' | DecoderFailure;
  /** The reason lies outside of the file: the preview stays waiting, and so do the others. */
  readonly mustWait: boolean;
}

/**
 * Starts making the previews that wait in the store, as many at a time as the decoder has lanes. A file that killed the
 * decoder twice is set aside: what is written down of its tile answers for its other previews too, until the tile is
 * enqueued again.
 */
export function startPreviewQueue(options: PreviewQueueOptions): PreviewQueue {
  const { decoder, cache, store, onChange, log } = options;
  /** What persons wait for; the last one is made first. */
  const urgent: WaitingPreview[] = [];
  const asked = new Map<string, Promise<'ready' | DecoderFailure>>();
  const settlers = new Map<string, (outcome: 'ready' | DecoderFailure) => void>();
  /** Jobs in work, one a lane. */
  const running = new Set<string>();
  const saving = new Set<Promise<unknown>>();
  let isPaused = false;
  let isClosed = false;
  let hasNews = false;
  let retryTimer: NodeJS.Timeout | undefined;

  async function decode({
    absolutePath,
    kind,
    quality,
  }: WaitingPreview): Promise<PreviewResult & { attempts: number }> {
    for (let attempts = 1; ; attempts += 1) {
      const result = await decoder.makePreview(absolutePath, kind, {
        quality: quality ?? 'quick',
      });
      const mayRetry =
        !result.ok &&
        !OUTSIDE_REASONS.includes(result.reason) &&
        previewReasonFacts(result.reason).mayRetry;
      if (!mayRetry || attempts === MAX_ATTEMPTS || closedNow()) return { ...result, attempts };
    }
  }

  /** Writes down what came of it. The picture is in the cache before the store says so. */
  async function save(
    { sha256, kind, quality }: WaitingPreview,
    result: PreviewResult & { attempts: number },
    mustWait: boolean,
  ): Promise<Outcome> {
    if (result.ok) {
      const { bytes, width, height, sourceWidth, sourceHeight, thumbhash, isQuick } = result;
      const facts = {
        ...{ width, height, sourceWidth, sourceHeight },
        ...(thumbhash !== undefined && { thumbhash }),
        // One that was asked for in full is not asked for again, whatever the decoder says.
        quality: isQuick === true && quality !== 'full' ? 'quick' : 'full',
      } as const;
      try {
        await cache.put(sha256, kind, bytes, kind === 'clip' ? undefined : facts);
      } catch (error) {
        const detail = error instanceof Error ? error.message : 'unknown';
        return { outcome: failure('preview-not-kept', detail), mustWait: true };
      }
      store.markReady(sha256, kind, facts);
      onChange({ sha256, kind, state: 'ready' });
      return { outcome: 'ready', mustWait: false };
    }
    const { reason, detail, attempts } = result;
    if (!mustWait) {
      store.markFailed(sha256, kind, { reason, detail, attempts });
      onChange({ sha256, kind, state: 'failed' });
    }
    return { outcome: failure(reason, detail), mustWait };
  }

  async function isOutside(reason: PreviewReason): Promise<boolean> {
    if (OUTSIDE_REASONS.includes(reason)) return true;
    return reason === 'file-unreadable' && (await options.isLibraryPresent?.()) === false;
  }

  /** Why a file is not given to the decoder any more. */
  function setAside(sha256: string, kind: PreviewKind): DecoderFailure | undefined {
    // The tile asks least of a decoder. A screen that takes too long says nothing of it.
    const tile = kind === 'tile' ? undefined : store.find(sha256, 'tile');
    if (tile?.state !== 'failed' || !DEADLY_REASONS.includes(tile.reason)) return undefined;
    return failure(tile.reason, tile.detail);
  }

  /** The job of an original that was moved since it was asked for. */
  function movedOn(job: WaitingPreview, reason: PreviewReason): WaitingPreview | undefined {
    const now = reason === 'file-unreadable' ? store.find(job.sha256, job.kind) : undefined;
    if (now === undefined || now.state === 'failed') return undefined;
    return now.absolutePath === job.absolutePath
      ? undefined
      : { ...job, absolutePath: now.absolutePath };
  }

  async function run(job: WaitingPreview): Promise<Outcome> {
    const refused = setAside(job.sha256, job.kind);
    const result = refused ? { ...refused, attempts: 0 } : await decode(job);
    const moved = result.ok ? undefined : movedOn(job, result.reason);
    if (moved) return run(moved);
    const mustWait = !result.ok && (await isOutside(result.reason));
    if (closedNow()) return { outcome: closing(), mustWait: true };
    const saved = save(job, result, mustWait);
    saving.add(saved);
    return saved.finally(() => saving.delete(saved));
  }

  /** Takes the next job; its lane must give it back. */
  function take(): WaitingPreview | undefined {
    if (closedNow()) return undefined;
    const job = urgent.pop() ?? (isPaused ? undefined : nextWaiting());
    if (job) running.add(keyOf(job.sha256, job.kind));
    return job;
  }

  function nextWaiting(): WaitingPreview | undefined {
    try {
      return store.nextWaiting([...running]);
    } catch (error) {
      log?.warn({ error }, 'what waits cannot be read');
      retryLater();
      return undefined;
    }
  }

  /** One job after another, for as long as there are any and they can be made. */
  async function work(first: WaitingPreview): Promise<void> {
    let job: WaitingPreview | undefined = first;
    while (job !== undefined) {
      const key = keyOf(job.sha256, job.kind);
      const { outcome, mustWait } = await run(job).catch(stopped);
      running.delete(key);
      settle(key, outcome);
      if (outcome !== 'ready' && mustWait) {
        log?.warn({ reason: outcome.reason, detail: outcome.detail }, 'previews have to wait');
        stopFor(outcome);
        break;
      }
      job = take();
    }
    // What was asked for meanwhile may be something that can be made.
    if (hasNews) fillLanes();
  }

  /** The store failed, or a listener: nothing is lost, since what waits is written down. */
  function stopped(error: unknown): Outcome {
    const detail = error instanceof Error ? error.message : 'unknown error';
    return { outcome: failure('decoder-unavailable', detail), mustWait: true };
  }

  /** Lets nobody wait for what cannot be made now. */
  function stopFor(why: DecoderFailure): void {
    for (const { sha256, kind } of urgent.splice(0)) settle(keyOf(sha256, kind), why);
    retryLater();
  }

  /** Puts idle lanes to work, as far as there is any. */
  function fillLanes(): void {
    hasNews = false;
    clearTimeout(retryTimer);
    while (running.size < options.laneCount) {
      const job = take();
      if (job === undefined) return;
      void work(job);
    }
  }

  function wake(): void {
    fillLanes();
    hasNews = running.size > 0;
  }

  function retryLater(): void {
    if (closedNow()) return;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(wake, options.retryAfterMs ?? RETRY_AFTER_MS).unref();
  }

  function settle(key: string, outcome: 'ready' | DecoderFailure): void {
    settlers.get(key)?.(outcome);
    settlers.delete(key);
    asked.delete(key);
  }

  async function lookUp(sha256: string, kind: PreviewKind): Promise<'ready' | DecoderFailure> {
    const key = keyOf(sha256, kind);
    const known = store.find(sha256, kind);
    if (known === undefined) return failure('file-unreadable', 'the library has no such original');
    if (known.state === 'failed') return failure(known.reason, known.detail);
    if (known.state === 'ready' && (await cache.has(sha256, kind))) return 'ready';
    if (closedNow()) return closing();
    const refused = setAside(sha256, kind);
    if (refused) return refused;
    return new Promise((resolve) => {
      settlers.set(key, resolve);
      if (!running.has(key)) urgent.push({ sha256, kind, absolutePath: known.absolutePath });
      wake();
    });
  }

  // Functions, since the answers change while one waits.
  function closedNow(): boolean {
    return isClosed;
  }

  wake();
  return {
    enqueue(sha256, kind, priority = 0) {
      store.enqueue(sha256, kind, priority);
      wake();
    },

    ensure(sha256, kind) {
      const key = keyOf(sha256, kind);
      const already = asked.get(key);
      if (already !== undefined) return already;
      const promise = lookUp(sha256, kind).finally(() => {
        if (asked.get(key) === promise) asked.delete(key);
      });
      asked.set(key, promise);
      return promise;
    },

    pause() {
      isPaused = true;
    },

    resume() {
      isPaused = false;
      wake();
    },

    async close() {
      isClosed = true;
      clearTimeout(retryTimer);
      for (const key of [...settlers.keys()]) settle(key, closing());
      await Promise.allSettled(saving);
    },
  };
}

function keyOf(sha256: string, kind: PreviewKind): string {
  return `${sha256}-${kind}`;
}

function closing(): DecoderFailure {
  return failure('decoder-unavailable', 'Roost is closing');
}
