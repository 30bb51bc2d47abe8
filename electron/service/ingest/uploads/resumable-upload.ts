import type { Readable } from 'node:stream';

import { RoostError } from '../../../../shared/error-catalogue.ts';
import { storageError } from '../../library/storage-error.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../incoming-resource.ts';
import type { StagedFile } from '../staged-file.ts';

import { agreedLength, endedShort } from './agreed-length.ts';
import {
  endAgain,
  OffsetMismatchError,
  type AppendEvents,
  type AppendRequest,
  type AppendResult,
  type UploadProgress,
} from './append-request.ts';
import { Checkpoints } from './checkpoints.ts';
import { PartProof } from './part-proof.ts';
import { pauseReason } from './pause-reason.ts';
import { Turns } from './turns.ts';
import { announcedBy, type OpenedLine } from './upload-log.ts';
import { UploadNotes } from './upload-notes.ts';
import type { ResumableUploadParts, UploadRemains } from './upload-parts.ts';

/**
 * One upload that may take several requests. At any time at most one of them adds bytes; a new request ends the
 * one before it (draft-ietf-httpbis-resumable-upload, "Concurrency"), since a phone that comes back knows better
 * than a connection that has gone silent. See [Note: What an upload costs on disk].
 */
export class ResumableUpload {
  readonly opened: OpenedLine;
  readonly announced: ResourceAnnouncement;
  readonly #parts: ResumableUploadParts;
  readonly #turns = new Turns();
  #staged: StagedFile | undefined;
  readonly #notes: UploadNotes;
  /** Length of a file that is stored. */
  #storedByteCount = 0;
  #length: number | undefined;
  #lastUsedAt: number;
  #outcome: StoredOutcome | undefined;
  /** All of it came, and the device said so: only the end of its way may be missing. */
  #isWhole: boolean;
  #isGone = false;
  /** The body that is being received. */
  #body: Readable | undefined;

  constructor(opened: OpenedLine, parts: ResumableUploadParts, remains?: UploadRemains) {
    this.opened = opened;
    this.announced = announcedBy(opened);
    this.#parts = parts;
    this.#notes = new UploadNotes(opened, parts.log, parts.clock, remains?.checkpoint);
    this.#storedByteCount = remains?.outcome?.receipt.byteCount ?? 0;
    this.#length = remains?.length;
    this.#lastUsedAt = remains?.lastUsedAt ?? opened.startedAt;
    this.#outcome = remains?.outcome;
    this.#isWhole = remains?.checkpoint?.isWhole ?? false;
  }

  get uploadId(): string {
    return this.opened.uploadId;
  }

  get isFinished(): boolean {
    return this.#outcome !== undefined;
  }

  get expiresAt(): number {
    const { lifetimeMs, finishedLifetimeMs } = this.#parts;
    return this.#lastUsedAt + (this.#outcome ? finishedLifetimeMs : lifetimeMs);
  }

  /** It is over and nobody can go on with it. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Bytes that a device may count on. */
  get durableByteCount(): number {
    return this.#outcome ? this.#storedByteCount : (this.#notes.checkpoint?.byteCount ?? 0);
  }

  /** Whether no request works on it now. */
  get isIdle(): boolean {
    return this.#turns.isFree;
  }

  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  /** Bytes it holds in staging. */
  get stagedByteCount(): number {
    return this.#outcome ? 0 : this.#byteCount;
  }

  get #isAtItsEnd(): boolean {
    return this.#isWhole || (this.opened.endsAtLength && this.#byteCount === this.#length);
  }

  get #byteCount(): number {
    return this.#staged?.byteCount ?? this.durableByteCount;
  }

  /**
   * How far the upload came. Ends a request that still runs on it; waits for one that is being stored.
   * @throws RoostError `upload/not-found`, or of the library when it cannot be made durable.
   */
  async progress(): Promise<UploadProgress> {
    await using _turn = await this.#takeTurn();
    this.#requireHere();
    // Who hears that all bytes are here may take that for the end: so it must be the end.
    if (!this.#outcome && this.#isAtItsEnd) await this.#finish(await this.#stagedFile());
    if (!this.#outcome) await this.#keep();
    const { expiresAt } = this;
    return { byteCount: this.#byteCount, length: this.#length, expiresAt, outcome: this.#outcome };
  }

  /**
   * Adds the body of a request. Resolves when what it added is durable, or the whole file is stored.
   * @throws RoostError with the reason: what then became of the upload, `progress` tells.
   */
  async append(request: AppendRequest, events: AppendEvents = {}): Promise<AppendResult> {
    await using turn = await this.#takeTurn();
    this.#requireHere();
    if (!turn.isNewest) throw new RoostError('upload/superseded');
    try {
      if (this.#outcome) return endAgain(request, this.#byteCount, this.#outcome);
      const staged = await this.#agree(request);
      await this.#receive(staged, request, events);
      return await this.#endRequest(staged, request);
    } finally {
      // A request may take hours: it is waited for the next one from its end.
      this.#lastUsedAt = this.#parts.clock.now();
    }
  }

  /** Ends an upload whose first request came to nothing before it got here: nobody knows its address. */
  async endUnbegun(reason: RoostError): Promise<void> {
    const isBegun = this.#staged ?? this.#notes.checkpoint ?? this.#outcome;
    if (isBegun === undefined && this.isIdle) await this.letGo(reason);
  }

  /** Ends the upload before its first byte: what it announced is here. */
  foundHere(outcome: StoredOutcome): { readonly byteCount: number } {
    const { byteCount } = outcome.receipt;
    this.#outcome = outcome;
    this.#length = byteCount;
    this.#storedByteCount = byteCount;
    this.#parts.job.safe(outcome.result, outcome.receipt, outcome.assetId);
    return { byteCount };
  }

  /** Ends the upload for good; what is stored already stays. @throws RoostError `upload/not-found`. */
  async cancel(): Promise<void> {
    await using _turn = await this.#takeTurn();
    this.#requireHere();
    await this.letGo(new RoostError('upload/cancelled'));
  }

  /** Forgets the upload and removes what arrived; its job tells the reason. */
  async letGo(reason: RoostError): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#parts.onGone();
    if (!this.#outcome) this.#parts.job.broken(reason);
    // The log first: bytes without one are cleared at the next start, and nobody goes on with them.
    await this.#notes.remove();
    if (this.#staged) await this.#staged[Symbol.asyncDispose]();
    else await this.#parts.discard().catch(() => undefined);
  }

  /** Lets go of open files; a later run goes on with what is durable. */
  async release(reason: RoostError): Promise<void> {
    this.#isGone = true;
    if (this.#parts.job.isRunning) this.#parts.job.paused(reason);
    await this.#staged?.stopReading();
    await this.#staged?.release();
    await this.#notes.close();
  }

  /** Ends the request that is being received, if there is one. */
  interrupt(reason: RoostError): void {
    this.#body?.destroy(reason);
  }

  /** Ends all work that takes time. */
  async stop(reason: RoostError): Promise<void> {
    this.interrupt(reason);
    await this.#staged?.stopReading();
  }

  async #takeTurn(): ReturnType<Turns['take']> {
    this.interrupt(new RoostError('upload/superseded'));
    return await this.#turns.take();
  }

  #requireHere(): void {
    if (this.#isGone) throw new RoostError('upload/not-found');
  }

  /** Agrees to a request, or refuses it before its body is read. */
  async #agree(request: AppendRequest): Promise<StagedFile> {
    const { offset, contentLength = 0 } = request;
    try {
      if (offset !== this.#byteCount) throw new OffsetMismatchError(this.#byteCount, offset);
      const length = agreedLength(this.#length, request);
      const expected = length ?? offset + contentLength;
      if (expected > this.#parts.maxByteCount) throw new RoostError('upload/too-large');
      await this.#parts.checkSpace(expected - offset);
      const staged = await this.#stagedFile();
      this.#length = length;
      return staged;
    } catch (error) {
      const known = storageError(error);
      // Nobody knows the address of an upload whose first request is refused.
      if (!this.#notes.checkpoint && !this.#isGone) await this.letGo(known);
      else if (known.code === 'library/disk-full') this.#parts.job.paused(known);
      throw known;
    }
  }

  async #stagedFile(): Promise<StagedFile> {
    try {
      this.#staged ??= await this.#parts.stage(this.#notes.checkpoint);
      return this.#staged;
    } catch (error) {
      const known = storageError(error);
      if (known.code === 'upload/not-found') await this.letGo(known);
      throw known;
    }
  }

  async #receive(
    staged: StagedFile,
    request: AppendRequest,
    { onWanted, onDurable }: AppendEvents,
  ): Promise<void> {
    const { job, checkSpace, stopSignal } = this.#parts;
    const { body } = request;
    let proof: PartProof | undefined;
    const checkpoints = new Checkpoints(this.durableByteCount, async () => {
      await this.#note(staged);
      onDurable?.(this.durableByteCount);
    });
    job.resumed(staged.byteCount);
    this.#body = body;
    try {
      onWanted?.();
      // A newer request may have come while this one was being agreed to.
      if (!this.#turns.isLast) throw new RoostError('upload/superseded');
      stopSignal.throwIfAborted();
      proof = await PartProof.begin(staged, request.partDigest);
      await staged.receive(body, {
        onChunk: (chunk) => proof?.take(chunk),
        maxByteCount: (this.#length ?? this.#parts.maxByteCount) - request.offset,
        ownsChunks: request.ownsChunks,
        onProgress: (byteCount) => job.received(byteCount),
        checkSpace: () => checkSpace(0),
        // What is not proven yet must not be told as kept.
        ...(!proof && { onWritten: () => checkpoints.consider(staged.byteCount) }),
      });
      proof?.conclude();
    } catch (error) {
      this.#body = undefined;
      await checkpoints.ended();
      proof?.undo();
      throw await this.#afterBreak(storageError(error));
    }
    this.#body = undefined;
    await checkpoints.ended();
  }

  /** Keeps what came of a request that broke off, where it is worth keeping. */
  async #afterBreak(error: RoostError): Promise<RoostError> {
    const { job } = this.#parts;
    if (error.code === 'upload/length-mismatch') {
      const reason = new RoostError('upload/inconsistent-length', error.message);
      await this.letGo(reason);
      return reason;
    }
    try {
      await this.#keep();
    } catch (cause) {
      return storageError(cause);
    }
    job.paused(pauseReason(error));
    return error;
  }

  async #endRequest(staged: StagedFile, request: AppendRequest): Promise<AppendResult> {
    const { job } = this.#parts;
    const { byteCount } = staged;
    const isAtLength = byteCount === this.#length;
    if (request.endsFile || (request.endsAtLength && isAtLength)) {
      if (this.#length === undefined || isAtLength) {
        await this.#prove(staged, request.wholeSha256);
        return this.#finish(staged);
      }
      throw await this.#afterBreak(endedShort(this.#length, byteCount));
    }
    await this.#keep();
    job.paused(new RoostError('upload/paused'), { isAsAgreed: true });
    return { kind: 'open', byteCount };
  }

  /** Before it counts as whole: whoever asked for its end later would not have to prove it. */
  async #prove(staged: StagedFile, sha256: string | undefined): Promise<void> {
    try {
      if (sha256 === undefined || sha256 === (await staged.digests()).sha256) return;
      throw new RoostError('upload/digest-mismatch');
    } catch (error) {
      throw await this.#afterFailedFinish(error);
    }
  }

  async #finish(staged: StagedFile): Promise<AppendResult> {
    const { job, settle } = this.#parts;
    const { byteCount } = staged;
    // From here on nothing may be added: the file may come to stand in the library under this very inode.
    this.#length = byteCount;
    this.#isWhole = true;
    job.resumed(byteCount);
    try {
      if (this.#notes.checkpoint) await this.#note(staged);
      job.proving();
      const outcome = await settle(this.announced, staged, await staged.digests(), job);
      this.#outcome = outcome;
      this.#storedByteCount = byteCount;
      await this.#notes.noteFinish(outcome, byteCount);
      // The receipt is journaled: the name in staging is not needed any more.
      this.#staged = undefined;
      await staged[Symbol.asyncDispose]();
      job.safe(outcome.result, outcome.receipt, outcome.assetId);
      return { kind: 'finished', byteCount, outcome };
    } catch (error) {
      throw await this.#afterFailedFinish(error);
    } finally {
      if (this.#outcome) await this.#notes.close();
    }
  }

  /** Where the reason passes by itself all that arrived waits for the device to ask for the end again. */
  async #afterFailedFinish(error: unknown): Promise<RoostError> {
    const known =
      error instanceof RoostError
        ? error
        : new RoostError('service/failed', undefined, { cause: error });
    const mayPass = known.facts.closesUpload === true || known.code === 'library/disk-full';
    if (mayPass) {
      await this.#keep().then(
        () => this.#parts.job.paused(known),
        () => undefined,
      );
    } else await this.letGo(known);
    return known;
  }

  /** Makes what is here durable. Where that fails, what was durable before counts. @throws RoostError of the library. */
  async #keep(): Promise<void> {
    try {
      const staged = await this.#stagedFile();
      if (staged.doubt) throw staged.doubt;
      await this.#note(staged);
      await staged.release();
      await this.#notes.close();
    } catch (error) {
      const known = storageError(error);
      if (!this.#isGone) await this.#giveUp(known);
      throw known;
    }
  }

  #note(staged: StagedFile): Promise<void> {
    return this.#notes.note(staged, { length: this.#length, isWhole: this.#isWhole });
  }

  /**
   * What cannot be made durable cannot be promised: the upload goes back to its last checkpoint, from which its
   * file is read again. When the drive is back the next run finds it there too.
   */
  async #giveUp(reason: RoostError): Promise<void> {
    const { checkpoint } = this.#notes;
    if (!checkpoint) {
      await this.letGo(reason);
      return;
    }
    if (reason.code === 'library/missing') {
      await this.release(reason);
      this.#parts.job.paused(reason);
      this.#parts.onGone();
      return;
    }
    void this.#staged?.stopReading();
    await this.#staged?.release();
    this.#staged = undefined;
    this.#isWhole = checkpoint.isWhole;
    this.#parts.job.paused(reason);
  }
}
