import type { PreviewReason } from '../../../shared/preview-reasons.ts';

/** Why a file could not be read as media. It never leaves the decoder: jobs answer with its reason and message. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly reason: PreviewReason;

  constructor(reason: PreviewReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}
