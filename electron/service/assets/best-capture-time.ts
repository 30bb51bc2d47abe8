import type { CaptureTime, CaptureTimeSource } from '../../../shared/capture-time.ts';
import type { FileDate, MediaMetadata } from '../../../shared/media-metadata.ts';
import type { ToldMetadata } from '../../../shared/receipt.ts';

import {
  chosenCaptureTime,
  computerOffset,
  type HeaderTime,
  type OffsetAt,
  type WallClock,
} from './choose-capture-time.ts';

/**
 * The capture time of a file once its metadata is known: by the rules of `chosenCaptureTime`, with every date and
 * the place that exiftool found. `header` is what the quick reader saw, if it is still known. The same answer for
 * the same arguments, on every computer of the same time zone.
 */
export function bestCaptureTime(
  metadata: MediaMetadata | undefined,
  header: HeaderTime,
  told: ToldMetadata,
  arrivedAt: number,
  offsetAt: OffsetAt = computerOffset,
): CaptureTime {
  const dates = metadata?.dates ?? [];
  const wallClocks = dates.flatMap((date): WallClock[] => {
    if (!('local' in date)) return [];
    const { local, offsetMinutes } = date;
    return [{ local, offsetMinutes, source: sourceOf(date) }];
  });
  if (header.capturedAt) wallClocks.push(header.capturedAt);
  wallClocks.sort((a, b) => rankOf(a.source) - rankOf(b.source));
  const movieDate = dates.find((date) => date.tag === 'movie:createDate');
  const utcCreatedAt = movieDate && 'at' in movieDate ? movieDate.at : header.utcCreatedAt;
  const location = locationOf(metadata) ?? header.location;
  return chosenCaptureTime({ wallClocks, utcCreatedAt, location }, told, arrivedAt, offsetAt);
}

function locationOf(metadata: MediaMetadata | undefined): HeaderTime['location'] {
  const { gpsLatitude: latitude, gpsLongitude: longitude } = metadata ?? {};
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

const WALL_CLOCK_SOURCES: readonly CaptureTimeSource[] = ['exif', 'quicktime', 'xmp'];

function sourceOf({ tag }: FileDate): CaptureTimeSource {
  if (tag.startsWith('exif:')) return 'exif';
  return tag.startsWith('quickTime:') ? 'quicktime' : 'xmp';
}

function rankOf(source: CaptureTimeSource): number {
  return WALL_CLOCK_SOURCES.indexOf(source);
}
