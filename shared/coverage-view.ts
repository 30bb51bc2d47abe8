import { z } from 'zod';

import { ERRORS, type ErrorCode } from './error-catalogue.ts';

/**
 * How an asset of a device's inventory stands, worst first: `given-up` a file of it was refused or broke and nothing
 * came since; `damaged` Roost had it and re-reading found it damaged or missing; `trashed` a person threw it away
 * here; `owed` a file of it has not come; `here` every file of it is stored, and not re-read in time; `verified` also
 * re-read in time: safe to delete from the device; `counting` not worked out yet.
 */
export const COVERAGE_GROUPS = [
  'given-up',
  'damaged',
  'trashed',
  'owed',
  'here',
  'verified',
  'counting',
] as const;

export type CoverageGroup = (typeof COVERAGE_GROUPS)[number];

const groupCountSchema = z.object({
  assetCount: z.number().int(),
  /** As far as known: see `unsizedCount`. */
  byteCount: z.number().int(),
  /** Files nobody knows the size of. */
  unsizedCount: z.number().int(),
});

/** How much of a device is here. */
export const deviceCoverageSchema = z.object({
  deviceId: z.uuid(),
  /** What the device says it has; absent where it never said, or the catalog was made anew since. */
  inventory: z
    .object({
      committedAt: z.number().int(),
      assetCount: z.number().int(),
      byteCount: z.number().int(),
      groups: z.record(z.enum(COVERAGE_GROUPS), groupCountSchema),
      /** Every asset of it is here and verified, and the library can be reached. */
      isComplete: z.boolean(),
    })
    .optional(),
  /** One that the device is sending: it does not count yet. */
  draft: z.object({ changedAt: z.number().int(), assetCount: z.number().int() }).optional(),
  heardAt: z.number().int().optional(),
  /** For so many whole days nothing was heard of it, and that is longer than the person wants; absent else. */
  quietForDays: z.number().int().optional(),
  /** After so many days a person is told; 0 is never. */
  quietAfterDays: z.number().int(),
  /** The days are this device's own, and not those of all. */
  hasOwnQuietDays: z.boolean(),
  verifiedWithinDays: z.number().int(),
});

export const coveredAssetSchema = z.object({
  assetKey: z.string(),
  name: z.string(),
  kind: z.string().optional(),
  createdAt: z.number().int().optional(),
  resourceCount: z.number().int(),
  byteCount: z.number().int(),
  unsizedCount: z.number().int(),
  /** When the file of it that was re-read longest ago was re-read. */
  verifiedAt: z.number().int().optional(),
  /** Types of the files that are not here, or that nothing was told of by which they could be compared. */
  openTypes: z.array(z.string()),
  /** The device told neither hash, size nor time of a file: it may be another than the one that is here. */
  isUntold: z.boolean(),
  /** Why it was given up. */
  errorCode: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).optional(),
  /** The asset in the timeline. */
  assetId: z.uuid().optional(),
});

/** Of what a device sent, whatever it still has: all that can be told without an inventory. */
export const sentSummarySchema = z.object({
  resourceCount: z.number().int(),
  byteCount: z.number().int(),
  verifiedCount: z.number().int(),
  verifiedByteCount: z.number().int(),
  damagedCount: z.number().int(),
  trashedCount: z.number().int(),
});

export type GroupCount = z.infer<typeof groupCountSchema>;
export type DeviceCoverage = z.infer<typeof deviceCoverageSchema>;
export type CoveredAsset = z.infer<typeof coveredAssetSchema>;
export type SentSummary = z.infer<typeof sentSummarySchema>;

/** Address of the list that is safe to delete from a device, as a spreadsheet's CSV. */
export function safeListPath(deviceId: string): string {
  return `/media/devices/${deviceId}/safe-to-delete.csv`;
}
