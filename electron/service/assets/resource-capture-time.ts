import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import type { Receipt } from '../../../shared/receipt.ts';

import { bestCaptureTime } from './best-capture-time.ts';
import { computerOffset, type HeaderTime, type OffsetAt } from './choose-capture-time.ts';

/**
 * The capture time of a stored file by all that is known of it now. Without metadata it is what the receipt says;
 * and so it stays where nothing better is known, also on a computer of another time zone.
 */
export function resourceCaptureTime(
  receipt: Pick<Receipt, 'captureTime' | 'told' | 'storedAt'>,
  metadata: MediaMetadata | undefined,
  offsetAt: OffsetAt = computerOffset,
): CaptureTime {
  const { captureTime: placed, told, storedAt } = receipt;
  if (metadata === undefined) return placed;
  const best = bestCaptureTime(metadata, headerOf(placed), told, storedAt, offsetAt);
  const isGuess = best.offsetSource === 'computer' || best.offsetMinutes === undefined;
  return isGuess && best.source === placed.source && sameClock(best, placed) ? placed : best;
}

/** What the header told when the file was placed, as far as the receipt kept it. */
function headerOf({
  local,
  offsetMinutes,
  source,
  offsetSource = 'file',
}: CaptureTime): HeaderTime {
  if (source !== 'exif' && source !== 'quicktime' && source !== 'xmp') return {};
  return { capturedAt: { local, source, ...(offsetSource === 'file' && { offsetMinutes }) } };
}

/** A time read in the zone of some computer is the same for any zone; a wall clock is itself. */
function sameClock(best: CaptureTime, placed: CaptureTime): boolean {
  return best.offsetSource === 'computer' || best.local === placed.local;
}
