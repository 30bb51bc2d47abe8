import { lstat } from 'node:fs/promises';

import type { CheckAnswer } from '../../../shared/native-protocol.ts';
import { isKnownResourceType, RESOURCE_TYPES } from '../../../shared/resource-type.ts';
import { hashFile } from '../../service/library/hash-file.ts';
import type { ResourceFile } from './find-files.ts';
import type { UploadFailure } from './native-answers.ts';
import type { HashedResource, NativeClient } from './native-client.ts';
import { mapLimited } from './map-limited.ts';
import { ReconnectGate } from './reconnect-gate.ts';
import { decideRetry } from './retry-decision.ts';
import { checkEntryOf, failureOf, failureOfFile } from './send-failure.ts';
import type {
  FileResult,
  FileState,
  SendFailure,
  SendReporter,
  SendSummary,
} from './send-result.ts';

/** Files hashed and asked about together: far below the protocol's 5,000, so that sending starts soon. */
const BATCH_FILE_COUNT = 200;
/** Reading more than two files at a time makes hard disks seek. */
const PARALLEL_HASHES = 2;
/** So many files in a row that found Roost answering pings but not taking them: nothing will change soon. */
const MAX_LOST_IN_A_ROW = 8;
/** Failures the summary can name. */
const MAX_FAILURES_KEPT = 100;

export interface SendRunParts {
  readonly client: NativeClient;
  readonly serverId: string;
  readonly parallel: number;
  readonly reporter: SendReporter;
  readonly pause: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly interrupted: AbortSignal;
}

/** Sends files: hash, ask what is needed, upload that. Every file gets exactly one result. */
export async function sendFiles(
  files: readonly ResourceFile[],
  parts: SendRunParts,
): Promise<SendSummary> {
  return new SendRun(files, parts).run();
}

class SendRun {
  readonly #files: readonly ResourceFile[];
  readonly #parts: SendRunParts;
  readonly #gate: ReconnectGate;
  readonly #stopping = new AbortController();
  readonly #signal: AbortSignal;
  readonly #settledPaths = new Set<string>();
  readonly #counts: Record<FileState, number> = {
    stored: 0,
    duplicate: 0,
    repeated: 0,
    here: 0,
    failed: 0,
    'not-sent': 0,
  };
  readonly #failures: FileResult[] = [];
  #storedByteCount = 0;
  #lostInARow = 0;
  #stopped: SendFailure | undefined;

  constructor(files: readonly ResourceFile[], parts: SendRunParts) {
    this.#files = files.toSorted(byAsset);
    this.#parts = parts;
    this.#signal = AbortSignal.any([parts.interrupted, this.#stopping.signal]);
    this.#gate = new ReconnectGate({
      client: parts.client,
      serverId: parts.serverId,
      pause: parts.pause,
      signal: this.#signal,
      onLost: () => parts.reporter.note('The connection to Roost is lost. Trying again.'),
    });
  }

  async run(): Promise<SendSummary> {
    const startedAt = performance.now();
    const byteCount = this.#files.reduce((sum, file) => sum + file.byteCount, 0);
    this.#parts.reporter.begin({ fileCount: this.#files.length, byteCount });
    const needed = this.#neededResources();
    const workers = Array.from({ length: this.#parts.parallel }, async () => {
      // The workers share one generator, which hands every asset to exactly one of them. Its resources go one after
      // another, the original first: it tells the day under which Roost keeps them all.
      for (let next = await needed.next(); next.done !== true; next = await needed.next()) {
        for (const resource of next.value) await this.#send(resource);
      }
    });
    await Promise.all(workers);
    const interrupted = this.#parts.interrupted.aborted;
    const why = this.#stopped ?? { code: 'interrupted', detail: 'Stopped before it was sent.' };
    for (const file of this.#files) {
      if (!this.#settledPaths.has(file.path))
        this.#settle({ state: 'not-sent', file, failure: why });
    }
    return {
      counts: this.#counts,
      failures: this.#failures,
      storedByteCount: this.#storedByteCount,
      durationMs: Math.round(performance.now() - startedAt),
      interrupted,
      stopped: this.#stopped,
    };
  }

  /** What has to be sent, one batch read ahead: the next files are hashed while these are on their way. */
  async *#neededResources(): AsyncGenerator<readonly HashedResource[], undefined> {
    let ahead = this.#prepare(0);
    for (let start = 0; start < this.#files.length; start += BATCH_FILE_COUNT) {
      const ready = await ahead;
      ahead = this.#prepare(start + BATCH_FILE_COUNT);
      yield* Map.groupBy(ready, ({ assetKey }) => assetKey).values();
    }
    return undefined;
  }

  async #prepare(start: number): Promise<readonly HashedResource[]> {
    const batch = this.#files.slice(start, start + BATCH_FILE_COUNT);
    const hashed = (await mapLimited(batch, PARALLEL_HASHES, (file) => this.#hash(file))).filter(
      (resource) => resource !== undefined,
    );
    if (hashed.length === 0) return [];
    const answers = await this.#check(hashed);
    return hashed.filter((resource, at) => !this.#settleIfHere(resource, answers?.[at]));
  }

  /** Undefined when the file cannot be sent; its result is then settled, or the run is stopping. */
  async #hash(file: ResourceFile): Promise<HashedResource | undefined> {
    if (this.#isEnding()) return undefined;
    try {
      const { mtimeMs } = await lstat(file.path);
      const { sha256, byteCount } = await hashFile(file.path, this.#signal);
      if (byteCount > 0) return { ...file, sha256, byteCount, modifiedAt: Math.trunc(mtimeMs) };
      this.#fail(file, { code: 'upload/empty-body', detail: 'The file is empty.' });
    } catch (error) {
      if (!this.#isEnding()) this.#fail(file, failureOfFile(error));
    }
    return undefined;
  }

  /** Undefined when there is no answer: the run is stopping then. */
  async #check(
    resources: readonly HashedResource[],
  ): Promise<CheckAnswer['resources'] | undefined> {
    const entries = resources.map(checkEntryOf);
    for (let failureCount = 1; ; failureCount += 1) {
      if (this.#isEnding()) return undefined;
      const outcome = await this.#parts.client.check(entries, this.#signal);
      if (outcome.kind === 'done') return outcome.value;
      const decision = decideRetry(outcome, failureCount);
      if (decision.act !== 'again') {
        this.#stop(failureOf(outcome));
        return undefined;
      }
      await this.#parts.pause(decision.afterMs, this.#signal);
      if (outcome.kind === 'network') await this.#waitUntilBack();
    }
  }

  async #send(resource: HashedResource): Promise<void> {
    let current: HashedResource | undefined = resource;
    for (let failureCount = 1; current !== undefined; failureCount += 1) {
      if (this.#isEnding()) return;
      const outcome = await this.#upload(current);
      if (outcome.kind === 'safe') {
        this.#lostInARow = 0;
        const { result, receiptId, assetId } = outcome;
        const { sha256 } = current;
        this.#settle({ state: result, file: resource, sha256, receiptId, assetId });
        return;
      }
      if (this.#isEnding()) return;
      const decision = decideRetry(outcome, failureCount);
      if (decision.act === 'stop') this.#stop(failureOf(outcome));
      else if (decision.act === 'give-up') this.#giveUp(resource, outcome);
      if (decision.act !== 'again') return;
      await this.#parts.pause(decision.afterMs, this.#signal);
      current = await this.#stillNeeded(current, outcome, decision.rehash);
    }
  }

  #upload(resource: HashedResource) {
    let sentByteCount = 0;
    return this.#parts.client.upload(resource, this.#signal, (byteCount) => {
      sentByteCount += byteCount;
      this.#parts.reporter.sent(resource, sentByteCount);
    });
  }

  /** Before another try: the answer that was lost may have been a success, and the file may be another by now. */
  async #stillNeeded(
    resource: HashedResource,
    outcome: UploadFailure,
    rehash: boolean,
  ): Promise<HashedResource | undefined> {
    if (outcome.kind === 'network' && !(await this.#waitUntilBack())) return undefined;
    const current = rehash ? await this.#hash(resource) : resource;
    if (current === undefined || outcome.kind !== 'network') return current;
    const answers = await this.#check([current]);
    return this.#settleIfHere(current, answers?.[0]) ? undefined : current;
  }

  async #waitUntilBack(): Promise<boolean> {
    const isBack = await this.#gate.waitUntilBack();
    if (!isBack && !this.#isEnding()) {
      this.#stop({ code: 'service/not-running', detail: 'Roost does not answer any more.' });
    }
    return isBack;
  }

  #settleIfHere(
    resource: HashedResource,
    answer: CheckAnswer['resources'][number] | undefined,
  ): boolean {
    // Without a receipt nothing proves it: then it is sent, and the answer of that decides.
    if (answer === undefined || answer.needed || answer.receiptId === undefined) return false;
    const { sha256 } = resource;
    const { receiptId, assetId } = answer;
    this.#settle({ state: 'here', file: resource, sha256, receiptId, assetId });
    return true;
  }

  #giveUp(file: ResourceFile, outcome: UploadFailure): void {
    this.#fail(file, failureOf(outcome));
    const isLost =
      outcome.kind === 'network' || (outcome.kind === 'refused' && outcome.retry === 'later');
    if (!isLost) return;
    this.#lostInARow += 1;
    if (this.#lostInARow >= MAX_LOST_IN_A_ROW) this.#stop(failureOf(outcome));
  }

  #fail(file: ResourceFile, failure: SendFailure): void {
    this.#settle({ state: 'failed', file, failure });
  }

  #settle(result: FileResult): void {
    this.#settledPaths.add(result.file.path);
    this.#counts[result.state] += 1;
    if (result.state === 'failed' && this.#failures.length < MAX_FAILURES_KEPT) {
      this.#failures.push(result);
    }
    if (result.state === 'stored') this.#storedByteCount += result.file.byteCount;
    this.#parts.reporter.settled(result);
  }

  #isEnding(): boolean {
    return this.#signal.aborted;
  }

  #stop(why: SendFailure): void {
    this.#stopped ??= why;
    this.#stopping.abort();
  }
}

/** Resources of an asset stand together, in PhotoKit's order of types. */
function byAsset(a: ResourceFile, b: ResourceFile): number {
  if (a.assetKey !== b.assetKey) return a.assetKey < b.assetKey ? -1 : 1;
  return typeOrder(a.resourceType) - typeOrder(b.resourceType);
}

function typeOrder(type: string): number {
  return isKnownResourceType(type) ? RESOURCE_TYPES[type] : Number.MAX_SAFE_INTEGER;
}
