import { z } from 'zod';

import { parseResourceType } from './resource-type.ts';

/** Most assets one page of an inventory may name. */
export const MAX_PAGE_ASSETS = 5_000;
/** Most pages of one inventory. */
export const MAX_PAGES = 20_000;
/** Most files one asset may name. */
export const MAX_ASSET_RESOURCES = 40;
/** Most assets of one inventory. */
export const MAX_INVENTORY_ASSETS = 2_000_000;
/** Most files of one inventory. */
export const MAX_INVENTORY_RESOURCES = 6_000_000;
/** Longest body of one page. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;
/** Most text of all pages of one inventory, as JSON: two million assets of some 250 bytes each. */
export const MAX_INVENTORY_BYTES = 512 * 1024 * 1024;
/** Largest file an inventory may name, in bytes: more than any phone holds, and sums of all of them stay exact. */
export const MAX_INVENTORY_FILE_BYTES = 2 ** 40;
/** Most entries of one page of the list that is safe to delete. */
export const MAX_SAFE_ENTRIES = 1_000;

const instant = z.number().int();

const inventoryResourceSchema = z.object({
  resourceType: z
    .string()
    .max(64)
    .transform((text, context) => {
      const type = parseResourceType(text);
      if (type !== undefined) return type;
      context.addIssue({ code: 'custom', message: 'This is no resource type' });
      return z.NEVER;
    }),
  byteCount: z.number().int().nonnegative().max(MAX_INVENTORY_FILE_BYTES).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Of the bytes, as `Roost-Modified-At` told it; milliseconds UTC. */
  modifiedAt: instant.optional(),
  fileName: z
    .string()
    .max(255)
    .transform((name) => name.toWellFormed())
    .optional(),
});

const assetKeySchema = z
  .string()
  .min(1)
  .max(1024)
  .refine((key) => key.isWellFormed(), 'This is no text');

export const inventoryAssetSchema = z.object({
  assetKey: assetKeySchema,
  /** Every file of the asset on the device. */
  resources: z.array(inventoryResourceSchema).max(MAX_ASSET_RESOURCES),
  /** When it was taken, milliseconds UTC. */
  createdAt: instant.optional(),
  kind: z
    .string()
    .max(40)
    .transform((kind) => kind.toWellFormed())
    .optional(),
});

/** `PUT /v1/inventory`: one page of what a device has. The page with `isLast` makes it current. */
export const inventoryPageSchema = z.object({
  /** Chosen by the device, a new one for each inventory. */
  inventoryId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  /** From 0 on. */
  page: z
    .number()
    .int()
    .min(0)
    .max(MAX_PAGES - 1),
  isLast: z.boolean().default(false),
  assets: z.array(inventoryAssetSchema).max(MAX_PAGE_ASSETS),
});

export type InventoryAsset = z.infer<typeof inventoryAssetSchema>;
export type InventoryPage = z.infer<typeof inventoryPageSchema>;

/** Answer of `PUT /v1/inventory`. */
export interface InventoryPageAnswer {
  readonly inventoryId: string;
  readonly state: 'draft' | 'current';
  /** Pages that are here in full. */
  readonly pageCount: number;
  readonly assetCount: number;
}

/** Answer of `GET /v1/inventory`: the one that counts, and one that is not complete yet. */
export interface InventoryStatus {
  readonly current?: {
    readonly inventoryId: string;
    readonly committedAt: number;
    readonly assetCount: number;
  };
  readonly draft?: {
    readonly inventoryId: string;
    readonly pageCount: number;
    /** The first page that is not here. */
    readonly nextPage: number;
    readonly assetCount: number;
  };
}

export const safeQuerySchema = z.object({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_SAFE_ENTRIES).default(MAX_SAFE_ENTRIES),
});

/** Answer of `GET /v1/safe-to-delete`. Without `inventoryId` none is known, and nothing is safe. */
export interface SafeAnswer {
  readonly inventoryId?: string;
  readonly verifiedWithinDays: number;
  readonly assets: readonly {
    readonly assetKey: string;
    /** When the file of it that was re-read longest ago was re-read. */
    readonly verifiedAt: number;
    readonly byteCount: number;
  }[];
  readonly nextCursor?: string;
}
