import { z } from 'zod';

import { captureTimeSchema } from '../../../shared/capture-time.ts';
import { PREVIEW_REASONS, type PreviewReason } from '../../../shared/preview-reasons.ts';
import { locationSchema } from '../../../shared/receipt.ts';

/**
 * The messages between the service and its decoder process. Both ends parse them; for the service the
 * answers are as hostile as the files, since a file may have taken the decoder over.
 */

export const PREVIEW_KINDS = ['tile', 'screen', 'clip'] as const;

/**
 * `tile`: 640 px on the long edge, for the grid. `screen`: 2560 px, for the viewer. Videos give a poster frame.
 * `clip`: the first seconds of a movie, or of the movie inside a photo, 480 px and without sound.
 */
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

/** The kinds that are a picture. */
export type PictureKind = Exclude<PreviewKind, 'clip'>;

/** Pixel size of the long edge; smaller originals keep their size. */
export const PREVIEW_LONG_EDGE: Record<PreviewKind, number> = {
  tile: 640,
  screen: 2560,
  clip: 480,
};

/** `webp` for pictures, `webm` for clips. */
export type PreviewFormat = 'webp' | 'webm';

export const PREVIEW_FORMAT: Record<PreviewKind, PreviewFormat> = {
  tile: 'webp',
  screen: 'webp',
  clip: 'webm',
};

/**
 * `quick`: a tile may be the small picture a camera put into the file, which is ready many times sooner.
 * `full`: of the picture itself.
 */
export const PREVIEW_QUALITIES = ['quick', 'full'] as const;
export type PreviewQuality = (typeof PREVIEW_QUALITIES)[number];

/** Larger than any honest preview: a 2560 px WebP of pure noise has about 5 MB. */
const MAX_PREVIEW_BYTE_COUNT = 12 * 1024 * 1024;
const MAX_DETAIL_LENGTH = 500;

const pixelCount = z.number().int().min(1).max(1_000_000);

export const mediaHeaderSchema = z.object({
  /** Of the bytes, whatever the name says; `application/octet-stream` when unknown. */
  mediaType: z.string().min(3).max(100),
  kind: z.enum(['photo', 'video', 'file']),
  /** Pixel size after turning upright. */
  width: pixelCount.optional(),
  height: pixelCount.optional(),
  capturedAt: captureTimeSchema.optional(),
  /** The instant of a movie header, where nothing tells the wall clock. Never to be shown as local time. */
  utcCreatedAt: z.number().int().optional(),
  durationMs: z.number().int().min(0).optional(),
  /** Where it was taken, as the file says. */
  location: locationSchema.optional(),
  /** Apple's content identifier: in the maker note of a still, a metadata key of a movie. Upper-case UUID. */
  contentId: z.string().max(100).optional(),
  /** The same in all frames of a burst. */
  burstId: z.string().max(100).optional(),
  /** Maker and model in one, as a person would say it: `Apple iPhone 11`, `Canon EOS 350D`. */
  camera: z.string().max(200).optional(),
  /** A map beside the picture says where it is brighter than white. */
  hasGainMap: z.literal(true).optional(),
  /** The file ends before its own structure says it does. */
  isCutOff: z.literal(true).optional(),
});

export type MediaHeader = z.infer<typeof mediaHeaderSchema>;

const reasonSchema = z.enum(Object.keys(PREVIEW_REASONS) as [PreviewReason, ...PreviewReason[]]);

export const failureSchema = z.object({
  ok: z.literal(false),
  reason: reasonSchema,
  /** For the log: what exactly was wrong. */
  detail: z.string().max(MAX_DETAIL_LENGTH),
});

export type DecoderFailure = z.infer<typeof failureSchema>;

export const headerResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), header: mediaHeaderSchema }),
  failureSchema,
]);

export type HeaderResult = z.infer<typeof headerResultSchema>;

const madePreviewSchema = z
  .object({
    ok: z.literal(true),
    /** Pixel size of the preview, upright. */
    width: pixelCount,
    height: pixelCount,
    /** Pixel size of the original, upright. */
    sourceWidth: pixelCount,
    sourceHeight: pixelCount,
    bytes: z
      .custom<Uint8Array>((bytes) => bytes instanceof Uint8Array)
      .refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= MAX_PREVIEW_BYTE_COUNT),
    format: z.enum(['webp', 'webm']),
    /** Base64, about 30 characters; only for tiles. */
    thumbhash: z.base64().max(64).optional(),
    /** Only for tiles: made of the embedded picture, so a `full` one would be better. */
    isQuick: z.literal(true).optional(),
    /** The file has a second picture that says how much brighter each place is on an HDR display; not applied. */
    hasGainMap: z.literal(true).optional(),
    decodedBy: z.enum(['sharp', 'ffmpeg', 'libheif', 'libraw']),
  })
  .refine(({ bytes, format }) => hasStartOf(bytes, format));

export const previewResultSchema = z.discriminatedUnion('ok', [madePreviewSchema, failureSchema]);

export type PreviewResult = z.infer<typeof previewResultSchema>;

/** What the service asks the decoder to do. */
export const decoderRequestSchema = z.discriminatedUnion('job', [
  z.object({ id: z.number().int(), job: z.literal('read-header'), path: z.string() }),
  z.object({
    id: z.number().int(),
    job: z.literal('make-preview'),
    path: z.string(),
    kind: z.enum(PREVIEW_KINDS),
    /** Without it: `full`. */
    quality: z.enum(PREVIEW_QUALITIES).optional(),
  }),
]);

export type DecoderRequest = z.infer<typeof decoderRequestSchema>;

/** What the decoder says: first that it is ready, then one answer per request, as yet unparsed. */
export const decoderMessageSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('answer'), id: z.number().int(), result: z.unknown() }),
]);

export type DecoderMessage = z.infer<typeof decoderMessageSchema>;

export function failure(reason: PreviewReason, detail: string): DecoderFailure {
  return { ok: false, reason, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

function hasStartOf(bytes: Uint8Array, format: PreviewFormat): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12));
  if (head.byteLength < 12) return false;
  if (format === 'webm') return head.readUInt32BE(0) === 0x1a45dfa3;
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP';
}
