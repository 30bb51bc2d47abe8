import { RoostError } from '../../../shared/error-catalogue.ts';
import { previewStateOf } from '../../../shared/preview-reasons.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { AssetDetails, AssetPart, ResourceView } from '../../../shared/window-views.ts';
import { RESOURCE_ROLES, type ResourceRole } from '../../../shared/resource-role.ts';
import { isEdit } from '../assets/grouping/resource-role.ts';
import { metadataOf } from '../catalog/metadata-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import {
  linksOfReceipt,
  receiptById,
  receiptsOfAsset,
  receiptsOfPart,
} from '../catalog/receipt-queries.ts';
import { assetOfPart, partsOfAsset } from '../catalog/regroup.ts';
import { tiesOf } from '../catalog/tie-rows.ts';
import { assetById, burstOf, neighbours } from '../catalog/timeline-queries.ts';

interface MediaRow {
  readonly role: ResourceRole;
  readonly media_type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly tile_state: 'waiting' | 'ready' | 'failed' | null;
  readonly tile_reason: string | null;
}

/**
 * Everything the viewer's details show of an asset. An id of before it was joined to others finds it, too.
 * @throws RoostError `request/not-found`.
 */
export function assetDetails(
  catalog: CatalogReader,
  askedId: string,
  pathOf: (relativePath: string) => string,
): AssetDetails {
  const assetId = assetOfPart(catalog, askedId);
  const asset = assetById(catalog, assetId);
  const row = catalog.get<{
    captured_local: string;
    captured_offset: number | null;
    capture_source: AssetDetails['captureTime']['source'];
    captured_offset_source: AssetDetails['captureTime']['offsetSource'] | null;
    shown_receipt_id: string;
  }>('SELECT * FROM assets WHERE asset_id = ?', assetId);
  if (!asset || !row) throw new RoostError('request/not-found', 'There is no such photo.');
  return {
    asset,
    captureTime: {
      local: row.captured_local,
      source: row.capture_source,
      ...(row.captured_offset !== null && { offsetMinutes: row.captured_offset }),
      ...(row.captured_offset_source && { offsetSource: row.captured_offset_source }),
    },
    shownReceiptId: row.shown_receipt_id,
    resources: resourcesOf(catalog, assetId).map((receipt) =>
      resourceView(catalog, receipt, pathOf),
    ),
    ...metadataOfAsset(catalog, assetId),
    parts: partsOf(catalog, assetId),
    burst: burstOf(catalog, assetId),
    ...neighbours(catalog, assetId),
  };
}

/** What the original tells of itself; an edit often knows less of the camera. */
function metadataOfAsset(catalog: CatalogReader, assetId: string): Pick<AssetDetails, 'metadata'> {
  const rows = catalog.all<{ sha256: string; role: ResourceRole }>(
    'SELECT sha256, role FROM resources WHERE asset_id = ? ORDER BY rowid DESC LIMIT 200',
    assetId,
  );
  const rank = ({ role }: { role: ResourceRole }): number =>
    RESOURCE_ROLES.indexOf(role) + (isEdit(role) ? RESOURCE_ROLES.length : 0);
  for (const { sha256 } of rows.toSorted((a, b) => rank(a) - rank(b))) {
    const metadata = metadataOf(catalog, sha256)?.metadata;
    if (metadata && Object.keys(metadata).length > 0) return { metadata };
  }
  return {};
}

function partsOf(catalog: CatalogReader, assetId: string): AssetPart[] {
  const partIds = partsOfAsset(catalog, assetId);
  return partIds.map((partId) => {
    const receipts = receiptsOfPart(catalog, partId);
    const ties = tiesOf(catalog, partId).filter(({ other }) => partIds.includes(other));
    const why = (['by-hand', 'content-id', 'same-folder', 'same-name', 'sent-with'] as const).find(
      (reason) => ties.some((tie) => tie.why === reason),
    );
    return {
      partId,
      why: why ?? 'key',
      receiptIds: receipts.map(({ receiptId }) => receiptId),
      fileNames: receipts.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    };
  });
}

/** The asset's own files, and files of other assets that it has through duplicates. */
function resourcesOf(catalog: CatalogReader, assetId: string): Receipt[] {
  const own = receiptsOfAsset(catalog, assetId);
  const linked = catalog
    .all<{ receipt_id: string }>(
      `SELECT DISTINCT sent.receipt_id FROM asset_parts
       JOIN asset_keys ON asset_keys.asset_id = asset_parts.part_id
       JOIN sent USING (device_id, asset_key) JOIN resources USING (receipt_id)
       WHERE asset_parts.asset_id = ? AND resources.asset_id <> asset_parts.asset_id`,
      assetId,
    )
    .flatMap((row) => receiptById(catalog, row.receipt_id) ?? []);
  return [...own, ...linked];
}

function resourceView(
  catalog: CatalogReader,
  receipt: Receipt,
  pathOf: (relativePath: string) => string,
): ResourceView {
  const media = catalog.get<MediaRow>(
    `SELECT resources.role, media.media_type, media.width, media.height, previews.state AS tile_state,
       previews.reason AS tile_reason
     FROM resources LEFT JOIN media USING (sha256)
     LEFT JOIN previews ON previews.sha256 = resources.sha256 AND previews.kind = 'tile'
     WHERE resources.receipt_id = ?`,
    receipt.receiptId,
  );
  const mediaType = media?.media_type;
  return {
    ...receipt,
    absolutePath: pathOf(receipt.path),
    deviceName: deviceName(catalog, receipt.deviceId),
    role: media?.role ?? 'other',
    ...previewStateOf(media?.tile_state ?? undefined, media?.tile_reason ?? undefined),
    ...(mediaType !== undefined && mediaType !== null && { mediaType }),
    ...(typeof media?.width === 'number' && { width: media.width }),
    ...(typeof media?.height === 'number' && { height: media.height }),
    links: linksOfReceipt(catalog, receipt.receiptId).map((link) => ({
      deviceId: link.deviceId,
      deviceName: deviceName(catalog, link.deviceId),
      linkedAt: link.linkedAt,
      ...(link.told.fileName !== undefined && { fileName: link.told.fileName }),
    })),
  };
}

function deviceName(catalog: CatalogReader, deviceId: string): string {
  const row = catalog.get<{ name: string }>(
    'SELECT name FROM devices WHERE device_id = ?',
    deviceId,
  );
  return row?.name ?? 'Unknown device';
}
