import type { DeviceRecord } from '../../../shared/receipt.ts';
import type { DeviceView } from '../../../shared/window-views.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

interface DeviceRow {
  readonly device_id: string;
  readonly name: string;
  readonly folder: string;
  readonly model: string;
  readonly platform: string;
  readonly app: string;
  readonly paired_at: number;
  readonly revoked_at: number | null;
  readonly removed_at: number | null;
  readonly last_seen_at: number | null;
}

export function deviceById(catalog: CatalogReader, deviceId: string): DeviceRecord | undefined {
  const row = catalog.get<DeviceRow>('SELECT * FROM devices WHERE device_id = ?', deviceId);
  return row && recordOf(row);
}

export function deviceRecords(catalog: CatalogReader): DeviceRecord[] {
  return catalog.all<DeviceRow>('SELECT * FROM devices ORDER BY paired_at').map(recordOf);
}

/** All devices the library knows, last paired first, with what of each is here, also where another device sent it first. */
export function listDevices(
  catalog: CatalogReader,
  tokens: { has(deviceId: string): boolean },
  logins: { ofDevice(deviceId: string): DeviceView['login'] },
): DeviceView[] {
  const rows = catalog.all<
    DeviceRow & { resource_count: number; byte_count: number; sent_at: number | null }
  >(
    `SELECT devices.*, count(resources.receipt_id) AS resource_count,
       coalesce(sum(resources.byte_count), 0) AS byte_count, max(each.sent_at) AS sent_at
     FROM devices
     LEFT JOIN (SELECT device_id, receipt_id, max(sent_at) AS sent_at FROM sent GROUP BY device_id, receipt_id)
       AS each ON each.device_id = devices.device_id
     LEFT JOIN resources ON resources.receipt_id = each.receipt_id
     GROUP BY devices.device_id ORDER BY devices.paired_at DESC`,
  );
  return rows.map((row) => {
    // After a rebuild only what a device sent tells when it was here.
    const lastSeenAt = row.last_seen_at ?? row.sent_at;
    const login = logins.ofDevice(row.device_id);
    return {
      ...recordOf(row),
      ...(lastSeenAt !== null && { lastSeenAt }),
      trusted: row.revoked_at === null && tokens.has(row.device_id),
      ...(login && { login }),
      resourceCount: row.resource_count,
      byteCount: row.byte_count,
    };
  });
}

function recordOf(row: DeviceRow): DeviceRecord {
  return {
    deviceId: row.device_id,
    name: row.name,
    folder: row.folder,
    model: row.model,
    platform: row.platform,
    app: row.app,
    pairedAt: row.paired_at,
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
    ...(row.removed_at !== null && { removedAt: row.removed_at }),
  };
}
