import type { Logger } from 'pino';

import type { Devices } from '../../../devices/devices.ts';
import type { ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { UploadSlots } from '../../upload-slots.ts';
import type { AnswerOf } from '../../upload-target.ts';

/** What the resumable protocols are built on. */
export interface ResumableParts {
  /**
   * What takes uploads now; `announced` is told in the job history where nothing does.
   * @throws RoostError `library/missing` and the like.
   */
  readonly ingest: (announced?: ResourceAnnouncement) => Ingest;
  readonly devices: Devices;
  readonly slots: UploadSlots;
  /** How the protocol of an upload route tells a success. */
  readonly answerOf: (protocol: string) => AnswerOf;
  readonly log: Logger;
}
