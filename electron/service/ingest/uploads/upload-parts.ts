import type { Clock } from '../../../../shared/clock.ts';
import type { JobUpload } from '../../jobs/job-upload.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../incoming-resource.ts';
import type { StagedBytes, StagedFile } from '../staged-file.ts';

import type { UploadLog } from './upload-log.ts';
import type { NotedCheckpoint } from './upload-notes.ts';

/** What one resumable upload works with. */
export interface ResumableUploadParts {
  readonly clock: Clock;
  readonly job: JobUpload;
  readonly log: UploadLog;
  readonly lifetimeMs: number;
  readonly finishedLifetimeMs: number;
  readonly maxByteCount: number;
  /** Removes the staged file of an upload that never opened it. */
  readonly discard: () => Promise<void>;
  /** Opens the staged file, once the first byte is expected. */
  readonly stage: (checkpoint: NotedCheckpoint | undefined) => Promise<StagedFile>;
  /** Nothing more is received once it is aborted, with its reason. */
  readonly stopSignal: AbortSignal;
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
  readonly checkpoint?: NotedCheckpoint | undefined;
  readonly length: number | undefined;
  readonly lastUsedAt: number;
  readonly outcome?: StoredOutcome;
}
