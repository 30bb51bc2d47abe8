import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { chooseCaptureTime, type OffsetAt } from '../assets/choose-capture-time.ts';
import { extensionOf } from '../assets/media-extension.ts';
import { originalPlace } from '../assets/original-place.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { assetOfKey, firstReceiptsOfAsset, isPathFree } from '../catalog/receipt-queries.ts';
import type { JobTracker, JobUpload } from '../jobs/job-tracker.ts';
import type { Library } from '../library/open-library.ts';
import { storageError } from '../library/storage-error.ts';

import type { IncomingResource, ResourceAnnouncement, StoredOutcome } from './incoming-resource.ts';
import { KeyedLock } from './keyed-lock.ts';
import { placeResource } from './place-resource.ts';
import { recogniseHash, recogniseRepeat, type OnReread } from './recognise.ts';
import { StagedFile, type StagedBytes } from './staged-file.ts';

/** What the decoder read from a file's own header; absent when it could not or took too long. */
export interface SeenHeader {
  readonly mediaType: string;
  readonly kind: 'photo' | 'video' | 'file';
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly capturedAt?: Parameters<typeof chooseCaptureTime>[0]['capturedAt'];
  readonly utcCreatedAt?: number | undefined;
}

export interface IngestParts {
  readonly library: Library;
  readonly catalog: CatalogReader;
  readonly ledger: Ledger;
  readonly jobs: JobTracker;
  readonly clock: Clock;
  /** Reads a file's own header, bounded in time; never throws. */
  readonly readHeader: (path: string) => Promise<SeenHeader | undefined>;
  /** Bytes of the disk that uploads leave free. */
  readonly reservedFreeByteCount: () => number;
  /** Hears of every change of what is here, after it is durable. */
  readonly onRecorded: (receipt: Receipt, header: SeenHeader | undefined) => void;
  readonly onLinked: (receipt: Receipt) => void;
  /** Hears what re-reading a file for which bytes came again found. */
  readonly onReread?: OnReread;
  readonly offsetAt?: OffsetAt;
  readonly log?: Logger;
}

/**
 * The way of a photo: arrive, land, prove, recognise, place, record. The only code that writes originals.
 * A success is given only after the bytes are on disk, hashed and in the journal.
 */
export class Ingest {
  readonly #parts: IngestParts;
  readonly #locks = new KeyedLock();
  readonly #running = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();
  #closing = false;

  constructor(parts: IngestParts) {
    this.#parts = parts;
  }

  /**
   * Answers a repeat before its body is read, where the announcement alone proves it is one.
   * @throws RoostError `service/stopping` or `library/missing`.
   */
  recogniseEarly(announced: ResourceAnnouncement): Promise<StoredOutcome | undefined> {
    return this.#track(() => this.#recogniseEarly(announced), announced);
  }

  async #recogniseEarly(announced: ResourceAnnouncement): Promise<StoredOutcome | undefined> {
    const { library, catalog, jobs } = this.#parts;
    // Receipts hold no SHA-512: what a device vouches for by that alone is proven by its bytes.
    const { sha256, sha512 } = announced.digests;
    if (sha256 === undefined && sha512 !== undefined) return undefined;
    const receipt = await recogniseRepeat(library, catalog, {
      ...announced,
      sha256,
      byteCount: announced.expectedByteCount,
      modifiedAt: announced.told.modifiedAt,
    });
    if (!receipt) return undefined;
    const assetId = this.#assetFor(announced) ?? receipt.assetId;
    jobs.noteRepeat(receipt, subjectOf(announced), assetId);
    return { result: 'repeated', receipt, assetId };
  }

  /**
   * Resolves when uploads can be taken right now.
   * @throws RoostError `service/stopping` or `library/missing`: then nothing true can be said of what is here.
   */
  ready(): Promise<void> {
    return this.#track(() => Promise.resolve());
  }

  /** The receipt that makes sending a resource needless, by hash or by length and modification time. */
  async find(asked: Parameters<typeof recogniseRepeat>[2]): Promise<Receipt | undefined> {
    const { library, catalog } = this.#parts;
    return recogniseRepeat(library, catalog, asked);
  }

  /**
   * Receives one resource. `onWanted` is called when everything but the bytes themselves has been agreed to.
   * @throws RoostError with the reason; then nothing was kept and the job says why.
   */
  receive(incoming: IncomingResource, onWanted?: () => void): Promise<StoredOutcome> {
    // A body may break off before anyone reads it, and an error that nobody hears ends the whole service. Who
    // reads it is told in any case.
    incoming.body.on('error', () => undefined);
    return this.#track(() => this.#receiveAsJob(incoming, onWanted), incoming);
  }

  async #receiveAsJob(
    incoming: IncomingResource,
    onWanted: (() => void) | undefined,
  ): Promise<StoredOutcome> {
    const job = this.#parts.jobs.begin(subjectOf(incoming));
    try {
      const outcome = await this.#receive(incoming, job, onWanted);
      job.safe(outcome.result, outcome.receipt, outcome.assetId);
      return outcome;
    } catch (error) {
      const known =
        error instanceof RoostError
          ? error
          : new RoostError('service/failed', undefined, { cause: error });
      job.broken(known);
      throw known;
    }
  }

  /** Takes no more uploads, lets running ones finish for a while, then breaks them off. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    const timer = setTimeout(() => this.#stop.abort(new RoostError('service/stopping')), graceMs);
    await Promise.allSettled(this.#running);
    clearTimeout(timer);
  }

  /** Runs work that `close` waits for, when the library is there; else the job of what was asked for says so. */
  async #track<Result>(
    work: () => Promise<Result>,
    announced?: ResourceAnnouncement,
  ): Promise<Result> {
    if (this.#closing) throw new RoostError('service/stopping');
    const running = this.#parts.library.isPresent().then((isPresent) => {
      if (this.#closing) throw new RoostError('service/stopping');
      if (isPresent) return work();
      const missing = new RoostError('library/missing');
      if (announced) this.#parts.jobs.begin(subjectOf(announced)).broken(missing);
      throw missing;
    });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #receive(
    incoming: IncomingResource,
    job: JobUpload,
    onWanted: (() => void) | undefined,
  ): Promise<StoredOutcome> {
    const { library } = this.#parts;
    if (incoming.expectedByteCount === 0) throw new RoostError('upload/empty-body');
    await this.#checkSpace(incoming.expectedByteCount ?? 0);
    await using staged = await StagedFile.create(
      library.files,
      library.layout.stagingFolder,
      randomUUID(),
    );
    onWanted?.();
    const bytes = await this.#land(incoming, staged, job);
    job.proving();
    prove(incoming, bytes);
    using locks = new DisposableStack();
    locks.use(await this.#locks.acquire(`asset ${incoming.deviceId} ${incoming.assetKey}`));
    locks.use(await this.#locks.acquire(`bytes ${bytes.sha256}`));
    return (
      (await this.#recognise(incoming, bytes, job)) ??
      (await this.#store(incoming, staged, bytes, job))
    );
  }

  async #land(
    incoming: IncomingResource,
    staged: StagedFile,
    job: JobUpload,
  ): Promise<StagedBytes> {
    const { signal } = this.#stop;
    signal.throwIfAborted();
    const stop = (): void => {
      incoming.body.destroy(signal.reason as Error);
    };
    signal.addEventListener('abort', stop);
    try {
      return await staged.receive(incoming.body, {
        withSha512: incoming.digests.sha512 !== undefined,
        maxByteCount: incoming.expectedByteCount ?? Infinity,
        onProgress: (byteCount) => job.received(byteCount),
        checkSpace: () => this.#checkSpace(0),
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #recognise(
    incoming: IncomingResource,
    bytes: StagedBytes,
    job: JobUpload,
  ): Promise<StoredOutcome | undefined> {
    const { library, catalog, ledger, clock, onLinked, onReread } = this.#parts;
    const known = await recogniseHash(library, catalog, incoming, bytes.sha256, onReread);
    if (!known) return undefined;
    const { receipt } = known;
    const assetId = this.#assetFor(incoming) ?? assetOfDuplicate(incoming, receipt);
    if (known.result === 'duplicate') {
      await ledger.record({
        entry: 'link',
        linkId: randomUUID(),
        linkedAt: clock.now(),
        receiptId: receipt.receiptId,
        assetId,
        deviceId: incoming.deviceId,
        assetKey: incoming.assetKey,
        resourceType: incoming.resourceType,
        told: incoming.told,
        jobId: job.jobId,
        startedAt: job.startedAt,
      });
      this.#tell(() => onLinked(receipt));
    }
    return { result: known.result, receipt, assetId };
  }

  async #store(
    incoming: IncomingResource,
    staged: StagedFile,
    bytes: StagedBytes,
    job: JobUpload,
  ): Promise<StoredOutcome> {
    const { library, catalog, ledger, clock, readHeader, onRecorded, offsetAt } = this.#parts;
    const header = await readHeader(staged.path);
    const captureTime = chooseCaptureTime(header ?? {}, incoming.told, clock.now(), offsetAt);
    const known = this.#assetFor(incoming);
    const place = originalPlace({
      deviceFolder: incoming.deviceFolder,
      resourceType: incoming.resourceType,
      fileName: incoming.told.fileName,
      captureTime,
      extension: extensionOf(header?.mediaType ?? incoming.told.contentType),
      siblings: known === undefined ? [] : firstReceiptsOfAsset(catalog, known),
    });
    const draft = {
      assetId: known ?? randomUUID(),
      deviceId: incoming.deviceId,
      assetKey: incoming.assetKey,
      resourceType: incoming.resourceType,
      captureTime,
      told: incoming.told,
      jobId: job.jobId,
      startedAt: job.startedAt,
    };
    const receipt = await placeResource(library, staged, bytes, draft, place, {
      mayUsePath: (path) => isPathFree(catalog, path, bytes.sha256),
      record: async (placed) => {
        const durable = { ...placed, storedAt: clock.now() };
        await ledger.record({ entry: 'receipt', ...durable });
        return durable;
      },
    });
    this.#tell(() => onRecorded(receipt, header));
    return { result: 'stored', receipt, assetId: receipt.assetId };
  }

  /** Lets others know of what is durable already: whatever they make of it, the upload ended well. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#parts.log?.error({ err: error }, 'a stored resource could not be shown yet');
    }
  }

  #assetFor(announced: ResourceAnnouncement): string | undefined {
    return assetOfKey(this.#parts.catalog, announced.deviceId, announced.assetKey);
  }

  /** @throws RoostError `library/disk-full` when that many more bytes would not fit. */
  async #checkSpace(byteCount: number): Promise<void> {
    const { library, reservedFreeByteCount } = this.#parts;
    let free: number;
    try {
      free = await library.files.freeByteCount(library.layout.folder);
    } catch (error) {
      throw storageError(error);
    }
    if (free - byteCount < reservedFreeByteCount()) throw new RoostError('library/disk-full');
  }
}

function prove(incoming: IncomingResource, bytes: StagedBytes): void {
  if (bytes.byteCount === 0) throw new RoostError('upload/empty-body');
  const { expectedByteCount, digests } = incoming;
  if (expectedByteCount !== undefined && expectedByteCount !== bytes.byteCount) {
    throw new RoostError(
      'upload/length-mismatch',
      `${bytes.byteCount} bytes arrived instead of ${expectedByteCount}.`,
    );
  }
  const wrongSha256 = digests.sha256 !== undefined && digests.sha256 !== bytes.sha256;
  const wrongSha512 = digests.sha512 !== undefined && digests.sha512 !== bytes.sha512;
  if (wrongSha256 || wrongSha512) throw new RoostError('upload/digest-mismatch');
}

function subjectOf(announced: ResourceAnnouncement): Parameters<JobTracker['begin']>[0] {
  return {
    deviceId: announced.deviceId,
    assetKey: announced.assetKey,
    resourceType: announced.resourceType,
    fileName: announced.told.fileName ?? '',
    expectedByteCount: announced.expectedByteCount,
  };
}

/**
 * The asset of a key whose first resource is here already. Only the picture itself says that it is the same asset:
 * an edit recipe or the movie half may be alike in two, whose photos would then count as versions of one another.
 * Else the key gets an asset of its own, which is seen once something is stored for it. A key that shares an
 * asset and later sends another picture adds a version to it: the newest is shown, the others stay.
 */
function assetOfDuplicate(incoming: IncomingResource, receipt: Receipt): string {
  const { resourceType: type } = incoming;
  const isPicture = type === 'photo' || type === 'video';
  return isPicture && type === receipt.resourceType ? receipt.assetId : randomUUID();
}
