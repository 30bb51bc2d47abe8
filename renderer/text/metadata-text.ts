import type { MediaMetadata } from '../../shared/media-metadata.ts';
import { formatCount } from './format.ts';

const number = (value: number, digits: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value);

/** "1/120 s, f/1.8, ISO 25, 4.25 mm (26 mm in 35 mm terms)"; `undefined` where nothing of it is known. */
export function exposureWords(metadata: MediaMetadata): string | undefined {
  const { exposureTime, fNumber, iso, focalLength, focalLengthIn35mmFormat } = metadata;
  const { exposureCompensation, flash } = metadata;
  const parts = [
    exposureTime === undefined ? undefined : shutterWords(exposureTime),
    fNumber === undefined ? undefined : `f/${number(fNumber, 1)}`,
    iso === undefined ? undefined : `ISO\u00a0${formatCount(iso)}`,
    focalWords(focalLength, focalLengthIn35mmFormat),
    exposureCompensation === undefined || exposureCompensation === 0
      ? undefined
      : `${exposureCompensation > 0 ? '+' : '\u2212'}${number(Math.abs(exposureCompensation), 1)}\u00a0EV`,
    flash !== undefined && flash % 2 === 1 ? 'with flash' : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function shutterWords(seconds: number): string {
  return seconds < 0.4
    ? `1/${formatCount(Math.round(1 / seconds))}\u00a0s`
    : `${number(seconds, 1)}\u00a0s`;
}

function focalWords(real: number | undefined, as35mm: number | undefined): string | undefined {
  if (real === undefined) return as35mm === undefined ? undefined : `${number(as35mm, 0)}\u00a0mm`;
  const isSame = as35mm === undefined || Math.abs(real - as35mm) < 0.5;
  return `${number(real, 2)}\u00a0mm${isSame ? '' : ` (like ${number(as35mm, 0)}\u00a0mm on full frame)`}`;
}

export interface PlaceWords {
  /** For people: "47.36910° N, 8.53850° E". */
  readonly coordinates: string;
  /** For maps: "47.36910, 8.53850". */
  readonly copied: string;
  readonly altitude: string | undefined;
}

/** Where it was taken, without any map: nothing of it leaves this computer. */
export function placeWords(metadata: MediaMetadata): PlaceWords | undefined {
  const { gpsLatitude: latitude, gpsLongitude: longitude, gpsAltitude: altitude } = metadata;
  if (latitude === undefined || longitude === undefined) return undefined;
  const degrees = (value: number) => Math.abs(value).toFixed(5);
  return {
    coordinates: `${degrees(latitude)}°\u00a0${latitude < 0 ? 'S' : 'N'}, ${degrees(longitude)}°\u00a0${longitude < 0 ? 'W' : 'E'}`,
    copied: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    altitude:
      altitude === undefined
        ? undefined
        : `${formatCount(Math.abs(Math.round(altitude)))} m ${altitude < 0 ? 'below' : 'above'} the sea`,
  };
}

/** How more light than screens of old can show is kept in the file. */
export function hdrWords(metadata: MediaMetadata): string | undefined {
  const { hasGainMap, hdrHeadroom, hdrTransfer } = metadata;
  if (hdrTransfer !== undefined) return hdrTransfer === 'hlg' ? 'HLG' : 'PQ';
  if (hasGainMap === undefined) return undefined;
  return hdrHeadroom === undefined || hdrHeadroom <= 1
    ? 'With a gain map'
    : `With a gain map, up to ${number(hdrHeadroom, 1)} times as bright`;
}

export function ratingWords({ rating }: MediaMetadata): string | undefined {
  if (rating === undefined || rating === 0) return undefined;
  return rating < 0 ? 'Rejected' : `${rating} of 5 stars`;
}

const CODECS: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'HEVC',
  hev1: 'HEVC',
  dvh1: 'HEVC with Dolby Vision',
  dvhe: 'HEVC with Dolby Vision',
  av01: 'AV1',
  apcn: 'ProRes',
  apch: 'ProRes HQ',
};

/** "240 frames a second, played at 30; HEVC". */
export function movieWords(metadata: MediaMetadata): string | undefined {
  const { captureFrameRate, videoFrameRate, compressorId } = metadata;
  const taken = captureFrameRate ?? videoFrameRate;
  const isSlowed =
    captureFrameRate !== undefined &&
    videoFrameRate !== undefined &&
    Math.round(captureFrameRate) > Math.round(videoFrameRate);
  const parts = [
    taken === undefined
      ? undefined
      : `${number(taken, 0)} frames a second${isSlowed ? `, played at ${number(videoFrameRate, 0)}` : ''}`,
    compressorId === undefined ? undefined : (CODECS[compressorId] ?? compressorId),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}
