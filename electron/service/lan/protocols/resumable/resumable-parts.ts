import type { Logger } from 'pino';

import type { Devices } from '../../../devices/devices.ts';
import type { ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { ResumableUpload } from '../../../ingest/uploads/resumable-upload.ts';
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

/**
 * A slot for the next request of an upload. Where the device has used its own up with connections that went silent,
 * the one of this upload is ended first: the device is back.
 * @throws RoostError `service/overloaded`.
 */
export async function slotFor(parts: ResumableParts, upload: ResumableUpload): Promise<Disposable> {
  const { deviceId } = upload.opened;
  try {
    return parts.slots.take(deviceId);
  } catch {
    await parts.ingest().progressOf(upload);
    return parts.slots.take(deviceId);
  }
}
