import { z } from 'zod';

import { wallClockSchema } from './capture-time.ts';

const text = (maxLength: number): z.ZodString => z.string().min(1).max(maxLength);
const mark = z.literal(true);
const instant = z.number().int().min(-8.64e15).max(8.64e15);
const pixelCount = z.number().int().min(1).max(1_000_000);

/** Where in a file a date stood. Of wall clocks the first is the most trusted, of instants the last. */
export const FILE_DATE_TAGS = [
  'exif:dateTimeOriginal',
  'exif:createDate',
  'quickTime:creationDate',
  'xmp:dateTimeOriginal',
  'xmp:dateCreated',
  'xmp:createDate',
  'gps:dateTime',
  'movie:createDate',
] as const;

/** A date of a file: a wall clock, with its offset if it stands there, or an instant without a place. */
export const fileDateSchema = z.union([
  z.object({
    tag: z.enum(FILE_DATE_TAGS),
    local: wallClockSchema,
    offsetMinutes: z.number().int().min(-900).max(900).optional(),
  }),
  z.object({ tag: z.enum(FILE_DATE_TAGS), at: instant }),
]);

/** The shape of everything Roost takes from a file's metadata. Field words are those of EXIF, where it has one. */
const fields = {
  /** Of the bytes, whatever the name says. */
  mediaType: text(100),
  make: text(100),
  model: text(100),
  /** Maker and model in one: `Apple iPhone 11`. */
  camera: text(200),
  lensModel: text(200),
  software: text(200),
  /** Seconds. */
  exposureTime: z.number().positive().max(1_000_000),
  fNumber: z.number().positive().max(1000),
  iso: z.number().int().positive().max(100_000_000),
  /** Millimetres. */
  focalLength: z.number().positive().max(100_000),
  focalLengthIn35mmFormat: z.number().positive().max(100_000),
  /** Steps of the aperture. */
  exposureCompensation: z.number().min(-100).max(100),
  /** The bits of EXIF; the lowest says that it fired. */
  flash: z.number().int().min(0).max(255),
  /** Pixel size after turning upright. */
  imageWidth: pixelCount,
  imageHeight: pixelCount,
  /** 1 to 8, as EXIF counts. */
  orientation: z.number().int().min(1).max(8),
  durationMs: z
    .number()
    .int()
    .min(0)
    .max(100 * 24 * 3600 * 1000),
  /** Frames a second as they are played, and as they were taken where the file tells both. */
  videoFrameRate: z.number().positive().max(100_000),
  captureFrameRate: z.number().positive().max(100_000),
  /** Four characters, such as `avc1` and `hvc1`. */
  compressorId: text(20),
  audioFormat: text(20),
  /** Degrees of WGS 84, south and west negative. */
  gpsLatitude: z.number().min(-90).max(90),
  gpsLongitude: z.number().min(-180).max(180),
  /** Metres above the sea. */
  gpsAltitude: z.number().min(-12_000).max(1_000_000),
  /** There is a block for the place, and no place in it. */
  isGpsEmptied: mark,
  /** All dates of the file that can be capture times, in the order of {@link FILE_DATE_TAGS}. */
  dates: z.array(fileDateSchema).min(1).max(16),
  /** Apple's: the same in the still and the movie of a Live Photo. Upper-case UUID. */
  contentId: text(100),
  /** The same in all frames of a burst. */
  burstId: text(100),
  imageUniqueId: text(100),
  /** Apple's name for the shot; an edit keeps it. */
  photoId: text(100),
  hasGainMap: mark,
  /** How much brighter than white the picture may get. */
  hdrHeadroom: z.number().min(0).max(1000),
  /** How a movie codes more light than screens of old can show. */
  hdrTransfer: z.enum(['hlg', 'pq']),
  /** Stars, 0 to 5; -1 for a rejected one. */
  rating: z.number().int().min(-1).max(5),
  livePhotoVideoIndex: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** A movie that says it is half of a Live Photo. */
  isLivePhotoMovie: mark,
  isProRaw: mark,
  /** What a part of a RAW file shows, such as `Sky`. */
  semanticName: text(100),
  isPanorama: mark,
  isScreenshot: mark,
  isSlowMotion: mark,
  /** A still with its movie in the same file, as Google's and Samsung's phones write. */
  isMotionPhoto: mark,
  /** The file tells of changes by a program. */
  hasEditHistory: mark,
  /** The file ends before its own structure says it does. */
  isCutOff: mark,
} as const;

export const mediaMetadataSchema = z.object(fields).partial();

export type MediaMetadata = z.infer<typeof mediaMetadataSchema>;
export type FileDate = z.infer<typeof fileDateSchema>;

/**
 * What of some values fits the schema. A value that does not is left out alone: a file with one absurd field
 * still tells the others.
 */
export function soundMetadata(values: Readonly<Record<string, unknown>>): MediaMetadata {
  const sound: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(fields)) {
    const parsed = schema.safeParse(values[name]);
    if (parsed.success) sound[name] = parsed.data;
  }
  return mediaMetadataSchema.parse(sound);
}
