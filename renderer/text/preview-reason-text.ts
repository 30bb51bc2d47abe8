import { isPreviewReason, PREVIEW_REASONS } from '../../shared/preview-reasons.ts';

/** Why a file has no preview, as a sentence. A code this window does not know is from a newer Roost. */
export function previewReasonText(code: string | undefined): string {
  if (code !== undefined && isPreviewReason(code)) return PREVIEW_REASONS[code].sentence;
  return code === undefined ? 'There is no preview.' : `There is no preview (${code}).`;
}
