import {
  isPlausibleLocal,
  type CaptureTime,
  localClock,
  parseRfc3339,
} from '../../../../shared/capture-time.ts';
import { type Location, locationSchema } from '../../../../shared/receipt.ts';
import { bufferSource, type ByteSource } from '../byte-source.ts';
import { cameraName } from './camera-name.ts';
import { readAppleNote } from './apple-note.ts';
import { type Orientation, orientationOfExif } from './orientation.ts';
import { TIFF_TAG, type TiffDirectory, TiffReader } from './tiff-directory.ts';

/** What Roost takes from an EXIF block on the way of a photo. */
export interface ExifFacts {
  readonly orientation: Orientation;
  readonly capturedAt?: CaptureTime;
  readonly location?: Location;
  readonly camera?: string;
  readonly contentId?: string;
  readonly burstId?: string;
}

const EXIF_PREFIX = Buffer.from('Exif\0\0', 'latin1');

/** Reads an EXIF block, with or without the `Exif\0\0` JPEG puts before it. Damage means fewer facts, not an error. */
export function readExifBlock(block: Buffer): ExifFacts {
  const isPrefixed = block.subarray(0, EXIF_PREFIX.byteLength).equals(EXIF_PREFIX);
  return readExifFacts(bufferSource(isPrefixed ? block.subarray(EXIF_PREFIX.byteLength) : block));
}

/** The same for a whole TIFF file, whose own directory is the EXIF block. */
export function readExifFacts(source: ByteSource): ExifFacts {
  const reader = TiffReader.open(source);
  const main = reader?.directory(reader.firstOffset);
  if (reader === undefined || main === undefined) return { orientation: 1 };
  const orientation = orientationOfExif(main.number(TIFF_TAG.orientation));
  const exifOffset = main.number(TIFF_TAG.exifDirectory);
  const exif = exifOffset === undefined ? undefined : reader.directory(exifOffset);
  // Some writers, DNG converters among them, put the capture tags into the main directory.
  const capturedAt = (exif && captureTimeOf(exif)) ?? captureTimeOf(main);
  const gpsOffset = main.number(TIFF_TAG.gpsDirectory);
  const gps = gpsOffset === undefined ? undefined : reader.directory(gpsOffset);
  const location = gps && locationOf(gps);
  const camera = cameraName(main.text(TIFF_TAG.make), main.text(TIFF_TAG.model));
  const makerNote = exif?.bytes(TIFF_TAG.makerNote);
  return {
    orientation,
    ...(capturedAt && { capturedAt }),
    ...(location && { location }),
    ...(camera !== undefined && { camera }),
    ...(makerNote && readAppleNote(makerNote)),
  };
}

/** Tags of the GPS directory: reference letter, then degrees, minutes and seconds. */
const GPS_TAG = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;

function locationOf(gps: TiffDirectory): Location | undefined {
  const degrees = (refTag: number, tag: number, negative: string): number => {
    const [whole = Number.NaN, minutes = 0, seconds = 0] = gps.fractions(tag);
    const value = whole + minutes / 60 + seconds / 3600;
    return gps.text(refTag)?.trim().toUpperCase() === negative ? 0 - value : value;
  };
  const found = {
    latitude: degrees(GPS_TAG.latitudeRef, GPS_TAG.latitude, 'S'),
    longitude: degrees(GPS_TAG.longitudeRef, GPS_TAG.longitude, 'W'),
  };
  return asLocation(found);
}

/** A place on earth, or nothing: writers that know no place leave zeros, and hostile ones anything. */
export function asLocation(found: { latitude: number; longitude: number }): Location | undefined {
  const parsed = locationSchema.safeParse(found);
  if (!parsed.success || (found.latitude === 0 && found.longitude === 0)) return undefined;
  return parsed.data;
}

/** Not tag DateTime (0x0132): that is when the file was last changed. */
function captureTimeOf(directory: TiffDirectory): CaptureTime | undefined {
  return (
    parseExifTime(
      directory.text(TIFF_TAG.dateTimeOriginal),
      directory.text(TIFF_TAG.offsetTimeOriginal),
    ) ??
    parseExifTime(
      directory.text(TIFF_TAG.dateTimeDigitized),
      directory.text(TIFF_TAG.offsetTimeDigitized),
    )
  );
}

/** `YYYY:MM:DD HH:MM:SS` and `+HH:MM`. Some writers use `-` or `/` in the date and `T` between; all are taken. */
export function parseExifTime(
  time: string | undefined,
  offset: string | undefined,
): CaptureTime | undefined {
  const match = /^\s*(\d{4})[:/-](\d{2})[:/-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(time ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  // A leap second is a time that no calendar library takes.
  const safeSecond = second === '60' ? '59' : second;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${safeSecond}`;
  if (!isPlausibleLocal(local)) return undefined;
  const offsetMinutes = parseOffset(offset);
  return { local, ...(offsetMinutes !== undefined && { offsetMinutes }), source: 'exif' };
}

function parseOffset(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === 'Z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})/.exec(trimmed);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  // Real places lie between -12:00 and +14:00.
  if (Number(match[3]) > 59 || minutes > 14 * 60) return undefined;
  return match[1] === '-' ? 0 - minutes : minutes;
}

/** A QuickTime creation date: a capture time if it names its offset, else (`Z`, none) only an instant. */
export function parseQuickTimeDate(
  text: string,
): { capturedAt: CaptureTime } | { utcCreatedAt: number } | undefined {
  const told = parseRfc3339(text);
  if (told === undefined) return undefined;
  const { at, offsetMinutes } = told;
  const local = localClock(at, offsetMinutes ?? 0);
  if (!isPlausibleLocal(local)) return undefined;
  if (offsetMinutes === undefined) return { utcCreatedAt: at };
  return { capturedAt: { local, offsetMinutes, source: 'quicktime' } };
}
