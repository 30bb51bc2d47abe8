import {
  type FileDate,
  type MediaMetadata,
  soundMetadata,
} from '../../../../shared/media-metadata.ts';
import type { MediaHeader } from '../decoder-protocol.ts';

/** What the quick reader of headers saw, in the words of the full metadata. */
export function metadataFromHeader(header: MediaHeader): MediaMetadata {
  const { capturedAt, utcCreatedAt, location } = header;
  const dates: FileDate[] = [];
  if (capturedAt) {
    const { local, offsetMinutes, source } = capturedAt;
    const tag = source === 'quicktime' ? 'quickTime:creationDate' : 'exif:dateTimeOriginal';
    dates.push({ tag, local, ...(offsetMinutes !== undefined && { offsetMinutes }) });
  }
  if (utcCreatedAt !== undefined) dates.push({ tag: 'movie:createDate', at: utcCreatedAt });
  return soundMetadata({
    mediaType: header.mediaType,
    camera: header.camera,
    imageWidth: header.width,
    imageHeight: header.height,
    durationMs: header.durationMs,
    gpsLatitude: location?.latitude,
    gpsLongitude: location?.longitude,
    dates: dates.length > 0 ? dates : undefined,
    contentId: header.contentId,
    burstId: header.burstId,
    hasGainMap: header.hasGainMap,
    isCutOff: header.isCutOff,
  });
}

/**
 * Both readings as one. Roost's own reader knows best what a file is, how large its picture is when it stands
 * upright, and whether it is whole; for the rest exiftool says more.
 */
export function combinedMetadata(
  fromHeader: MediaMetadata,
  fromTags: MediaMetadata,
): MediaMetadata {
  const { mediaType, imageWidth, imageHeight, durationMs, burstId } = fromHeader;
  const isKnownType = mediaType !== undefined && mediaType !== 'application/octet-stream';
  return {
    ...fromHeader,
    ...fromTags,
    ...(isKnownType && { mediaType }),
    ...(imageWidth !== undefined && imageHeight !== undefined && { imageWidth, imageHeight }),
    ...(durationMs !== undefined && { durationMs }),
    // What looks like a number is printed as one, and loses its zeros.
    ...(burstId !== undefined && { burstId }),
  };
}
