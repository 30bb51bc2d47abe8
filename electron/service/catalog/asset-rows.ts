import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { GroupingFacts } from '../assets/grouping/grouping-facts.ts';
import { isEdit, RESOURCE_ROLES, type ResourceRole } from '../assets/grouping/resource-role.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { receiptById } from './receipt-queries.ts';

interface Candidate {
  readonly receipt_id: string;
  readonly role: ResourceRole;
  readonly timing: GroupingFacts['timing'];
  readonly burst_id: string | null;
  /** Of the journal: newest means last written, since the clock of this computer may have been set back. */
  readonly place: number;
}

/**
 * Chooses what a person sees of an asset: the edited picture before the original, the newest version of each; and
 * when it was taken: as its original says, so that an edit does not move a photo to another day. An asset whose
 * files are all in the trash is not shown.
 */
export function refreshAsset(catalog: CatalogWriter, assetId: string): void {
  const [shown] = candidatesOf(catalog, assetId, 'max').toSorted(
    (a, b) => viewingRank(a) - viewingRank(b) || b.place - a.place,
  );
  const dating = candidatesOf(catalog, assetId, 'min').toSorted(
    (a, b) => datingRank(a) - datingRank(b) || a.place - b.place,
  );
  const captureTime = dating[0] && receiptById(catalog, dating[0].receipt_id)?.captureTime;
  const burstId = dating.find((each) => each.burst_id !== null)?.burst_id ?? null;
  if (!shown || !captureTime) return removeAsset(catalog, assetId);
  saveAsset(catalog, assetId, captureTime, shown.receipt_id, burstId);
  describeAsset(catalog, assetId);
}

function saveAsset(
  catalog: CatalogWriter,
  assetId: string,
  captureTime: CaptureTime,
  shownReceiptId: string,
  burstId: string | null,
): void {
  catalog.run(
    `INSERT INTO assets (asset_id, captured_local, captured_offset, capture_source, shown_receipt_id, burst_id)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET captured_local = excluded.captured_local,
       captured_offset = excluded.captured_offset, capture_source = excluded.capture_source,
       shown_receipt_id = excluded.shown_receipt_id, burst_id = excluded.burst_id`,
    assetId,
    captureTime.local,
    captureTime.offsetMinutes ?? null,
    captureTime.source,
    shownReceiptId,
    burstId,
  );
}

export function removeAsset(catalog: CatalogWriter, assetId: string): void {
  catalog.run('DELETE FROM assets WHERE asset_id = ?', assetId);
}

/** The first or the last resource of each role: an asset may have been sent in thousands of versions. */
function candidatesOf(catalog: CatalogReader, assetId: string, which: 'min' | 'max'): Candidate[] {
  return catalog.all<Candidate>(
    `SELECT receipt_id, role, timing, burst_id, ${which}(rowid) AS place FROM resources
     WHERE asset_id = ? AND path NOT LIKE '.roost/trash/%' GROUP BY role, timing = 'own'`,
    assetId,
  );
}

function viewingRank({ role }: Candidate): number {
  return RESOURCE_ROLES.indexOf(role);
}

const DATING: readonly GroupingFacts['timing'][] = ['own', 'utc', 'told', 'none'];

/** A time that stands in the file comes first, then that of an original before that of an edit. */
function datingRank({ role, timing }: Candidate): number {
  const trust = DATING.indexOf(timing);
  return trust * 100 + (isEdit(role) ? 50 : 0) + RESOURCE_ROLES.indexOf(role);
}

/** Says what the asset is besides a picture: what badges and warnings tell. */
function describeAsset(catalog: CatalogWriter, assetId: string): void {
  catalog.run(
    `UPDATE assets SET has_clip = EXISTS (SELECT 1 FROM resources
       WHERE resources.asset_id = assets.asset_id AND role IN ('movie', 'edited-movie'))
     WHERE asset_id = ?`,
    assetId,
  );
}
