import type { Clock } from '../../../shared/clock.ts';
import type { RoostError } from '../../../shared/error-catalogue.ts';
import type { PauseCause } from '../../../shared/job-causes.ts';
import { isSafe, mayAdvance, type JobState } from '../../../shared/job-state.ts';
import type { UploadResult } from '../../../shared/native-protocol.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogReader, SqlValue } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';

import { jobView, type JobRow } from './job-queries.ts';

/** The resource a job is about, in the device's own words. */
export interface JobSubject {
  readonly deviceId: string;
  readonly assetKey: string;
  readonly resourceType: string;
  readonly fileName: string;
  readonly expectedByteCount?: number | undefined;
}

/** A job some of whose uploads run now. */
export interface LiveJob {
  row: JobRow;
  /** Uploads that are receiving now. */
  uploadCount: number;
}

export type Statement = readonly [sql: string, ...values: SqlValue[]];

/** A part of an upload that came without a longer rest. */
interface Stretch {
  readonly number: number;
  readonly startedAt: number;
  readonly fromByteCount: number;
}

/** Some devices send a file in many requests, one after the other: one that goes on so soon never stopped. */
const SAME_STRETCH_MS = 2_000;
/** From so many on all that follows counts as one. */
const MOST_STRETCHES = 200;

/** An upload that turned out to be of another resource than its job said. */
export interface RenamedUpload {
  readonly number: number;
  readonly startedAt: number;
}

/** Its job from then on, and its number there. */
export interface RenamedTo {
  readonly live: LiveJob;
  readonly number: number;
}

export interface JobUploadParts {
  readonly catalog: CatalogReader;
  readonly clock: Clock;
  /** Writes history as a whole: the job's row, and statements about its uploads. */
  readonly keep: (row: JobRow, ...statements: readonly Statement[]) => void;
  /** What this computer did meanwhile that explains why an upload broke off, where it did. */
  readonly causeOf: (error: RoostError, startedAt: number) => PauseCause | undefined;
  readonly onChange: (job: JobView) => void;
  /** The upload receives again, or does not any more. */
  readonly onRunning: (live: LiveJob, isRunning: boolean) => void;
  /** What became of a job while this upload of it paused: others may have come and gone. */
  readonly current: (live: LiveJob) => LiveJob;
  /** Gives a running upload to the job of another resource, or its job to that. */
  readonly rename: (live: LiveJob, upload: RenamedUpload, subject: JobSubject) => RenamedTo;
}

/**
 * One upload of a job. It runs, may pause between two requests and run on, and ends once; what is called after
 * its end does nothing.
 */
export class JobUpload {
  readonly startedAt: number;
  readonly #parts: JobUploadParts;
  #live: LiveJob;
  #number: number;
  #phase: 'running' | 'paused' | 'ended';
  #receivedByteCount: number;
  /** Absent where an earlier run knew it. */
  #stretch: Stretch | undefined;
  #pausedAt = 0;
  #isPausedAsAgreed = false;

  constructor(
    parts: JobUploadParts,
    live: LiveJob,
    upload: { number: number; startedAt: number; receivedByteCount: number; isPaused: boolean },
  ) {
    this.#parts = parts;
    this.#live = live;
    this.#number = upload.number;
    this.startedAt = upload.startedAt;
    this.#receivedByteCount = upload.receivedByteCount;
    this.#phase = upload.isPaused ? 'paused' : 'running';
    if (!upload.isPaused) {
      this.#stretch = { number: 1, startedAt: upload.startedAt, fromByteCount: 0 };
    }
  }

  get jobId(): string {
    return this.#live.row.job_id;
  }

  /** Of the job's uploads. */
  get uploadNumber(): number {
    return this.#number;
  }

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  /** `byteCount` is the sum so far. */
  received(byteCount: number): void {
    this.#receivedByteCount = byteCount;
    this.#live.row = { ...this.#live.row, received_byte_count: byteCount };
    this.#parts.onChange(jobView(this.#live.row));
  }

  /** The end of its request told what it is about. From here on its job is that of the resource. */
  renamed(subject: JobSubject): void {
    if (this.#phase !== 'running') return;
    const { asset_key: key, resource_type: type, file_name: name } = this.#live.row;
    const { assetKey, resourceType, fileName } = subject;
    if (key === assetKey && type === resourceType && name === fileName) return;
    const upload = { number: this.#number, startedAt: this.startedAt };
    const { live, number } = this.#parts.rename(this.#live, upload, subject);
    this.#live = live;
    this.#number = number;
  }

  proving(): void {
    const { row } = this.#live;
    if (mayAdvance(row.state, 'proving')) this.#live.row = { ...row, state: 'proving' };
  }

  /** `assetId` is what the device's key stands for: for a duplicate it may differ from the receipt's. */
  safe(result: UploadResult, receipt: Receipt, assetId: string): void {
    // A repeat proves that the bytes are here and records nothing: the job keeps the receipt it ended with.
    const kept = this.#live.row.receipt_id ?? undefined;
    const { catalog } = this.#parts;
    const own = result === 'repeated' && kept ? receiptById(catalog, kept) : undefined;
    const shown = own ?? receipt;
    this.#stop('ended', result, undefined, {
      state: shown.jobId === this.jobId ? 'stored' : 'duplicate',
      error_code: null,
      error_detail: null,
      cause: null,
      receipt_id: shown.receiptId,
      asset_id: assetId,
      received_byte_count:
        this.#receivedByteCount === 0 ? receipt.byteCount : this.#receivedByteCount,
      expected_byte_count: receipt.byteCount,
    });
  }

  /** Ends as interrupted when the other side or the service broke off, else as failed. */
  broken(error: RoostError): void {
    this.#stopFor('ended', error);
  }

  /** Waits for the device to go on; what arrived is kept. `isAsAgreed`: the device said that a part ends here. */
  paused(error: RoostError, { isAsAgreed = false } = {}): void {
    this.#isPausedAsAgreed = isAsAgreed;
    this.#stopFor('paused', error);
  }

  /** The device goes on; so many bytes are here already. */
  resumed(byteCount: number): void {
    if (this.#phase !== 'paused') return;
    this.#live = this.#parts.current(this.#live);
    this.#phase = 'running';
    const now = this.#parts.clock.now();
    const isOfEarlierRun = this.#stretch === undefined;
    const stretch = this.#nextStretch(byteCount, now);
    this.#receivedByteCount = byteCount;
    this.#parts.onRunning(this.#live, true);
    this.#live.row = {
      ...this.#live.row,
      state: 'receiving',
      error_code: null,
      error_detail: null,
      cause: null,
      finished_at: null,
      changed_at: now,
      received_byte_count: byteCount,
    };
    this.#parts.keep(
      this.#live.row,
      [
        `INSERT INTO uploads (job_id, upload_number, started_at, received_byte_count, request_count)
         VALUES (?, ?, ?, ?, 1)
         ON CONFLICT DO UPDATE SET finished_at = NULL, result = NULL, error_code = NULL, cause = NULL,
           request_count = request_count + 1`,
        this.jobId,
        this.uploadNumber,
        this.startedAt,
        byteCount,
      ],
      // What a run that was killed had received is only known by where its device may go on.
      [
        `UPDATE upload_stretches SET to_byte_count = ?
         WHERE job_id = ? AND upload_number = ? AND stretch_number = ? AND to_byte_count < ?`,
        byteCount,
        this.jobId,
        this.uploadNumber,
        isOfEarlierRun ? stretch.number - 1 : 0,
        byteCount,
      ],
      this.#stretchStatement(stretch, null, byteCount, null, null),
    );
    this.#parts.onChange(jobView(this.#live.row));
  }

  #nextStretch(byteCount: number, now: number): Stretch {
    const before = this.#stretch;
    const goesOn =
      before !== undefined &&
      (before.number >= MOST_STRETCHES ||
        (this.#isPausedAsAgreed && now - this.#pausedAt <= SAME_STRETCH_MS));
    if (goesOn) return before;
    const number = (before?.number ?? this.#lastStretchNumber()) + 1;
    this.#stretch = { number, startedAt: now, fromByteCount: byteCount };
    return this.#stretch;
  }

  #lastStretchNumber(): number {
    return (
      this.#parts.catalog.get<{ last: number | null }>(
        'SELECT max(stretch_number) AS last FROM upload_stretches WHERE job_id = ? AND upload_number = ?',
        this.jobId,
        this.uploadNumber,
      )?.last ?? 0
    );
  }

  #stretchStatement(
    stretch: Stretch,
    finishedAt: number | null,
    toByteCount: number,
    errorCode: string | null,
    cause: string | null,
  ): Statement {
    return [
      `INSERT INTO upload_stretches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET finished_at = excluded.finished_at, to_byte_count = excluded.to_byte_count,
         error_code = excluded.error_code, cause = excluded.cause`,
      this.jobId,
      this.uploadNumber,
      stretch.number,
      stretch.startedAt,
      finishedAt,
      stretch.fromByteCount,
      toByteCount,
      errorCode,
      cause,
    ];
  }

  #stopFor(phase: 'paused' | 'ended', error: RoostError): void {
    if (this.#phase === 'ended') return;
    if (this.#phase === 'paused') this.#live = this.#parts.current(this.#live);
    const { row, uploadCount } = this.#live;
    const isInterrupted = phase === 'paused' || INTERRUPTIONS.has(error.code);
    const state: JobState & ('interrupted' | 'failed') = isInterrupted ? 'interrupted' : 'failed';
    const othersRunning = this.#phase === 'running' ? uploadCount - 1 : uploadCount;
    // Another upload of the same resource may have ended well meanwhile: then it is safe, and stays so. Or it
    // runs on, as when an old connection is found dead late: then the job does too.
    const startedAt = this.#stretch?.startedAt ?? this.startedAt;
    const cause = this.#parts.causeOf(error, startedAt) ?? null;
    const end = { error, cause };
    if (isSafe(row.state)) this.#stop(phase, state, end, {});
    else if (othersRunning > 0) this.#stop(phase, state, end, stillRunning(row));
    else {
      const detail = detailOf(error);
      const change = { state, error_code: error.code, error_detail: detail, cause };
      this.#stop(phase, state, end, change);
    }
  }

  #stop(
    phase: 'paused' | 'ended',
    result: UploadResult | 'interrupted' | 'failed',
    end: { readonly error: RoostError; readonly cause: PauseCause | null } | undefined,
    change: Partial<JobRow>,
  ): void {
    if (this.#phase === 'ended') return;
    const wasRunning = this.#phase === 'running';
    if (wasRunning) this.#parts.onRunning(this.#live, false);
    this.#phase = phase;
    const now = this.#parts.clock.now();
    this.#pausedAt = now;
    this.#live.row = {
      ...this.#live.row,
      changed_at: now,
      finished_at: now,
      received_byte_count: this.#receivedByteCount,
      ...change,
    };
    const errorCode = end?.error.code ?? null;
    const cause = end?.cause ?? null;
    const stretch = wasRunning ? this.#stretch : undefined;
    // An upload that came in one go has no parts to tell of.
    const isPart = stretch !== undefined && (phase === 'paused' || stretch.number > 1);
    this.#parts.keep(
      this.#live.row,
      [
        `UPDATE uploads SET finished_at = ?, received_byte_count = ?, result = ?, error_code = ?, cause = ?
         WHERE job_id = ? AND upload_number = ?`,
        now,
        this.#receivedByteCount,
        result,
        errorCode,
        cause,
        this.jobId,
        this.uploadNumber,
      ],
      ...(isPart
        ? [this.#stretchStatement(stretch, now, this.#receivedByteCount, errorCode, cause)]
        : []),
    );
    this.#parts.onChange(jobView(this.#live.row));
  }
}

/** The row as it is, but for the moment of the change: one of several uploads at once has ended. */
function stillRunning(row: JobRow): Partial<JobRow> {
  return { finished_at: null, received_byte_count: row.received_byte_count };
}

/** Endings after which the device is expected to come back by itself. */
const INTERRUPTIONS = new Set<RoostError['code']>([
  'upload/interrupted',
  'upload/paused',
  'upload/superseded',
  'upload/idle',
  'upload/let-go',
  'service/stopping',
  'service/overloaded',
  'library/missing',
]);

function detailOf(error: RoostError): string | null {
  return error.message === error.facts.title ? null : error.message;
}
