import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { RoostError } from '../../../shared/error-catalogue.ts';
import { isSafe, mayAdvance, type JobState } from '../../../shared/job-state.ts';
import type { UploadResult } from '../../../shared/native-protocol.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';

import { jobOfResource, jobView, type JobRow } from './job-queries.ts';

/** The resource a job is about, in the device's own words. */
export interface JobSubject {
  readonly deviceId: string;
  readonly assetKey: string;
  readonly resourceType: string;
  readonly fileName: string;
  readonly expectedByteCount?: number | undefined;
}

/** One running upload of a job. Exactly one of the ending calls is made. */
export interface JobUpload {
  readonly jobId: string;
  readonly startedAt: number;
  /** `byteCount` is the sum so far. */
  received(byteCount: number): void;
  proving(): void;
  /** `assetId` is what the device's key stands for: for a duplicate it may differ from the receipt's. */
  safe(result: UploadResult, receipt: Receipt, assetId: string): void;
  /** Ends as interrupted when the other side or the service broke off, else as failed. */
  broken(error: RoostError): void;
}

interface LiveJob {
  row: JobRow;
  uploadCount: number;
}

/**
 * The history of getting each resource home. A resource of a device has one job, which gathers all uploads of
 * it; states follow the table in shared/job-state.ts. Progress lives in memory; the catalog hears of changes of
 * state only.
 */
export class JobTracker {
  readonly #catalog: CatalogWriter;
  readonly #clock: Clock;
  readonly #onChange: (job: JobView) => void;
  readonly #log: Logger | undefined;
  readonly #live = new Map<string, LiveJob>();

  constructor(
    catalog: CatalogWriter,
    clock: Clock,
    onChange: (job: JobView) => void,
    log?: Logger,
  ) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#log = log;
  }

  get liveUploadCount(): number {
    let count = 0;
    for (const job of this.#live.values()) count += job.uploadCount;
    return count;
  }

  /** The running state of a job, fresher than the catalog's. */
  live(jobId: string): JobView | undefined {
    const job = this.#live.get(jobId);
    return job && jobView(job.row);
  }

  /** Marks jobs that were running when the service last ended. Once, at start. */
  interruptLeftOvers(): number {
    const now = this.#clock.now();
    return this.#catalog.transaction(() => {
      this.#catalog.run(
        `UPDATE uploads SET result = 'interrupted', error_code = 'service/stopping', finished_at = ?
         WHERE result IS NULL`,
        now,
      );
      return this.#catalog.run(
        `UPDATE jobs SET state = 'interrupted', error_code = 'service/stopping', changed_at = ?, finished_at = ?
         WHERE state IN ('receiving', 'proving')`,
        now,
        now,
      );
    });
  }

  begin(subject: JobSubject): JobUpload {
    const startedAt = this.#clock.now();
    const known = jobOfResource(
      this.#catalog,
      subject.deviceId,
      subject.assetKey,
      subject.resourceType,
    );
    const row = this.#rowFor(subject, known, startedAt);
    const live = this.#live.get(row.job_id) ?? { row, uploadCount: 0 };
    live.row = row;
    live.uploadCount += 1;
    this.#live.set(row.job_id, live);
    const uploadNumber = row.upload_count;
    this.#keep(() => {
      this.#save(row);
      this.#catalog.run(
        'INSERT INTO uploads (job_id, upload_number, started_at, received_byte_count) VALUES (?, ?, ?, 0)',
        row.job_id,
        uploadNumber,
        startedAt,
      );
    });
    this.#onChange(jobView(row));
    return this.#uploadOf(live, uploadNumber, startedAt);
  }

  /** A device asked again for what it sent before, and was told so before its body was read. */
  noteRepeat(receipt: Receipt, subject: JobSubject, assetId: string): void {
    const upload = this.begin(subject);
    upload.safe('repeated', receipt, assetId);
  }

  #rowFor(subject: JobSubject, known: JobRow | undefined, now: number): JobRow {
    const fresh: JobRow = {
      job_id: known?.job_id ?? randomUUID(),
      device_id: subject.deviceId,
      device_name: known?.device_name ?? this.#deviceName(subject.deviceId),
      asset_key: subject.assetKey,
      resource_type: subject.resourceType,
      file_name: subject.fileName,
      state: 'receiving',
      error_code: null,
      error_detail: null,
      received_byte_count: 0,
      expected_byte_count: subject.expectedByteCount ?? null,
      started_at: known?.started_at ?? now,
      changed_at: now,
      finished_at: null,
      upload_count: (known?.upload_count ?? 0) + 1,
      receipt_id: known?.receipt_id ?? null,
      asset_id: known?.asset_id ?? null,
    };
    return fresh;
  }

  #deviceName(deviceId: string): string | null {
    return (
      this.#catalog.get<{ name: string }>('SELECT name FROM devices WHERE device_id = ?', deviceId)
        ?.name ?? null
    );
  }

  #uploadOf(live: LiveJob, uploadNumber: number, startedAt: number): JobUpload {
    const { job_id: jobId } = live.row;
    let receivedByteCount = 0;
    let ended = false;
    const end = (
      result: UploadResult | 'interrupted' | 'failed',
      error: RoostError | undefined,
      change: Partial<JobRow>,
    ): void => {
      if (ended) return;
      ended = true;
      const now = this.#clock.now();
      live.uploadCount -= 1;
      if (live.uploadCount === 0) this.#live.delete(jobId);
      live.row = {
        ...live.row,
        changed_at: now,
        finished_at: now,
        received_byte_count: receivedByteCount,
        ...change,
      };
      this.#keep(() => {
        this.#save(live.row);
        this.#catalog.run(
          `UPDATE uploads SET finished_at = ?, received_byte_count = ?, result = ?, error_code = ?
           WHERE job_id = ? AND upload_number = ?`,
          now,
          receivedByteCount,
          result,
          error?.code ?? null,
          jobId,
          uploadNumber,
        );
      });
      this.#onChange(jobView(live.row));
    };
    return {
      jobId,
      startedAt,
      received: (byteCount) => {
        receivedByteCount = byteCount;
        live.row = { ...live.row, received_byte_count: byteCount };
        this.#onChange(jobView(live.row));
      },
      proving: () => {
        if (mayAdvance(live.row.state, 'proving')) live.row = { ...live.row, state: 'proving' };
      },
      safe: (result, receipt, assetId) => {
        // A repeat proves that the bytes are here and records nothing: the job keeps the receipt it ended with.
        const kept = live.row.receipt_id ?? undefined;
        const own = result === 'repeated' && kept ? receiptById(this.#catalog, kept) : undefined;
        const shown = own ?? receipt;
        end(result, undefined, {
          state: shown.jobId === jobId ? 'stored' : 'duplicate',
          error_code: null,
          error_detail: null,
          receipt_id: shown.receiptId,
          asset_id: assetId,
          received_byte_count: receivedByteCount === 0 ? receipt.byteCount : receivedByteCount,
          expected_byte_count: receipt.byteCount,
        });
      },
      broken: (error) => {
        const state: JobState = INTERRUPTIONS.has(error.code) ? 'interrupted' : 'failed';
        // Another upload of the same resource may have ended well meanwhile: then it is safe, and stays so. Or it
        // runs on, as when an old connection is found dead late: then the job does too.
        if (isSafe(live.row.state)) end(state, error, {});
        else if (live.uploadCount > 1) end(state, error, stillRunning(live.row));
        else end(state, error, { state, error_code: error.code, error_detail: detailOf(error) });
      },
    };
  }

  /** Writes history. It is worth less than the photo: when it cannot be written, the upload goes on. */
  #keep(work: () => void): void {
    try {
      this.#catalog.transaction(work);
    } catch (error) {
      this.#log?.error({ err: error }, 'history of a job could not be written');
    }
  }

  #save(row: JobRow): void {
    this.#catalog.run(
      `INSERT INTO jobs (job_id, device_id, asset_key, resource_type, file_name, state, error_code, error_detail,
         received_byte_count, expected_byte_count, started_at, changed_at, finished_at, upload_count, receipt_id,
         asset_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET file_name = excluded.file_name, state = excluded.state,
         error_code = excluded.error_code, error_detail = excluded.error_detail,
         received_byte_count = excluded.received_byte_count, expected_byte_count = excluded.expected_byte_count,
         changed_at = excluded.changed_at, finished_at = excluded.finished_at,
         upload_count = excluded.upload_count, receipt_id = excluded.receipt_id, asset_id = excluded.asset_id`,
      row.job_id,
      row.device_id,
      row.asset_key,
      row.resource_type,
      row.file_name,
      row.state,
      row.error_code,
      row.error_detail,
      row.received_byte_count,
      row.expected_byte_count,
      row.started_at,
      row.changed_at,
      row.finished_at,
      row.upload_count,
      row.receipt_id,
      row.asset_id,
    );
  }
}

/** The row as it is, but for the moment of the change: one of several uploads at once has ended. */
function stillRunning(row: JobRow): Partial<JobRow> {
  return { finished_at: null, received_byte_count: row.received_byte_count };
}

/** Endings after which the device is expected to come back by itself. */
const INTERRUPTIONS = new Set<RoostError['code']>([
  'upload/interrupted',
  'upload/idle',
  'service/stopping',
  'service/overloaded',
  'library/missing',
]);

function detailOf(error: RoostError): string | null {
  return error.message === error.facts.title ? null : error.message;
}
