import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import type { Logger } from 'pino';

import type { Clock } from '../../../../shared/clock.ts';
import { RoostError } from '../../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../../shared/receipt.ts';
import type { JobTracker } from '../../jobs/job-tracker.ts';
import type { JobUpload } from '../../jobs/job-upload.ts';
import { uploadIdOfLog } from '../../library/library-layout.ts';
import type { Library } from '../../library/open-library.ts';
import { isCode } from '../../library/file-system.ts';
import { removeFile } from '../../library/place-file.ts';
import { storageError } from '../../library/storage-error.ts';
import { extraDigests, subjectOf, type ResourceAnnouncement } from '../incoming-resource.ts';
import { StagedFile } from '../staged-file.ts';

import { ResumableUpload } from './resumable-upload.ts';
import type { ResumableUploadParts } from './upload-parts.ts';
import { announcedBy, readUploadLog, UploadLog, type StoredUpload } from './upload-log.ts';

/** How much unfinished and lately finished uploads may hold. */
export interface UploadLimits {
  /** Unfinished uploads of one device, and of all together. */
  readonly perDeviceCount: number;
  readonly totalCount: number;
  /** Bytes of unfinished uploads in staging. */
  readonly totalByteCount: number;
  /** How long an unfinished upload waits for its device after the last request. */
  readonly lifetimeMs: number;
  /** How long, and how many, finished ones can still be asked for. */
  readonly finishedLifetimeMs: number;
  readonly finishedCount: number;
}

export const UPLOAD_LIMITS: UploadLimits = {
  perDeviceCount: 64,
  totalCount: 512,
  totalByteCount: 256 * 1024 ** 3,
  lifetimeMs: 7 * 24 * 3_600_000,
  finishedLifetimeMs: 2 * 3_600_000,
  finishedCount: 4096,
};

/** What the adapter of a protocol remembers with an upload that it begins. */
export interface UploadOrigin {
  readonly protocol: string;
  readonly dialect: string;
  readonly endsAtLength: boolean;
  readonly uploadMetadata?: string | undefined;
}

export interface OpenUploadsParts extends Pick<ResumableUploadParts, 'settle' | 'maxByteCount'> {
  readonly library: Library;
  readonly jobs: JobTracker;
  readonly clock: Clock;
  readonly receiptById: (receiptId: string) => Receipt | undefined;
  readonly checkSpace: (byteCount: number) => Promise<void>;
  readonly stopSignal: AbortSignal;
  readonly limits?: UploadLimits;
  readonly log?: Logger | undefined;
}

/** All uploads that may go on over several requests, by ids that cannot be guessed. */
export class OpenUploads {
  readonly #parts: OpenUploadsParts;
  readonly #limits: UploadLimits;
  readonly #uploads = new Map<string, ResumableUpload>();

  constructor(parts: OpenUploadsParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? UPLOAD_LIMITS;
  }

  /** Finds what earlier runs left in staging; removes what nobody can go on with. Before the first upload. */
  async load(): Promise<void> {
    const { library, clock } = this.#parts;
    const folder = library.layout.stagingFolder;
    for (const name of await library.files.readdir(folder)) {
      const uploadId = uploadIdOfLog(name);
      if (uploadId !== undefined) await this.#loadOne(folder, name, uploadId);
    }
    // A run that was killed may not have come to it; now is told from what stands there.
    await library.files.syncFolder(folder);
    await this.sweep(clock.now());
  }

  async #loadOne(folder: string, name: string, uploadId: string): Promise<void> {
    const { files } = this.#parts.library;
    try {
      const stored = await readUploadLog(folder, uploadId, files);
      if (
        stored &&
        (await this.#hasItsBytes(folder, stored)) &&
        this.#bringBack(uploadId, stored)
      ) {
        return;
      }
      for (const each of [name, uploadId]) await removeFile(files, join(folder, each));
    } catch (error) {
      // One that cannot be read takes room and nothing else; without its drive there is nothing to load at all.
      if (storageError(error).code === 'library/missing') throw error;
      this.#parts.log?.warn({ err: error, uploadId }, 'an unfinished upload cannot be looked at');
    }
  }

  async #hasItsBytes(
    folder: string,
    { opened, checkpoint, finished }: StoredUpload,
  ): Promise<boolean> {
    if (finished || !checkpoint) return true;
    try {
      const { size } = await this.#parts.library.files.stat(join(folder, opened.uploadId));
      return size >= checkpoint.byteCount;
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  /** Begins an upload. Where there are too many, the one that waits longest is let go. */
  async begin(announced: ResourceAnnouncement, origin: UploadOrigin): Promise<ResumableUpload> {
    await this.#makeWay(announced.deviceId);
    const uploadId = randomBytes(18).toString('base64url');
    const job = this.#parts.jobs.begin(subjectOf(announced));
    const { deviceId, deviceFolder, assetKey, resourceType, told, digests } = announced;
    const { wantsSha1 } = announced;
    const upload = new ResumableUpload(
      {
        line: 'opened',
        uploadId,
        protocol: origin.protocol,
        dialect: origin.dialect,
        endsAtLength: origin.endsAtLength,
        uploadMetadata: origin.uploadMetadata,
        ...{ deviceId, deviceFolder, assetKey, resourceType, told, digests },
        ...(wantsSha1 !== undefined && { wantsSha1 }),
        jobId: job.jobId,
        uploadNumber: job.uploadNumber,
        startedAt: job.startedAt,
      },
      this.#uploadParts(uploadId, job, announced),
    );
    this.#uploads.set(uploadId, upload);
    return upload;
  }

  /** A device's upload, finished lately or unfinished; nobody else's. */
  async find(uploadId: string, deviceId: string): Promise<ResumableUpload | undefined> {
    const upload = this.#uploads.get(uploadId);
    if (upload?.opened.deviceId !== deviceId) return undefined;
    if (!upload.isIdle || !this.#isOver(upload, this.#parts.clock.now())) return upload;
    await this.#letGo(upload);
    return undefined;
  }

  /**
   * Lets go of the idle uploads that waited longest until so many bytes are free; says whether any went. None goes
   * where all of them together would not be enough.
   */
  async makeRoom(byteCount: number): Promise<boolean> {
    const waiting = this.#idleUnfinished();
    const held = waiting.reduce((sum, upload) => sum + upload.stagedByteCount, 0);
    if (held < byteCount) return false;
    let freed = 0;
    for (const upload of waiting) {
      if (freed >= byteCount) break;
      // Its device may have come back while others were let go.
      if (!upload.isIdle || upload.isFinished) continue;
      freed += upload.stagedByteCount;
      await this.#letGo(upload);
    }
    return freed > 0;
  }

  /** Lets go of what has expired. */
  async sweep(now: number): Promise<void> {
    const { finishedCount } = this.#limits;
    const finished = [...this.#uploads.values()].filter((upload) => upload.isFinished);
    let surplus = finished.length - finishedCount;
    for (const upload of [...this.#uploads.values()]) {
      if (!upload.isIdle) continue;
      const isSurplus = upload.isFinished && surplus > 0;
      if (isSurplus) surplus -= 1;
      if (isSurplus || this.#isOver(upload, now)) await this.#letGo(upload);
    }
  }

  #isOver(upload: ResumableUpload, now: number): boolean {
    const { lifetimeMs, finishedLifetimeMs } = this.#limits;
    return now - upload.lastUsedAt > (upload.isFinished ? finishedLifetimeMs : lifetimeMs);
  }

  /** Ends all work on uploads that takes time. */
  async stop(reason: RoostError): Promise<void> {
    await Promise.all([...this.#uploads.values()].map((upload) => upload.stop(reason)));
  }

  /** Lets go of files, once nothing is being received any more; a later run goes on with what is durable. */
  async close(reason: RoostError): Promise<void> {
    for (const upload of this.#uploads.values()) await upload.release(reason);
    this.#uploads.clear();
  }

  async #makeWay(deviceId: string): Promise<void> {
    const { perDeviceCount, totalCount, totalByteCount, finishedCount } = this.#limits;
    const waiting = this.#idleUnfinished();
    const ofDevice = waiting.filter((upload) => upload.opened.deviceId === deviceId);
    if (ofDevice[0] && this.#countUnfinished(deviceId) >= perDeviceCount) {
      await this.#letGo(ofDevice[0]);
    } else if (waiting[0] && this.#countUnfinished() >= totalCount) await this.#letGo(waiting[0]);
    let heldByteCount = 0;
    for (const upload of this.#uploads.values()) heldByteCount += upload.stagedByteCount;
    if (heldByteCount > totalByteCount) await this.makeRoom(heldByteCount - totalByteCount);
    if (this.#uploads.size > finishedCount + totalCount) await this.sweep(this.#parts.clock.now());
  }

  #countUnfinished(deviceId?: string): number {
    let count = 0;
    for (const { isFinished, opened } of this.#uploads.values()) {
      if (!isFinished && (deviceId === undefined || opened.deviceId === deviceId)) count += 1;
    }
    return count;
  }

  /** Those that wait for their device, longest first. */
  #idleUnfinished(): ResumableUpload[] {
    return [...this.#uploads.values()]
      .filter((upload) => upload.isIdle && !upload.isFinished)
      .sort((a, b) => a.lastUsedAt - b.lastUsedAt);
  }

  async #letGo(upload: ResumableUpload): Promise<void> {
    const { uploadId, isFinished } = upload;
    if (!isFinished) this.#parts.log?.info({ uploadId }, 'an unfinished upload was let go');
    await upload.letGo(new RoostError('upload/let-go'));
  }

  /** Gives false when nothing can be made of what is left. */
  #bringBack(uploadId: string, stored: StoredUpload): boolean {
    const { jobs, receiptById } = this.#parts;
    const { opened, checkpoint, finished } = stored;
    const receipt = finished && receiptById(finished.receiptId);
    const remains =
      finished && receipt
        ? {
            checkpoint,
            length: finished.byteCount,
            lastUsedAt: finished.at,
            outcome: { result: finished.result, receipt, assetId: finished.assetId },
          }
        : checkpoint && {
            checkpoint,
            length: checkpoint.isWhole ? checkpoint.byteCount : checkpoint.length,
            lastUsedAt: checkpoint.at,
          };
    if (!remains || (finished && !receipt)) return false;
    const announced = announcedBy(opened);
    const job = jobs.reopen(subjectOf(announced), {
      jobId: opened.jobId,
      number: opened.uploadNumber,
      startedAt: opened.startedAt,
      receivedByteCount: finished?.byteCount ?? checkpoint?.byteCount ?? 0,
    });
    const parts = this.#uploadParts(uploadId, job, announced);
    this.#uploads.set(uploadId, new ResumableUpload(opened, parts, remains));
    return true;
  }

  #uploadParts(
    uploadId: string,
    job: JobUpload,
    announced: ResourceAnnouncement,
  ): ResumableUploadParts {
    const { library, clock, settle, checkSpace, maxByteCount } = this.#parts;
    const { files, layout } = library;
    const extra = extraDigests(announced);
    return {
      clock,
      job,
      settle,
      checkSpace,
      maxByteCount,
      stopSignal: this.#parts.stopSignal,
      lifetimeMs: this.#limits.lifetimeMs,
      finishedLifetimeMs: this.#limits.finishedLifetimeMs,
      discard: () => removeFile(files, join(layout.stagingFolder, uploadId)),
      log: new UploadLog(layout.stagingFolder, uploadId, files),
      stage: (checkpoint) =>
        checkpoint
          ? StagedFile.reopen(files, layout.stagingFolder, uploadId, checkpoint, extra)
          : StagedFile.create(files, layout.stagingFolder, uploadId, extra),
      onGone: () => void this.#uploads.delete(uploadId),
    };
  }
}
