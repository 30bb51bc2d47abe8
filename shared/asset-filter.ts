import { z } from 'zod';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Which assets a view shows, as fields of a query; what is left out does not restrict. The same fields stand in the
 * addresses of the window and in calls to the service.
 */
export const assetFilterFields = {
  deviceId: z.uuid().optional(),
  /** Taken on this day or later, `YYYY-MM-DD` of the wall clock. */
  from: z.string().regex(dayPattern).optional(),
  /** Taken on this day or earlier. */
  to: z.string().regex(dayPattern).optional(),
};

export const assetFilterSchema = z.object(assetFilterFields);

export type AssetFilter = z.infer<typeof assetFilterSchema>;
