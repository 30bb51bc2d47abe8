import { z } from 'zod';

import { captureTimeSchema } from './capture-time.ts';

const instant = z.number().int();
const uuid = z.uuid();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A library may come from another computer on a drive anybody could have written, so a path in its journal must
 * not lead out of it: plain names between `/`, none that is special to a file system, and nothing of Roost's own.
 */
const libraryPath = z
  .string()
  .max(4096)
  .refine((path) => path.split('/').every(isPlainName) && !/^\.roost(\/|$)/i.test(path));

function isPlainName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- a NUL ends a path for the system below
  return name !== '' && name !== '.' && name !== '..' && !/[\\:\u0000]/.test(name);
}

/** Where a file lies that a person threw away: in Roost's own folder, each under the id of its move. */
const trashPath = z
  .string()
  .max(4096)
  .regex(/^\.roost\/trash\/[0-9a-f-]{36}\/[^/]+$/)
  .refine((path) => isPlainName(path.slice(path.lastIndexOf('/') + 1)));

/** Whether a path of a receipt or a move says that the file was thrown away. */
export function isInTrash(path: string): boolean {
  return path.startsWith('.roost/trash/');
}

/** WGS 84 degrees, as the device told them. */
export const locationSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** What a device told about a resource in headers; all of it optional, none of it trusted. */
export const toldMetadataSchema = z.object({
  fileName: z.string().optional(),
  contentType: z.string().optional(),
  createdAt: instant.optional(),
  /** Minutes east of UTC of `createdAt`, where the device said them. */
  createdOffsetMinutes: z.number().int().optional(),
  modifiedAt: instant.optional(),
  favorite: z.boolean().optional(),
  location: locationSchema.optional(),
  cloudId: z.string().optional(),
  burstId: z.string().optional(),
});

/**
 * What the file's own header said when it was placed. Journaled, so that a catalog made anew groups resources
 * into the same assets without reading a single file. Absent where the header could not be read, and in
 * receipts of before.
 */
export const seenInFileSchema = z.object({
  /** Of the bytes, whatever the name says. */
  mediaType: z.string().max(100),
  /** Apple's content identifier: the same in the still and the movie of a Live Photo. */
  contentId: z.string().max(100).optional(),
  /** The same in all frames of a burst. */
  burstId: z.string().max(100).optional(),
  /** Maker and model, as the folder template takes them. */
  camera: z.string().max(200).optional(),
});

/**
 * The durable record that a resource is stored. It stands in the journal; everything else is derived.
 * `path` is relative to the library folder, with `/` between its parts: where the file was placed first. Moves
 * tell where it went from there; the catalog's receipts carry the path of now.
 */
export const receiptSchema = z.object({
  receiptId: uuid,
  assetId: uuid,
  deviceId: uuid,
  assetKey: z.string(),
  resourceType: z.string(),
  path: z.union([libraryPath, trashPath]),
  byteCount: z.number().int().positive(),
  sha256,
  /** Where the protocol that brought it knows bytes by it. */
  sha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  captureTime: captureTimeSchema,
  told: toldMetadataSchema,
  seen: seenInFileSchema.optional(),
  jobId: uuid,
  startedAt: instant,
  storedAt: instant,
});

/**
 * A device sent bytes that were here already: its own name for them, tied to the first receipt.
 * Journaled, because the tie between the device's asset key and the asset cannot be derived from files.
 */
export const linkSchema = receiptSchema
  .pick({
    receiptId: true,
    assetId: true,
    deviceId: true,
    assetKey: true,
    resourceType: true,
    told: true,
    sha1: true,
    jobId: true,
    startedAt: true,
  })
  .extend({ linkId: uuid, linkedAt: instant });

/** A device as the library remembers it; the token stays outside the library. */
export const deviceRecordSchema = z.object({
  deviceId: uuid,
  name: z.string(),
  /** The device's folder in the library: fixed at first pairing, so that renaming moves nothing. */
  folder: libraryPath.refine((folder) => !folder.includes('/')),
  model: z.string(),
  platform: z.string(),
  app: z.string(),
  pairedAt: instant,
  revokedAt: instant.optional(),
  /** Since when a person does not want to see it among the devices; what it sent stays. */
  removedAt: instant.optional(),
});

/** Why an original was moved within its library; nothing else ever moves one. */
export const MOVE_CAUSES = [
  /** It had come before the photo it belongs to, and had no name or day of its own. */
  'together',
  /** The person asked for other folders. */
  'refile',
  'trash',
  'restore',
  /** Takes back a batch of moves. */
  'undo',
] as const;

/** An original stands at another path of its library now. Written after it stands there, before it leaves the old one. */
export const moveSchema = z.object({
  moveId: uuid,
  receiptId: uuid,
  from: z.union([libraryPath, trashPath]),
  to: z.union([libraryPath, trashPath]),
  cause: z.enum(MOVE_CAUSES),
  /** Moves that a person asked for together, and can take back together. */
  batchId: uuid.optional(),
  movedAt: instant,
});

/**
 * What a person decided about a guess: that some assets, by the ids of their receipts, are one or are not.
 * `apart`: the first is not one with any of the others. `together`: all are one. Of two decisions about a pair
 * the later counts; `forget` leaves a pair to the guesses again.
 */
export const groupingSchema = z.object({
  decisionId: uuid,
  decision: z.enum(['apart', 'together', 'forget']),
  assetIds: z.array(uuid).min(2).max(200),
  decidedAt: instant,
});

/**
 * What a person decided: assets, by the ids of their receipts, are favourites or are none. Of two decisions about one
 * the later counts; where there is none, what its device told does.
 */
export const favouriteSchema = z.object({
  decisionId: uuid,
  assetIds: z.array(uuid).min(1).max(200),
  isFavourite: z.boolean(),
  decidedAt: instant,
});

/**
 * Files in the trash are given up for good: these receipts vouch for nothing from here on. Written before the files
 * are removed.
 */
export const emptiedSchema = z.object({
  emptyingId: uuid,
  receiptIds: z.array(uuid).min(1).max(200),
  /** By themselves, since they had been in the trash for as long as was set. */
  isByAge: z.boolean(),
  emptiedAt: instant,
});

/** What the app of a device wants kept beside a file that it sent; the later of two under one key counts. */
export const appMetadataSchema = z.object({
  deviceId: uuid,
  receiptId: uuid,
  key: z.string().min(1).max(100),
  /** JSON. */
  value: z.string().max(8192),
  notedAt: instant,
});

export const journalEntrySchema = z.discriminatedUnion('entry', [
  receiptSchema.extend({ entry: z.literal('receipt') }),
  linkSchema.extend({ entry: z.literal('link') }),
  moveSchema.extend({ entry: z.literal('move') }),
  groupingSchema.extend({ entry: z.literal('grouping') }),
  favouriteSchema.extend({ entry: z.literal('favourite') }),
  emptiedSchema.extend({ entry: z.literal('emptied') }),
  appMetadataSchema.extend({ entry: z.literal('app-metadata') }),
  deviceRecordSchema.extend({ entry: z.literal('device'), recordedAt: instant }),
]);

export type Location = z.infer<typeof locationSchema>;
export type ToldMetadata = z.infer<typeof toldMetadataSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
export type SeenInFile = z.infer<typeof seenInFileSchema>;
export type Move = z.infer<typeof moveSchema>;
export type MoveCause = (typeof MOVE_CAUSES)[number];
export type GroupingDecision = z.infer<typeof groupingSchema>;
export type FavouriteDecision = z.infer<typeof favouriteSchema>;
export type Emptied = z.infer<typeof emptiedSchema>;
export type AppMetadata = z.infer<typeof appMetadataSchema>;
export type Link = z.infer<typeof linkSchema>;
export type DeviceRecord = z.infer<typeof deviceRecordSchema>;
export type JournalEntry = z.infer<typeof journalEntrySchema>;
