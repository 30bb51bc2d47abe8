import { z } from 'zod';

const count = z.number().int().nonnegative();

/** A photo or video with files in the trash. */
export const trashedAssetSchema = z.object({
  assetId: z.uuid(),
  fileName: z.string(),
  capturedLocal: z.string(),
  kind: z.enum(['photo', 'video', 'file']),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  thumbhash: z.string().optional(),
  durationMs: z.number().int().optional(),
  /** As in a timeline asset: part of the address of its tile. */
  version: z.string(),
  hasTile: z.boolean(),
  fileCount: count,
  byteCount: count,
  /** When the last of its files was thrown away. */
  trashedAt: z.number().int(),
});

export type TrashedAsset = z.infer<typeof trashedAssetSchema>;

/** What left the trash by itself, because a device sent it anew. */
export const returnedAssetSchema = z.object({
  assetId: z.uuid(),
  fileName: z.string(),
  returnedAt: z.number().int(),
});

export const trashTotalsSchema = z.object({
  assetCount: count,
  fileCount: count,
  byteCount: count,
});

export type TrashTotals = z.infer<typeof trashTotalsSchema>;

export const trashPageSchema = z.object({
  /** Last thrown away first. */
  assets: z.array(trashedAssetSchema),
  nextCursor: z.string().optional(),
  totals: trashTotalsSchema,
  /** 0: nothing is given up by itself. */
  emptyAfterDays: count,
  /** While it is being emptied: files that are gone, of how many. */
  emptying: z.object({ doneCount: count, fileCount: count }).optional(),
  /** The last ones, newest first. */
  returned: z.array(returnedAssetSchema),
});

export type TrashPage = z.infer<typeof trashPageSchema>;
