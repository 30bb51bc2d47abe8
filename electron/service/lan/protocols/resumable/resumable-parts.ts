import type { Logger } from 'pino';

import type { Devices } from '../../../devices/devices.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { UploadSlots } from '../../upload-slots.ts';
import type { AnswerOf } from '../../upload-target.ts';

/** What the resumable protocols are built on. */
export interface ResumableParts {
  /** @throws RoostError `library/missing`. */
  readonly ingest: () => Ingest;
  readonly devices: Devices;
  readonly slots: UploadSlots;
  /** How the protocol of an upload route tells a success. */
  readonly answerOf: (protocol: string) => AnswerOf;
  readonly log: Logger;
}
