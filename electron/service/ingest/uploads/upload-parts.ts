import type { Clock } from '../../../../shared/clock.ts';
import type { JobUpload } from '../../jobs/job-upload.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../incoming-resource.ts';
import type { StagedBytes, StagedFile } from '../staged-file.ts';

import type { UploadLog } from './upload-log.ts';

/** What one resumable upload works with. */
export interface ResumableUploadParts {
  readonly clock: Clock;
  readonly job: JobUpload;
  readonly log: UploadLog;
  readonly lifetimeMs: number;
  readonly maxByteCount: number;
  /** Removes the staged file of an upload that never opened it. */
  readonly discard: () => Promise<void>;
  /** Opens the staged file, once the first byte is expected. */
  readonly stage: () => Promise<StagedFile>;
  /** Throws when the library's disk may not take so many bytes more. */
  readonly checkSpace: (byteCount: number) => Promise<void>;
  /** Proves, places and records what arrived. */
  readonly settle: (
    announced: ResourceAnnouncement,
    staged: StagedFile,
    bytes: StagedBytes,
    job: JobUpload,
  ) => Promise<StoredOutcome>;
  /** The upload is over and done with: no device will be answered about it any more. */
  readonly onGone: () => void;
}

/** Where an upload stood at the end of an earlier run. */
export interface UploadRemains {
  readonly byteCount: number;
  readonly length: number | undefined;
  /** All of it had come, and the device had said so. */
  readonly isWhole: boolean;
  readonly lastUsedAt: number;
  readonly outcome?: StoredOutcome;
}
