import { receiptSchema } from '../../../shared/receipt.ts';
import type { TimedResource } from '../assets/asset-capture-time.ts';
import { resourceCaptureTime } from '../assets/resource-capture-time.ts';
import type { SeenResource } from '../assets/seen-resource.ts';

import { metadataOf } from './metadata-rows.ts';
import type { CatalogReader } from './open-catalog.ts';

/**
 * The files of an asset with all that is known of them, oldest first: what `assetKinds`, `fidelityWarnings` and
 * `assetCaptureTime` go by.
 */
export function seenResourcesOf(
  catalog: CatalogReader,
  assetId: string,
): (SeenResource & TimedResource)[] {
  const rows = catalog.all<{ receipt: string; media_type: string | null }>(
    `SELECT resources.receipt, media.media_type FROM resources LEFT JOIN media USING (sha256)
     WHERE resources.asset_id = ? ORDER BY resources.rowid`,
    assetId,
  );
  return rows.flatMap((row) => {
    const receipt = receiptSchema.safeParse(JSON.parse(row.receipt)).data;
    if (receipt === undefined) return [];
    const { resourceType, told, seen } = receipt;
    const metadata = metadataOf(catalog, receipt.sha256)?.metadata;
    return {
      resourceType,
      fileName: told.fileName,
      contentType: told.contentType,
      location: told.location,
      burstId: told.burstId ?? seen?.burstId,
      mediaType: row.media_type ?? seen?.mediaType,
      contentId: seen?.contentId,
      metadata,
      captureTime: resourceCaptureTime(receipt, metadata),
    };
  });
}
