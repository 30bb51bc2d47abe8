import type { Clock } from '../../../shared/clock.ts';
import type { RoostError } from '../../../shared/error-catalogue.ts';
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

export interface JobUploadParts {
  readonly catalog: CatalogReader;
  readonly clock: Clock;
  /** Writes history as a whole: the job's row, and one statement about its uploads. */
  readonly keep: (row: JobRow, sql: string, ...values: SqlValue[]) => void;
  readonly onChange: (job: JobView) => void;
  /** The upload receives again, or does not any more. */
  readonly onRunning: (live: LiveJob, isRunning: boolean) => void;
  /** What became of a job while this upload of it paused: others may have come and gone. */
  readonly current: (live: LiveJob) => LiveJob;
}

/**
 * One upload of a job. It runs, may pause between two requests and run on, and ends once; what is called after
 * its end does nothing.
 */
export class JobUpload {
  readonly uploadNumber: number;
  readonly startedAt: number;
  readonly #parts: JobUploadParts;
  #live: LiveJob;
  #phase: 'running' | 'paused' | 'ended';
  #receivedByteCount: number;

  constructor(
    parts: JobUploadParts,
    live: LiveJob,
    upload: { number: number; startedAt: number; receivedByteCount: number; isPaused: boolean },
  ) {
    this.#parts = parts;
    this.#live = live;
    this.uploadNumber = upload.number;
    this.startedAt = upload.startedAt;
    this.#receivedByteCount = upload.receivedByteCount;
    this.#phase = upload.isPaused ? 'paused' : 'running';
  }

  get jobId(): string {
    return this.#live.row.job_id;
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

  /** Waits for the device to go on; what arrived is kept. */
  paused(error: RoostError): void {
    this.#stopFor('paused', error);
  }

  /** The device goes on; so many bytes are here already. */
  resumed(byteCount: number): void {
    if (this.#phase !== 'paused') return;
    this.#live = this.#parts.current(this.#live);
    this.#phase = 'running';
    this.#receivedByteCount = byteCount;
    this.#parts.onRunning(this.#live, true);
    const now = this.#parts.clock.now();
    this.#live.row = {
      ...this.#live.row,
      state: 'receiving',
      error_code: null,
      error_detail: null,
      finished_at: null,
      changed_at: now,
      received_byte_count: byteCount,
    };
    this.#parts.keep(
      this.#live.row,
      `INSERT INTO uploads (job_id, upload_number, started_at, received_byte_count, request_count)
       VALUES (?, ?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET finished_at = NULL, result = NULL, error_code = NULL,
         request_count = request_count + 1`,
      this.jobId,
      this.uploadNumber,
      this.startedAt,
      byteCount,
    );
    this.#parts.onChange(jobView(this.#live.row));
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
    if (isSafe(row.state)) this.#stop(phase, state, error, {});
    else if (othersRunning > 0) this.#stop(phase, state, error, stillRunning(row));
    else {
      const detail = detailOf(error);
      this.#stop(phase, state, error, { state, error_code: error.code, error_detail: detail });
    }
  }

  #stop(
    phase: 'paused' | 'ended',
    result: UploadResult | 'interrupted' | 'failed',
    error: RoostError | undefined,
    change: Partial<JobRow>,
  ): void {
    if (this.#phase === 'ended') return;
    if (this.#phase === 'running') this.#parts.onRunning(this.#live, false);
    this.#phase = phase;
    const now = this.#parts.clock.now();
    this.#live.row = {
      ...this.#live.row,
      changed_at: now,
      finished_at: now,
      received_byte_count: this.#receivedByteCount,
      ...change,
    };
    this.#parts.keep(
      this.#live.row,
      `UPDATE uploads SET finished_at = ?, received_byte_count = ?, result = ?, error_code = ?
       WHERE job_id = ? AND upload_number = ?`,
      now,
      this.#receivedByteCount,
      result,
      error?.code ?? null,
      this.jobId,
      this.uploadNumber,
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
