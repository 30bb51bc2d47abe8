import { randomUUID } from 'node:crypto';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { assetOfKey, receiptById } from '../catalog/receipt-queries.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { JobUpload } from '../jobs/job-upload.ts';
import { storageError } from '../library/storage-error.ts';

import {
  extraDigests,
  subjectOf,
  type IncomingResource,
  type ResourceAnnouncement,
  type StoredOutcome,
} from './incoming-resource.ts';
import { recogniseRepeat, recogniseSha1 } from './recognise.ts';
import { ResourceSettler, type SettleParts } from './settle-resource.ts';
import { StagedFile } from './staged-file.ts';
import type {
  AppendEvents,
  AppendRequest,
  AppendResult,
  UploadProgress,
} from './uploads/append-request.ts';
import { Checkpoints } from './uploads/checkpoints.ts';
import { OpenUploads, type UploadLimits, type UploadOrigin } from './uploads/open-uploads.ts';
import type { ResumableUpload } from './uploads/resumable-upload.ts';

/** Longest resource that is taken: a tebibyte. */
export const MAX_RESOURCE_BYTES = 1024 ** 4;

/** How often it is looked for uploads that waited too long. */
const SWEEP_EVERY_MS = 10 * 60_000;

export interface IngestParts extends SettleParts {
  readonly jobs: JobTracker;
  /** Bytes of the disk that uploads leave free. */
  readonly reservedFreeByteCount: () => number;
  readonly uploadLimits?: UploadLimits;
}

/**
 * The way of a photo: arrive, land, prove, recognise, place, record. The only code that writes originals.
 * A success is given only after the bytes are on disk, hashed and in the journal.
 */
export class Ingest {
  readonly #parts: IngestParts;
  readonly #settler: ResourceSettler;
  readonly #uploads: OpenUploads;
  readonly #running = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();
  readonly #sweeping: NodeJS.Timeout;
  /** Why no more uploads are taken. */
  #closing: RoostError | undefined;

  constructor(parts: IngestParts) {
    this.#parts = parts;
    this.#settler = new ResourceSettler(parts);
    this.#uploads = new OpenUploads({
      library: parts.library,
      jobs: parts.jobs,
      clock: parts.clock,
      settle: (...settled) => this.#settler.settle(...settled),
      maxByteCount: MAX_RESOURCE_BYTES,
      receiptById: (receiptId) => receiptById(parts.catalog, receiptId),
      checkSpace: (byteCount) => this.#checkSpace(byteCount),
      stopSignal: this.#stop.signal,
      log: parts.log,
      ...(parts.uploadLimits && { limits: parts.uploadLimits }),
    });
    this.#sweeping = setInterval(() => {
      void this.sweep();
    }, SWEEP_EVERY_MS);
    this.#sweeping.unref();
  }

  /**
   * Brings back the uploads that earlier runs left unfinished. Once, before any upload.
   * @throws RoostError of the library.
   */
  async resume(): Promise<void> {
    try {
      await this.#uploads.load();
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Answers a repeat before its body is read, where the announcement alone proves it is one.
   * @param isNoted whether the history gets an upload of its own for it
   * @throws RoostError `service/stopping` or `library/missing`.
   */
  recogniseEarly(
    announced: ResourceAnnouncement,
    isNoted = true,
  ): Promise<StoredOutcome | undefined> {
    return this.#track(() => this.#recogniseEarly(announced, isNoted), announced);
  }

  async #recogniseEarly(
    announced: ResourceAnnouncement,
    isNoted: boolean,
  ): Promise<StoredOutcome | undefined> {
    const { library, catalog, jobs } = this.#parts;
    // What a device vouches for by another digest alone is proven by its bytes.
    const { sha1, sha256, sha512 } = announced.digests;
    if (sha256 === undefined && (sha1 ?? sha512) !== undefined) return undefined;
    const { told, repeatNeeds } = announced;
    const isTold = repeatNeeds !== 'file-name' || told.fileName !== undefined;
    if (sha256 === undefined && (repeatNeeds === 'bytes' || !isTold)) return undefined;
    const receipt = await recogniseRepeat(library, catalog, {
      ...announced,
      sha256,
      byteCount: announced.expectedByteCount,
      modifiedAt: told.modifiedAt,
      fileName: repeatNeeds === 'file-name' ? told.fileName : undefined,
    });
    if (!receipt) return undefined;
    const { deviceId, assetKey } = announced;
    const assetId = assetOfKey(catalog, deviceId, assetKey) ?? receipt.assetId;
    if (isNoted) jobs.noteRepeat(receipt, subjectOf(announced), assetId);
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

  /** A receipt of bytes with this SHA-1 that a device sent itself, and whose file stands. */
  findBySha1(deviceId: string, sha1: string): Promise<Receipt | undefined> {
    const { library, catalog } = this.#parts;
    return recogniseSha1(library, catalog, deviceId, sha1);
  }

  /**
   * Receives one resource in one request. `onWanted` is called when everything but the bytes themselves has been
   * agreed to.
   * @throws RoostError with the reason; then nothing was kept and the job says why.
   */
  receive(incoming: IncomingResource, onWanted?: () => void): Promise<StoredOutcome> {
    heedErrorsOf(incoming.body);
    return this.#track(() => this.#receiveAsJob(incoming, onWanted), incoming);
  }

  /** Begins an upload that may take several requests. @throws RoostError like `ready`. */
  beginUpload(announced: ResourceAnnouncement, origin: UploadOrigin): Promise<ResumableUpload> {
    return this.#track(() => this.#uploads.begin(announced, origin), announced);
  }

  /** A device's own upload. @throws RoostError `upload/not-found`, or like `ready`. */
  findUpload(uploadId: string, deviceId: string): Promise<ResumableUpload> {
    return this.#track(async () => {
      const upload = await this.#uploads.find(uploadId, deviceId);
      if (!upload) throw new RoostError('upload/not-found');
      return upload;
    });
  }

  /** @throws RoostError with the reason; `upload.progress` tells what became of the upload. */
  async append(
    upload: ResumableUpload,
    request: AppendRequest,
    events?: AppendEvents,
  ): Promise<AppendResult> {
    heedErrorsOf(request.body);
    try {
      return await this.#track(() => upload.append(request, events));
    } catch (error) {
      await upload.endUnbegun(storageError(error));
      throw error;
    }
  }

  /** How far an upload came, durably. @throws RoostError `upload/not-found`, or of the library. */
  progressOf(upload: ResumableUpload): Promise<UploadProgress> {
    return this.#track(() => upload.progress());
  }

  /** Ends an unfinished upload, or forgets a finished one. @throws RoostError `upload/not-found`. */
  cancel(upload: ResumableUpload): Promise<void> {
    return this.#track(() => upload.cancel());
  }

  /** Lets go of the uploads that waited too long. By itself every now and then. */
  async sweep(): Promise<void> {
    await this.#track(() => this.#uploads.sweep(this.#parts.clock.now())).catch(() => undefined);
  }

  /** Takes no more uploads, lets running ones finish for a while, then breaks them off with `reason`. */
  async close(graceMs: number, reason = new RoostError('service/stopping')): Promise<void> {
    this.#closing = reason;
    clearInterval(this.#sweeping);
    const stop = (): void => {
      this.#stop.abort(reason);
      void this.#uploads.stop(reason);
    };
    const timer = setTimeout(stop, graceMs);
    await Promise.allSettled(this.#running);
    clearTimeout(timer);
    await this.#uploads.close(reason);
  }

  /** Runs work that `close` waits for, when the library is there; else the job of what was asked for says so. */
  async #track<Result>(
    work: () => Promise<Result>,
    announced?: ResourceAnnouncement,
  ): Promise<Result> {
    if (this.#closing) throw this.#closing;
    const running = this.#parts.library.isPresent().then((isPresent) => {
      if (this.#closing) throw this.#closing;
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

  async #receive(
    incoming: IncomingResource,
    job: JobUpload,
    onWanted: (() => void) | undefined,
  ): Promise<StoredOutcome> {
    const { files, layout } = this.#parts.library;
    if (incoming.expectedByteCount === 0) throw new RoostError('upload/empty-body');
    await this.#checkSpace(incoming.expectedByteCount ?? 0);
    await using staged = await StagedFile.create(
      files,
      layout.stagingFolder,
      randomUUID(),
      extraDigests(incoming),
    );
    onWanted?.();
    await this.#land(incoming, staged, job);
    job.proving();
    const bytes = await staged.digests();
    const late = await incoming.finish?.(bytes);
    return await this.#settler.settle({ ...incoming, ...late }, staged, bytes, job);
  }

  async #land(incoming: IncomingResource, staged: StagedFile, job: JobUpload): Promise<void> {
    const { signal } = this.#stop;
    signal.throwIfAborted();
    const stop = (): void => {
      incoming.body.destroy(signal.reason as Error);
    };
    signal.addEventListener('abort', stop);
    // The disk takes a long video while it arrives: else all of it waits in memory for the sync at its end.
    const syncs = new Checkpoints(0, async () => {
      await staged.checkpoint();
    });
    try {
      await staged.receive(incoming.body, {
        maxByteCount: incoming.expectedByteCount ?? MAX_RESOURCE_BYTES,
        ownsChunks: incoming.ownsChunks,
        onWritten: () => syncs.consider(staged.byteCount),
        onProgress: (byteCount) => job.received(byteCount),
        checkSpace: () => this.#checkSpace(0),
      });
    } finally {
      signal.removeEventListener('abort', stop);
      await syncs.ended();
    }
  }

  /**
   * Unfinished uploads that wait for their devices make room for one that is here.
   * @throws RoostError `library/disk-full` when that many more bytes would not fit.
   */
  async #checkSpace(byteCount: number): Promise<void> {
    const missing = await this.#missingByteCount(byteCount);
    if (missing <= 0) return;
    const hasMadeRoom = await this.#uploads.makeRoom(missing);
    if (!hasMadeRoom || (await this.#missingByteCount(byteCount)) > 0) {
      throw new RoostError('library/disk-full');
    }
  }

  async #missingByteCount(byteCount: number): Promise<number> {
    const { library, reservedFreeByteCount } = this.#parts;
    try {
      const free = await library.files.freeByteCount(library.layout.folder);
      return reservedFreeByteCount() + byteCount - free;
    } catch (error) {
      throw storageError(error);
    }
  }
}

/**
 * A body may break off before anyone reads it, and an error that nobody hears ends the whole service. Who reads it
 * is told in any case.
 */
function heedErrorsOf(body: IncomingResource['body']): void {
  body.on('error', () => undefined);
}
