import { z } from 'zod';

import { ASSET_KIND_ORDER, type AssetKind } from './asset-kinds.ts';
import { FIDELITY_WARNINGS, type FidelityWarning } from './fidelity-warnings.ts';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

const kindSchema = z.enum(ASSET_KIND_ORDER as [AssetKind, ...AssetKind[]]);
const warningSchema = z.enum(
  Object.keys(FIDELITY_WARNINGS) as [FidelityWarning, ...FidelityWarning[]],
);

/** Longest free text of a filter, in characters. */
export const MAX_SEARCH_LENGTH = 200;

/**
 * Which assets a view shows, as fields of a query; what is left out does not restrict, all that is there has to be met.
 * The same fields stand in the addresses of the window and in calls to the service.
 */
export const assetFilterFields = {
  deviceId: z.uuid().optional(),
  /** Taken on this day or later, `YYYY-MM-DD` of the wall clock. */
  from: z.string().regex(dayPattern).optional(),
  /** Taken on this day or earlier. */
  to: z.string().regex(dayPattern).optional(),
  /**
   * Words that each have to stand somewhere in file names, camera, lens, device, kind or place; see `searchTerms`
   * in shared/search-text.ts.
   */
  q: z.string().min(1).max(MAX_SEARCH_LENGTH).optional(),
  /** It has to be all of these. In an address with commas between them. */
  kinds: z
    .union([
      z.array(kindSchema).min(1).max(ASSET_KIND_ORDER.length),
      z
        .string()
        .max(MAX_SEARCH_LENGTH)
        .transform((text) => text.split(','))
        .pipe(z.array(kindSchema).min(1).max(ASSET_KIND_ORDER.length)),
    ])
    .optional(),
  /** Maker and model in one, exactly. */
  camera: z.string().min(1).max(200).optional(),
  lens: z.string().min(1).max(200).optional(),
  /** Only favourites. */
  favourite: z
    .union([z.literal(true), z.literal('true').transform(() => true as const)])
    .optional(),
  /** It has this warning of shared/fidelity-warnings.ts. */
  warning: warningSchema.optional(),
};

export const assetFilterSchema = z.object(assetFilterFields);

export type AssetFilter = z.infer<typeof assetFilterSchema>;
