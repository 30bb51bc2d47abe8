import type { MediaMetadata } from '../../shared/media-metadata.ts';
import { formatCount } from './format.ts';
import { inLanguage, pageLanguage } from './language.ts';

const number = (value: number, digits: number): string =>
  new Intl.NumberFormat(pageLanguage, { maximumFractionDigits: digits }).format(value);

const words = inLanguage({
  en: {
    fullFrame: (millimetres: string) => `like ${millimetres} on full frame`,
    flash: 'with flash',
    sides: { north: 'N', south: 'S', east: 'E', west: 'W' },
    altitude: (metres: string, isBelow: boolean) =>
      `${metres} m ${isBelow ? 'below' : 'above'} the sea`,
    gainMap: 'With a gain map',
    headroom: (times: string) => `With a gain map, up to ${times} times as bright`,
    rejected: 'Rejected',
    stars: (count: number) => `${count} of 5 stars`,
    dolbyVision: 'HEVC with Dolby Vision',
    frameRate: (rate: string) => `${rate} frames a second`,
    playedAt: (rate: string) => `played at ${rate}`,
    version: (version: string) => `Version ${version}`,
  },
  de: {
    fullFrame: (millimetres: string) => `wie ${millimetres} bei Vollformat`,
    flash: 'mit Blitz',
    sides: { north: 'N', south: 'S', east: 'O', west: 'W' },
    altitude: (metres: string, isBelow: boolean) =>
      `${metres} m ${isBelow ? 'unter' : 'über'} dem Meer`,
    gainMap: 'Mit Gain-Map',
    headroom: (times: string) => `Mit Gain-Map, bis zu ${times}-mal so hell`,
    rejected: 'Verworfen',
    stars: (count: number) => `${count} von 5 Sternen`,
    dolbyVision: 'HEVC mit Dolby Vision',
    frameRate: (rate: string) => `${rate} Bilder je Sekunde`,
    playedAt: (rate: string) => `gezeigt mit ${rate}`,
    version: (version: string) => `Version ${version}`,
  },
});

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
    flash !== undefined && flash % 2 === 1 ? words.flash : undefined,
  ];
  return joined(parts, ', ');
}

/** Nothing of nothing. */
function joined(parts: readonly (string | undefined)[], by: string): string | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join(by);
}

function shutterWords(seconds: number): string {
  return seconds < 0.4 ? `1/${Math.round(1 / seconds)}\u00a0s` : `${number(seconds, 1)}\u00a0s`;
}

function focalWords(real: number | undefined, as35mm: number | undefined): string | undefined {
  if (real === undefined) return as35mm === undefined ? undefined : `${number(as35mm, 0)}\u00a0mm`;
  const isSame = as35mm === undefined || Math.abs(real - as35mm) < 0.5;
  const alike = isSame ? '' : ` (${words.fullFrame(`${number(as35mm, 0)}\u00a0mm`)})`;
  return `${number(real, 2)}\u00a0mm${alike}`;
}

export interface PlaceWords {
  /** For people: "47.36910° N, 8.53850° E". */
  readonly coordinates: string;
  /** For maps: "47.36910, 8.53850". */
  readonly copied: string;
  readonly altitude: string | undefined;
}

const degreeFormat = new Intl.NumberFormat(pageLanguage, {
  minimumFractionDigits: 5,
  maximumFractionDigits: 5,
});

/** Where it was taken, without any map: nothing of it leaves this computer. */
export function placeWords(metadata: MediaMetadata): PlaceWords | undefined {
  const { gpsLatitude: latitude, gpsLongitude: longitude, gpsAltitude: altitude } = metadata;
  if (latitude === undefined || longitude === undefined) return undefined;
  const degrees = (value: number) => degreeFormat.format(Math.abs(value));
  const { north, south, east, west } = words.sides;
  return {
    coordinates: `${degrees(latitude)}°\u00a0${latitude < 0 ? south : north}, ${degrees(longitude)}°\u00a0${longitude < 0 ? west : east}`,
    copied: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    altitude:
      altitude === undefined
        ? undefined
        : words.altitude(formatCount(Math.abs(Math.round(altitude))), altitude < 0),
  };
}

/** How more light than screens of old can show is kept in the file. */
export function hdrWords(metadata: MediaMetadata): string | undefined {
  const { hasGainMap, hdrHeadroom, hdrTransfer } = metadata;
  if (hdrTransfer !== undefined) return hdrTransfer === 'hlg' ? 'HLG' : 'PQ';
  if (hasGainMap === undefined) return undefined;
  return hdrHeadroom === undefined || hdrHeadroom <= 1
    ? words.gainMap
    : words.headroom(number(hdrHeadroom, 1));
}

export function ratingWords({ rating }: MediaMetadata): string | undefined {
  if (rating === undefined || rating === 0) return undefined;
  return rating < 0 ? words.rejected : words.stars(rating);
}

/** What wrote the file. Phones put the mere version of their system there: "iOS 12.4". */
export function softwareWords({ software, camera }: MediaMetadata): string | undefined {
  if (software === undefined || !/^\d+(\.\d+)*$/.test(software)) return software;
  if (camera !== undefined && /^Apple (iPhone|iPod)/.test(camera)) return `iOS ${software}`;
  // iPads had iOS until version 12.
  if (camera?.startsWith('Apple iPad') === true) {
    return `${Number.parseInt(software) < 13 ? 'iOS' : 'iPadOS'} ${software}`;
  }
  return words.version(software);
}

const CODECS: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'HEVC',
  hev1: 'HEVC',
  dvh1: words.dolbyVision,
  dvhe: words.dolbyVision,
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
  const rates = [
    taken === undefined ? undefined : words.frameRate(number(taken, 0)),
    isSlowed ? words.playedAt(number(videoFrameRate, 0)) : undefined,
  ];
  const codec = compressorId === undefined ? undefined : (CODECS[compressorId] ?? compressorId);
  return joined([joined(rates, ', '), codec], '; ');
}

const FORMATS: Readonly<Record<string, string>> = {
  'image/heic': 'HEIC',
  'image/heif': 'HEIF',
  'image/tiff': 'TIFF',
  'image/bmp': 'BMP',
  'image/jxl': 'JPEG XL',
};

/** What people call a type of picture: "HEIC", "RAW". */
export function formatName(mediaType: string | undefined): string {
  if (mediaType === undefined) return '?';
  const known = FORMATS[mediaType];
  if (known !== undefined) return known;
  return mediaType.startsWith('image/x-') ? 'RAW' : mediaType.replace(/^.*\//, '').toUpperCase();
}
