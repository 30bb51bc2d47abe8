import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import { METADATA_REASONS, type MetadataReason } from '../../../shared/metadata-reasons.ts';
import { bestCaptureTime } from '../assets/best-capture-time.ts';
import type { OffsetAt } from '../assets/choose-capture-time.ts';
import type { HeaderResult } from '../decoder/decoder-protocol.ts';
import { combinedMetadata, metadataFromHeader } from '../decoder/metadata/metadata-from-header.ts';
import { metadataFromTags } from '../decoder/metadata/metadata-from-tags.ts';
import type { Exiftool, ExiftoolAnswer } from '../decoder/metadata/start-exiftool.ts';

import type { MetadataReading, MetadataStore, WaitingMetadata } from './metadata-store.ts';

/** Reads the metadata of stored originals in the background, one file at a time. */
export interface MetadataQueue {
  /** Notes bytes whose metadata is to be read, and starts when their turn comes. */
  enqueue(sha256: string): void;
  /** Lets uploads go first: nothing is begun until `resume`. */
  pause(): void;
  resume(): void;
  /** Stops at once; the file in work stays waiting. Exiftool is the caller's to close, before this. */
  close(): Promise<void>;
}

export interface MetadataQueueOptions {
  readonly readHeader: (absolutePath: string) => Promise<HeaderResult>;
  readonly exiftool: Pick<Exiftool, 'read' | 'version'>;
  readonly store: MetadataStore;
  /** Told after the metadata of some bytes was saved. */
  readonly onRead: (sha256: string) => void;
  /** Without its drive no file can be read, which says nothing about the files. */
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly offsetAt?: OffsetAt;
  readonly log?: { warn(facts: object, message: string): void };
  /** When to try again after something outside of the files went wrong. */
  readonly retryAfterMs?: number;
}

const RETRY_AFTER_MS = 30_000;

/** Without a program to read it the file is not at fault: what its header says is all there is for now. */
const WITHOUT_PROGRAM: readonly MetadataReason[] = ['no-perl', 'no-exiftool'];

interface FileReading {
  readonly reason?: MetadataReason | undefined;
  readonly detail?: string | undefined;
  readonly metadata: MediaMetadata;
}

/** Starts reading what waits in the store. */
export function startMetadataQueue(options: MetadataQueueOptions): MetadataQueue {
  const { readHeader, exiftool, store, log } = options;
  let isPaused = false;
  let isClosed = false;
  let hasNews = false;
  let working: Promise<void> | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let toolVersion: string | undefined;
  let lastReason: MetadataReason | undefined;

  // A function, since the answer changes while one waits.
  const isClosedNow = (): boolean => isClosed;

  /** `undefined` when the drive or the decoder is gone, so that nothing can be said about the file. */
  async function read(job: WaitingMetadata): Promise<FileReading | undefined> {
    const header = await readHeader(job.absolutePath);
    if (!header.ok && header.reason === 'decoder-unavailable') return undefined;
    if (!header.ok && header.reason === 'file-unreadable') return missing(header.detail);
    const fromHeader = header.ok ? metadataFromHeader(header.header) : {};
    if (header.ok && isNoMedia(header.header)) return { metadata: fromHeader };
    const answer = await ask(job.absolutePath);
    if (answer.ok) {
      await learnVersion();
      return { metadata: combinedMetadata(fromHeader, metadataFromTags(answer.tags)) };
    }
    if (answer.reason === 'file-unreadable') return missing(answer.detail, fromHeader);
    return { reason: answer.reason, detail: answer.detail, metadata: fromHeader };
  }

  /** A computer that was busy or asleep is no fault of the file: the second try shows whose it is. */
  async function ask(absolutePath: string): Promise<ExiftoolAnswer> {
    const answer = await exiftool.read(absolutePath);
    const isFinal =
      answer.ok ||
      WITHOUT_PROGRAM.includes(answer.reason) ||
      !METADATA_REASONS[answer.reason].mayRetry;
    return isFinal || isClosedNow() ? answer : exiftool.read(absolutePath);
  }

  async function missing(
    detail: string,
    metadata: MediaMetadata = {},
  ): Promise<FileReading | undefined> {
    const isPresent = await options.isLibraryPresent();
    return isPresent ? { reason: 'file-unreadable', detail, metadata } : undefined;
  }

  /** A newer exiftool may understand what the one before did not. */
  async function learnVersion(): Promise<void> {
    if (toolVersion !== undefined) return;
    const told = await exiftool.version();
    if (!told.ok || isClosedNow()) return;
    toolVersion = told.version;
    store.requeueForVersion(told.version);
  }

  function readingOf(
    job: WaitingMetadata,
    { reason, detail, metadata }: FileReading,
  ): MetadataReading {
    const isFailed = reason !== undefined && !WITHOUT_PROGRAM.includes(reason);
    const wasTried = reason === undefined || isFailed;
    return {
      state: isFailed ? 'failed' : 'ready',
      ...(reason !== undefined && { reason }),
      ...(detail !== undefined && { detail }),
      ...(wasTried && toolVersion !== undefined && { toolVersion }),
      metadata,
      captureTime: bestCaptureTime(metadata, {}, job.told, job.storedAt, options.offsetAt),
    };
  }

  /** Of a missing program once, rather than with each file. */
  function tellOf({ sha256 }: WaitingMetadata, { reason, detail }: FileReading): void {
    if (reason === undefined) return;
    const isKnown = WITHOUT_PROGRAM.includes(reason) && lastReason === reason;
    if (!isKnown) log?.warn({ sha256, reason, detail }, 'metadata is not complete');
    lastReason = reason;
  }

  async function work(): Promise<void> {
    // Nothing to do is no reason to start a program.
    if (store.nextWaiting() === undefined && !store.hasReasons()) return;
    await learnVersion();
    while (!isClosedNow() && !isPausedNow()) {
      const job = store.nextWaiting();
      if (job === undefined) return;
      const outcome = await read(job);
      if (isClosedNow()) return;
      if (outcome === undefined) {
        retryLater();
        return;
      }
      tellOf(job, outcome);
      store.save(job.sha256, readingOf(job, outcome));
      options.onRead(job.sha256);
    }
  }

  // A function, as above.
  function isPausedNow(): boolean {
    return isPaused;
  }

  function wake(): void {
    if (isClosed || isPaused) return;
    // The worker may be about to end just now; then it starts once more.
    hasNews = working !== undefined;
    if (working) return;
    clearTimeout(retryTimer);
    working = work()
      .catch((error: unknown) => {
        // The store failed, or a listener: nothing is lost, since what waits is written down.
        log?.warn({ err: error }, 'reading metadata stopped');
        retryLater();
      })
      .finally(() => {
        working = undefined;
        if (hasNews) wake();
      });
  }

  function retryLater(): void {
    hasNews = false;
    if (isClosedNow()) return;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(wake, options.retryAfterMs ?? RETRY_AFTER_MS).unref();
  }

  wake();
  return {
    enqueue(sha256) {
      store.enqueue(sha256);
      wake();
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
      await working;
    },
  };
}

/** Recipes of edits and the like, which are known to be neither photo nor video. */
function isNoMedia({ kind, mediaType }: { kind: string; mediaType: string }): boolean {
  return kind === 'file' && mediaType !== 'application/octet-stream';
}
