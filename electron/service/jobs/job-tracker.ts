import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { PauseCause } from '../../../shared/job-causes.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';

import { jobOfResource, jobView, type JobDeviceRow, type JobRow } from './job-queries.ts';
import {
  JobUpload,
  type JobSubject,
  type JobUploadParts,
  type LiveJob,
  type RenamedTo,
  type RenamedUpload,
  type Statement,
} from './job-upload.ts';
import { joinStatements, moveStatements } from './move-uploads.ts';

/** An orderly end settles every upload itself: what is left ended without one. */
const ABRUPTLY: PauseCause = 'roost-ended-abruptly';

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
  readonly #uploadParts: JobUploadParts;

  constructor(
    catalog: CatalogWriter,
    clock: Clock,
    onChange: (job: JobView) => void,
    log?: Logger,
    causeOf: JobUploadParts['causeOf'] = () => undefined,
  ) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#log = log;
    this.#uploadParts = {
      catalog,
      clock,
      onChange,
      keep: (row, ...statements) => this.#keep(row, ...statements),
      causeOf,
      onRunning: (live, isRunning) => this.#countRunning(live, isRunning),
      current: (live) => this.#current(live),
      rename: (...renamed) => this.#rename(...renamed),
    };
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
        `INSERT INTO upload_stretches
           SELECT job_id, upload_number, 1, started_at, ?, 0, received_byte_count, 'service/stopping', ?
           FROM uploads WHERE result IS NULL
         ON CONFLICT DO NOTHING`,
        now,
        ABRUPTLY,
      );
      this.#catalog.run(
        `UPDATE upload_stretches SET finished_at = ?, error_code = 'service/stopping', cause = ?
         WHERE finished_at IS NULL`,
        now,
        ABRUPTLY,
      );
      this.#catalog.run(
        `UPDATE uploads SET result = 'interrupted', error_code = 'service/stopping', cause = ?, finished_at = ?
         WHERE result IS NULL`,
        ABRUPTLY,
        now,
      );
      return this.#catalog.run(
        `UPDATE jobs SET state = 'interrupted', error_code = 'service/stopping', cause = ?, changed_at = ?,
           finished_at = ?
         WHERE state IN ('receiving', 'proving')`,
        ABRUPTLY,
        now,
        now,
      );
    });
  }

  begin(subject: JobSubject): JobUpload {
    const startedAt = this.#clock.now();
    const { deviceId, assetKey, resourceType } = subject;
    const known = jobOfResource(this.#catalog, deviceId, assetKey, resourceType);
    const row = this.#rowFor(subject, known, startedAt);
    const live = this.#live.get(row.job_id) ?? { row, uploadCount: 0 };
    live.row = row;
    live.uploadCount += 1;
    this.#live.set(row.job_id, live);
    const number = row.upload_count;
    this.#keep(row, [
      'INSERT INTO uploads (job_id, upload_number, started_at, received_byte_count) VALUES (?, ?, ?, 0)',
      row.job_id,
      number,
      startedAt,
    ]);
    this.#onChange(jobView(row));
    return new JobUpload(this.#uploadParts, live, {
      number,
      startedAt,
      receivedByteCount: 0,
      isPaused: false,
    });
  }

  /**
   * An upload of an earlier run that a device may go on with. Its job may be gone, as after the catalog was made
   * anew: then it comes back once the device does.
   */
  reopen(
    subject: JobSubject,
    upload: { jobId: string; number: number; startedAt: number; receivedByteCount: number },
  ): JobUpload {
    const { deviceId, assetKey, resourceType } = subject;
    const known = jobOfResource(this.#catalog, deviceId, assetKey, resourceType);
    const row = known ?? {
      ...this.#rowFor(subject, undefined, upload.startedAt),
      job_id: upload.jobId,
      upload_count: upload.number,
    };
    return new JobUpload(this.#uploadParts, { row, uploadCount: 0 }, { ...upload, isPaused: true });
  }

  /** A device asked again for what it sent before, and was told so before its body was read. */
  noteRepeat(receipt: Receipt, subject: JobSubject, assetId: string): void {
    const upload = this.begin(subject);
    upload.safe('repeated', receipt, assetId);
  }

  /**
   * One of the uploads of a job turned out to be of another resource than its request said at first. Tries that began
   * alike are taken for tries of the same file, unless they run beside it, or what they began as is a resource itself.
   */
  #rename(live: LiveJob, upload: RenamedUpload, subject: JobSubject): RenamedTo {
    const { row } = live;
    const isSame = row.asset_key === subject.assetKey && row.resource_type === subject.resourceType;
    const isAlone = live.uploadCount <= 1 && row.receipt_id === null;
    const target = isSame ? undefined : this.#targetOf(subject);
    if (isSame || (isAlone && !target)) {
      live.row = {
        ...row,
        asset_key: subject.assetKey,
        resource_type: subject.resourceType,
        file_name: subject.fileName,
      };
      this.#keep(live.row);
      this.#onChange(jobView(live.row));
      return { live, number: upload.number };
    }
    const joined: LiveJob = target ?? {
      row: this.#newRow(subject, upload.startedAt),
      uploadCount: 0,
    };
    const before = target ? joined.row.upload_count : 0;
    joined.row = {
      ...this.#rowFor(subject, joined.row, this.#clock.now()),
      state: row.state,
      received_byte_count: row.received_byte_count,
      expected_byte_count: row.expected_byte_count,
      upload_count: before + (isAlone ? row.upload_count : 1),
    };
    this.#countRunning(live, false);
    this.#countRunning(joined, true);
    const number = isAlone ? before + upload.number : before + 1;
    const jobId = joined.row.job_id;
    if (isAlone) {
      this.#keep(joined.row, ...joinStatements(row.job_id, jobId, before));
      this.#onChange({ ...jobView(row), changedAt: joined.row.changed_at, joinedJobId: jobId });
    } else {
      live.row = this.#rowWithout(live, upload.number);
      this.#keep(joined.row, ...moveStatements(row.job_id, upload.number, jobId, number));
      this.#keep(live.row);
      this.#onChange(jobView(live.row));
    }
    this.#onChange(jobView(joined.row));
    return { live: joined, number };
  }

  #targetOf({ deviceId, assetKey, resourceType }: JobSubject): LiveJob | undefined {
    const row = jobOfResource(this.#catalog, deviceId, assetKey, resourceType);
    return row && (this.#live.get(row.job_id) ?? { row, uploadCount: 0 });
  }

  #newRow(subject: JobSubject, startedAt: number): JobRow {
    return this.#rowFor(subject, undefined, startedAt);
  }

  /** What is left of a job one of whose uploads went to another one. */
  #rowWithout({ row, uploadCount }: LiveJob, number: number): JobRow {
    const left = { ...row, upload_count: row.upload_count - (number === row.upload_count ? 1 : 0) };
    const receipt =
      row.receipt_id === null ? undefined : receiptById(this.#catalog, row.receipt_id);
    if (uploadCount > 0 || !receipt) return left;
    return {
      ...left,
      state: receipt.jobId === row.job_id ? 'stored' : 'duplicate',
      received_byte_count: receipt.byteCount,
      expected_byte_count: receipt.byteCount,
      finished_at: row.changed_at,
    };
  }

  #countRunning(live: LiveJob, isRunning: boolean): void {
    const jobId = live.row.job_id;
    live.uploadCount += isRunning ? 1 : -1;
    if (live.uploadCount === 0) this.#live.delete(jobId);
    else this.#live.set(jobId, live);
  }

  #current(known: LiveJob): LiveJob {
    const { row } = known;
    const live = this.#live.get(row.job_id);
    if (live) return live;
    const { device_id: deviceId, asset_key: assetKey, resource_type: type } = row;
    return { row: jobOfResource(this.#catalog, deviceId, assetKey, type) ?? row, uploadCount: 0 };
  }

  #rowFor(subject: JobSubject, known: JobRow | undefined, now: number): JobRow {
    const fresh: JobRow = {
      job_id: known?.job_id ?? randomUUID(),
      device_id: subject.deviceId,
      ...this.#device(subject.deviceId),
      asset_key: subject.assetKey,
      resource_type: subject.resourceType,
      file_name: subject.fileName,
      state: 'receiving',
      error_code: null,
      error_detail: null,
      cause: null,
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

  #device(deviceId: string): JobDeviceRow {
    return (
      this.#catalog.get<JobDeviceRow>(
        `SELECT name AS device_name, platform AS device_platform, revoked_at AS device_revoked_at FROM devices
         WHERE device_id = ?`,
        deviceId,
      ) ?? { device_name: null, device_platform: null, device_revoked_at: null }
    );
  }

  /** Writes history. It is worth less than the photo: when it cannot be written, the upload goes on. */
  #keep(row: JobRow, ...statements: readonly Statement[]): void {
    try {
      this.#catalog.transaction(() => {
        this.#save(row);
        for (const [sql, ...values] of statements) this.#catalog.run(sql, ...values);
      });
    } catch (error) {
      this.#log?.error({ err: error }, 'history of a job could not be written');
    }
  }

  #save(row: JobRow): void {
    this.#catalog.run(
      `INSERT INTO jobs (job_id, device_id, asset_key, resource_type, file_name, state, error_code, error_detail, cause,
         received_byte_count, expected_byte_count, started_at, changed_at, finished_at, upload_count, receipt_id,
         asset_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET asset_key = excluded.asset_key, resource_type = excluded.resource_type,
         file_name = excluded.file_name, state = excluded.state,
         error_code = excluded.error_code, error_detail = excluded.error_detail, cause = excluded.cause,
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
      row.cause,
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
