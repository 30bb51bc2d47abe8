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
 * The durable record that a resource is stored. It stands in the journal; everything else is derived.
 * `path` is relative to the library folder, with `/` between its parts.
 */
export const receiptSchema = z.object({
  receiptId: uuid,
  assetId: uuid,
  deviceId: uuid,
  assetKey: z.string(),
  resourceType: z.string(),
  path: libraryPath,
  byteCount: z.number().int().positive(),
  sha256,
  captureTime: captureTimeSchema,
  told: toldMetadataSchema,
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
});

export const journalEntrySchema = z.discriminatedUnion('entry', [
  receiptSchema.extend({ entry: z.literal('receipt') }),
  linkSchema.extend({ entry: z.literal('link') }),
  deviceRecordSchema.extend({ entry: z.literal('device'), recordedAt: instant }),
]);

export type Location = z.infer<typeof locationSchema>;
export type ToldMetadata = z.infer<typeof toldMetadataSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
export type Link = z.infer<typeof linkSchema>;
export type DeviceRecord = z.infer<typeof deviceRecordSchema>;
export type JournalEntry = z.infer<typeof journalEntrySchema>;
