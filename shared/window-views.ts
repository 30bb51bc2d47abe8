import { z } from 'zod';

import { captureTimeSchema } from './capture-time.ts';
import { ERRORS, type ErrorCode } from './error-catalogue.ts';
import { PAUSE_CAUSES } from './job-causes.ts';
import { JOB_STATES, type JobState } from './job-state.ts';
import { LIBRARY_STATES } from './library-state.ts';
import { mediaMetadataSchema } from './media-metadata.ts';
import { UPLOAD_RESULTS } from './native-protocol.ts';
import { receiptSchema, toldMetadataSchema } from './receipt.ts';
import { RESOURCE_ROLES } from './resource-role.ts';
import { scrubStatusSchema } from './scrub-view.ts';

/** What the window shows: plain shapes, derived from the catalog, never a secret of a device. */

const errorCodeSchema = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
const jobStateSchema = z.enum(JOB_STATES as [JobState, ...JobState[]]);

export const previewStateSchema = z.enum(['waiting', 'ready', 'failed', 'none']);

export const monthSummarySchema = z.object({
  /** `YYYY-MM` of the capture time. */
  month: z.string(),
  count: z.number().int(),
  /** Days of the month with how many assets each has, newest first: `[31, 12]`. */
  days: z.array(z.tuple([z.number().int(), z.number().int()])),
});

/** A value that assets have, and how many of those that are looked at have it. */
export const facetSchema = z.object({ value: z.string(), count: z.number().int() });

/** What assets that pass a filter have in common, for filters that narrow it further. */
export const facetsSchema = z.object({
  /** How many pass. */
  count: z.number().int(),
  favouriteCount: z.number().int(),
  /** Codes of shared/asset-kinds.ts. */
  kinds: z.array(facetSchema),
  deviceIds: z.array(facetSchema),
  cameras: z.array(facetSchema),
  lenses: z.array(facetSchema),
  /** Codes of shared/fidelity-warnings.ts. */
  warnings: z.array(facetSchema),
  /** Newest first. */
  years: z.array(facetSchema),
});

/** One asset in the timeline: what is needed to lay it out before any picture is loaded. */
export const timelineAssetSchema = z.object({
  assetId: z.uuid(),
  kind: z.enum(['photo', 'video', 'file']),
  capturedLocal: z.string(),
  fileName: z.string(),
  deviceId: z.uuid(),
  /** Upright pixel size; absent until the decoder has seen the file. */
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  /** Base64 thumbhash of the tile. */
  thumbhash: z.string().optional(),
  durationMs: z.number().int().optional(),
  tile: previewStateSchema,
  /** Code from shared/preview-reasons.ts when `tile` is `failed` or `none`. */
  tileReason: z.string().optional(),
  /** Changes when the shown bytes change; part of preview addresses so that they can be cached for ever. */
  version: z.string(),
  resourceCount: z.number().int(),
  /** Of all its files together, without those in the trash. */
  byteCount: z.number().int(),
  /** What the asset is, as badges tell it; codes of shared/asset-kinds.ts. */
  kinds: z.array(z.string()),
  /** How many other photos of the same burst there are. */
  burstCount: z.number().int().optional(),
  /** Codes of shared/fidelity-warnings.ts: in what way this is less than what the phone had. */
  warnings: z.array(z.string()),
  /** A few seconds of it can be played under the pointer: see `previewPath` with `clip`. */
  hasClip: z.boolean(),
  /** The person marked it, or its device told that it is one. */
  isFavourite: z.literal(true).optional(),
});

/** What joined a part to the rest of its asset: the device's key, or a guess, or a person. */
export const PART_REASONS = [
  'key',
  'content-id',
  'same-folder',
  'same-name',
  'sent-with',
  'by-hand',
] as const;

/** Files that a device sent under one key. An asset of more than one part was put together by Roost. */
export const assetPartSchema = z.object({
  partId: z.uuid(),
  why: z.enum(PART_REASONS),
  receiptIds: z.array(z.uuid()),
  fileNames: z.array(z.string()),
});

export const resourceViewSchema = receiptSchema.extend({
  /** Path on this computer, for the person to read and copy. */
  absolutePath: z.string(),
  deviceName: z.string(),
  /** What it is to its asset, by type, bytes and name. */
  role: z.enum(RESOURCE_ROLES),
  tile: previewStateSchema,
  tileReason: z.string().optional(),
  mediaType: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  /** Other devices and names under which the same bytes came again. */
  links: z.array(
    z.object({
      deviceId: z.uuid(),
      deviceName: z.string(),
      fileName: z.string().optional(),
      linkedAt: z.number().int(),
    }),
  ),
});

export const assetDetailsSchema = z.object({
  asset: timelineAssetSchema,
  captureTime: captureTimeSchema,
  /** The resource the previews come from. */
  shownReceiptId: z.uuid(),
  resources: z.array(resourceViewSchema),
  /** What the original tells of itself; absent until it was read. */
  metadata: mediaMetadataSchema.optional(),
  /** Oldest first; the asset has the id of the first. */
  parts: z.array(assetPartSchema),
  /** The other photos of its burst, in the order they were taken. */
  burst: z.array(timelineAssetSchema),
  /** Neighbours in the timeline: `newer` stands before it, `older` after it. */
  newerAssetId: z.uuid().optional(),
  olderAssetId: z.uuid().optional(),
});

/** A file there should be a picture of, and is none. */
export const previewFailureSchema = z.object({
  assetId: z.uuid(),
  receiptId: z.uuid(),
  fileName: z.string(),
  /** Code from shared/preview-reasons.ts. */
  reason: z.string(),
  /** How often it was tried. */
  attempts: z.number().int(),
});

/** One HTTP transfer within a job, possibly resumed over several requests. */
export const uploadViewSchema = z.object({
  startedAt: z.number().int(),
  finishedAt: z.number().int().optional(),
  receivedByteCount: z.number().int(),
  result: z.enum([...UPLOAD_RESULTS, 'interrupted', 'failed']).optional(),
  /** Requests that brought bytes: more than one where a device went on where it stopped. */
  requestCount: z.number().int(),
  errorCode: errorCodeSchema.optional(),
  /** What this computer did that explains why it broke off. */
  cause: z.enum(PAUSE_CAUSES).optional(),
  /** Oldest first, where it did not come in one go: each began at the byte where the device went on. */
  stretches: z.array(
    z.object({
      startedAt: z.number().int(),
      finishedAt: z.number().int().optional(),
      fromByteCount: z.number().int(),
      toByteCount: z.number().int(),
      errorCode: errorCodeSchema.optional(),
      cause: z.enum(PAUSE_CAUSES).optional(),
    }),
  ),
});

/** How it is with the original of a job that ended well, where it is not as safe any more as it was then. */
export const JOB_NOWS = ['in-trash', 'given-up', 'damaged', 'missing'] as const;

export type JobNow = (typeof JOB_NOWS)[number];

export const jobViewSchema = z.object({
  jobId: z.uuid(),
  deviceId: z.uuid(),
  deviceName: z.string(),
  assetKey: z.string(),
  resourceType: z.string(),
  fileName: z.string(),
  state: jobStateSchema,
  /** Why it is not safe; only for `failed` and `interrupted`. Words stand in shared/error-catalogue.ts. */
  errorCode: errorCodeSchema.optional(),
  errorDetail: z.string().optional(),
  /** What this computer did that explains why it broke off. */
  cause: z.enum(PAUSE_CAUSES).optional(),
  receivedByteCount: z.number().int(),
  expectedByteCount: z.number().int().optional(),
  startedAt: z.number().int(),
  changedAt: z.number().int(),
  finishedAt: z.number().int().optional(),
  uploadCount: z.number().int(),
  receiptId: z.uuid().optional(),
  assetId: z.uuid().optional(),
  /**
   * Of what broke off and will not come by itself: `by-hand` where somebody must pick it again on Roost's page,
   * `never` where its device may not send any more. Absent where the device tries again.
   */
  comesBack: z.enum(['by-hand', 'never']).optional(),
  /** Told once, by an event: the job of the resource it turned out to be of, which goes on for it. */
  joinedJobId: z.uuid().optional(),
  /** Told of jobs that are asked for, not by events: those are of jobs that just ended. */
  now: z.enum(JOB_NOWS).optional(),
});

/** A time in which this computer could take nothing. */
export const pauseViewSchema = z.object({
  cause: z.enum(PAUSE_CAUSES),
  fromAt: z.number().int(),
  /** Absent while it lasts. */
  toAt: z.number().int().optional(),
});

/**
 * Why a job has to do with another: the same bytes under another name or from another device, another file of the
 * same photo, or a file of the same name and device that one of the two did not bring home.
 */
export const JOB_RELATIONS = ['same-bytes', 'same-photo', 'same-name'] as const;

export const jobDetailsSchema = z.object({
  job: jobViewSchema,
  /** Oldest first. */
  uploads: z.array(uploadViewSchema),
  /** Oldest first; those between its first and last upload, and a while around them. */
  pauses: z.array(pauseViewSchema),
  related: z.array(z.object({ relation: z.enum(JOB_RELATIONS), job: jobViewSchema })),
  told: toldMetadataSchema.optional(),
});

/** The jobs of one device that ended on one day. */
export const jobGroupSchema = z.object({
  /** `YYYY-MM-DD` in the time zone that was asked for. */
  day: z.string(),
  deviceId: z.uuid(),
  deviceName: z.string(),
  /** Where the day begins and ends, exclusively. */
  fromAt: z.number().int(),
  toAt: z.number().int(),
  /** When the first and the last of them ended. */
  firstAt: z.number().int(),
  lastAt: z.number().int(),
  counts: z.partialRecord(jobStateSchema, z.number().int()),
  /** Bytes that were stored: duplicates brought none. */
  storedByteCount: z.number().int(),
  /** All of them where they are few, else the last of those that are not safe; last changed first. */
  jobs: z.array(jobViewSchema),
});

export const deviceViewSchema = z.object({
  deviceId: z.uuid(),
  name: z.string(),
  folder: z.string(),
  model: z.string(),
  platform: z.string(),
  app: z.string(),
  pairedAt: z.number().int(),
  lastSeenAt: z.number().int().optional(),
  revokedAt: z.number().int().optional(),
  /** It was taken out of the list of devices; what it sent stays. */
  removedAt: z.number().int().optional(),
  /** False when the device is known from the library but no token of it is valid here. */
  trusted: z.boolean(),
  /** How its app logs in, where it does. */
  login: z
    .object({
      loginName: z.string(),
      /** Since when nobody gets in by it, after too many wrong passwords. */
      lockedAt: z.number().int().optional(),
      /** The address that the last wrong password came from. */
      lockedFrom: z.string().optional(),
    })
    .optional(),
  resourceCount: z.number().int(),
  byteCount: z.number().int(),
});

export const pairingViewSchema = z.object({
  code: z.string(),
  expiresAt: z.number().int(),
  /** Address for the QR code: opens Roost's page on a phone's browser with the code filled in. */
  url: z.string(),
});

export const discoveryStateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('advertising'),
    name: z.string(),
    host: z.string(),
    addresses: z.array(z.string()),
  }),
  z.object({ kind: z.literal('no-network') }),
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);

export const overviewSchema = z.object({
  server: z.object({ id: z.uuid(), name: z.string(), version: z.string() }),
  host: z.enum(['desktop', 'headless']),
  startedAt: z.number().int(),
  lan: z.object({
    port: z.number().int(),
    /** Base addresses devices can use, best first, e.g. `http://192.168.1.20:7678`. */
    urls: z.array(z.string()),
  }),
  discovery: discoveryStateSchema,
  library: z.object({
    folder: z.string(),
    state: z.enum(LIBRARY_STATES),
    /** Why nothing can be stored; absent for `ready` and `opening`. Words stand in shared/error-catalogue.ts. */
    problemCode: errorCodeSchema.optional(),
    freeByteCount: z.number().int().optional(),
    assetCount: z.number().int(),
    resourceCount: z.number().int(),
    byteCount: z.number().int(),
  }),
  previews: z.object({ waitingCount: z.number().int(), failedCount: z.number().int() }),
  /** Files whose details are still to be read, and those of which they could not be. */
  metadata: z.object({ waitingCount: z.number().int(), failedCount: z.number().int() }),
  scrub: scrubStatusSchema,
  deviceCount: z.number().int(),
  /** Things a person should know, such as a settings file that could not be read. */
  notices: z.array(
    z.object({
      code: z.string(),
      /** In English. */
      text: z.string(),
      /** What stands in the text of this case alone, such as a path, for the words of another language. */
      values: z.array(z.string()).optional(),
    }),
  ),
});

export type MonthSummary = z.infer<typeof monthSummarySchema>;
export type Facet = z.infer<typeof facetSchema>;
export type Facets = z.infer<typeof facetsSchema>;
export type TimelineAsset = z.infer<typeof timelineAssetSchema>;
export type AssetPart = z.infer<typeof assetPartSchema>;
export type ResourceView = z.infer<typeof resourceViewSchema>;
export type AssetDetails = z.infer<typeof assetDetailsSchema>;
export type PreviewFailure = z.infer<typeof previewFailureSchema>;
export type UploadView = z.infer<typeof uploadViewSchema>;
export type JobView = z.infer<typeof jobViewSchema>;
export type JobGroup = z.infer<typeof jobGroupSchema>;
export type PauseView = z.infer<typeof pauseViewSchema>;
export type JobRelation = (typeof JOB_RELATIONS)[number];
export type JobDetails = z.infer<typeof jobDetailsSchema>;
export type DeviceView = z.infer<typeof deviceViewSchema>;
export type PairingView = z.infer<typeof pairingViewSchema>;
export type DiscoveryState = z.infer<typeof discoveryStateSchema>;
export type Overview = z.infer<typeof overviewSchema>;
