import type { CatalogReader } from '../catalog/open-catalog.ts';
import { JOB_STATES } from '../../../shared/job-state.ts';

/** A device, as far as it matters when it was heard of. */
export interface HeardDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly platform: string;
  readonly pairedAt: number;
  readonly heardAt: number | undefined;
  readonly isRevoked: boolean;
}

interface DeviceRow {
  readonly device_id: string;
  readonly name: string;
  readonly platform: string;
  readonly paired_at: number;
  readonly revoked_at: number | null;
  readonly last_seen_at: number | null;
}

/** All devices, last paired first; without counting what they sent, which takes long. */
export function heardDevices(catalog: CatalogReader): HeardDevice[] {
  return catalog
    .all<DeviceRow>(
      'SELECT device_id, name, platform, paired_at, revoked_at, last_seen_at FROM devices ORDER BY paired_at DESC',
    )
    .map((row) => ({
      deviceId: row.device_id,
      name: row.name,
      platform: row.platform,
      pairedAt: row.paired_at,
      heardAt: row.last_seen_at ?? lastJobAt(catalog, row.device_id),
      isRevoked: row.revoked_at !== null,
    }));
}

/** After a rebuild only what a device sent tells when it was here. */
function lastJobAt(catalog: CatalogReader, deviceId: string): number | undefined {
  const times = JOB_STATES.map(
    (state) =>
      catalog.get<{ at: number | null }>(
        'SELECT max(changed_at) AS at FROM jobs WHERE device_id = ? AND state = ?',
        deviceId,
        state,
      )?.at ?? 0,
  );
  const last = Math.max(...times);
  return last === 0 ? undefined : last;
}
