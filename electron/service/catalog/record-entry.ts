import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { DeviceRecord, JournalEntry, Link, Receipt } from '../../../shared/receipt.ts';
import { viewingRank } from '../../../shared/resource-type.ts';
import { foldName, stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import { markUnlisted } from './hash-list-rows.ts';
import { recordMove } from './move-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { recordUnread } from './reading-rows.ts';
import { receiptById } from './receipt-queries.ts';

/**
 * Brings one journal entry into the catalog. The same entry twice changes nothing, so a start may replay what
 * the catalog may or may not have got before a crash. Live recording and rebuilding both come through here.
 */
export function recordEntry(catalog: CatalogWriter, entry: JournalEntry): void {
  catalog.transaction(() => {
    if (entry.entry === 'receipt') recordReceipt(catalog, entry);
    else if (entry.entry === 'link') recordLink(catalog, entry);
    else if (entry.entry === 'move') recordMove(catalog, entry);
    else if (entry.entry === 'device') recordDevice(catalog, entry);
  });
}

function recordReceipt(catalog: CatalogWriter, receipt: Receipt): void {
  const isNew = catalog.run(
    `INSERT OR IGNORE INTO resources
       (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key, folder_key, stem_key,
        byte_count, sha256, stored_at, receipt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    receipt.receiptId,
    receipt.assetId,
    receipt.deviceId,
    receipt.assetKey,
    receipt.resourceType,
    receipt.path,
    foldName(receipt.path),
    foldName(folderOf(receipt.path)),
    stemKey(receipt.path),
    receipt.byteCount,
    receipt.sha256,
    receipt.storedAt,
    JSON.stringify(receipt),
  );
  if (isNew > 0) markUnlisted(catalog, receipt.path);
  recordUnread(catalog, receipt);
  recordSent(catalog, receipt, receipt.storedAt);
  const isFirst = isNew > 0 && !isKnownAsset(catalog, receipt.assetId);
  if (isFirst) saveAsset(catalog, receipt.assetId, receipt.captureTime, receipt.receiptId);
  else chooseShown(catalog, receipt.assetId);
  recordSafeJob(catalog, receipt, 'stored', receipt, receipt.storedAt);
}

function recordLink(catalog: CatalogWriter, link: Link): void {
  catalog.run(
    'INSERT OR IGNORE INTO links (link_id, receipt_id, device_id, linked_at, link) VALUES (?, ?, ?, ?, ?)',
    link.linkId,
    link.receiptId,
    link.deviceId,
    link.linkedAt,
    JSON.stringify(link),
  );
  recordSent(catalog, link, link.linkedAt);
  const first = catalog.get<{ byte_count: number }>(
    'SELECT byte_count FROM resources WHERE receipt_id = ?',
    link.receiptId,
  );
  recordSafeJob(catalog, link, 'duplicate', { byteCount: first?.byte_count ?? 0 }, link.linkedAt);
}

/** What receipts and links have in common: a device's name for some bytes. */
type Sending = Pick<
  Receipt,
  | 'receiptId'
  | 'assetId'
  | 'deviceId'
  | 'assetKey'
  | 'resourceType'
  | 'told'
  | 'jobId'
  | 'startedAt'
>;

function recordSent(catalog: CatalogWriter, sending: Sending, at: number): void {
  catalog.run(
    `INSERT OR IGNORE INTO asset_keys (device_id, asset_key, asset_id) VALUES (?, ?, ?)`,
    sending.deviceId,
    sending.assetKey,
    sending.assetId,
  );
  catalog.run(
    `INSERT INTO sent (device_id, asset_key, resource_type, receipt_id, modified_at, sent_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET sent_at = max(sent_at, excluded.sent_at),
       modified_at = coalesce(excluded.modified_at, modified_at)`,
    sending.deviceId,
    sending.assetKey,
    sending.resourceType,
    sending.receiptId,
    sending.told.modifiedAt ?? null,
    at,
  );
}

/** The job of a receipt, as far as the journal knows it: live jobs are ahead of this and stay as they are. */
function recordSafeJob(
  catalog: CatalogWriter,
  sending: Sending,
  state: 'stored' | 'duplicate',
  bytes: { byteCount: number },
  at: number,
): void {
  catalog.run(
    `INSERT INTO jobs (job_id, device_id, asset_key, resource_type, file_name, state, received_byte_count,
       expected_byte_count, started_at, changed_at, finished_at, upload_count, receipt_id, asset_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, error_code = NULL, error_detail = NULL,
       received_byte_count = excluded.received_byte_count, changed_at = excluded.changed_at,
       finished_at = excluded.finished_at, receipt_id = excluded.receipt_id, asset_id = excluded.asset_id
     WHERE jobs.receipt_id IS NULL OR jobs.changed_at <= excluded.changed_at`,
    sending.jobId,
    sending.deviceId,
    sending.assetKey,
    sending.resourceType,
    sending.told.fileName ?? '',
    state,
    bytes.byteCount,
    bytes.byteCount,
    sending.startedAt,
    at,
    at,
    sending.receiptId,
    sending.assetId,
  );
}

interface Candidate {
  readonly receipt_id: string;
  readonly resource_type: string;
  readonly place: number;
}

/**
 * Chooses what a person sees of an asset: the edited picture before the original, the newest version of each.
 * The asset's time is that of its original, so that an edit does not move a photo to another day. Newest means
 * last in the journal: the clock of this computer may have been set back.
 */
function chooseShown(catalog: CatalogWriter, assetId: string): void {
  const [shown] = candidatesOf(catalog, assetId, 'max').toSorted(
    (a, b) => viewingRank(a.resource_type) - viewingRank(b.resource_type) || b.place - a.place,
  );
  const [dated] = candidatesOf(catalog, assetId, 'min').toSorted(
    (a, b) => datingRank(a) - datingRank(b) || a.place - b.place,
  );
  const captureTime = dated && receiptById(catalog, dated.receipt_id)?.captureTime;
  if (shown && captureTime) saveAsset(catalog, assetId, captureTime, shown.receipt_id);
}

function isKnownAsset(catalog: CatalogReader, assetId: string): boolean {
  return catalog.get('SELECT 1 FROM assets WHERE asset_id = ?', assetId) !== undefined;
}

function saveAsset(
  catalog: CatalogWriter,
  assetId: string,
  captureTime: CaptureTime,
  shownReceiptId: string,
): void {
  catalog.run(
    `INSERT INTO assets (asset_id, captured_local, captured_offset, capture_source, shown_receipt_id)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET captured_local = excluded.captured_local,
       captured_offset = excluded.captured_offset, capture_source = excluded.capture_source,
       shown_receipt_id = excluded.shown_receipt_id`,
    assetId,
    captureTime.local,
    captureTime.offsetMinutes ?? null,
    captureTime.source,
    shownReceiptId,
  );
}

/** The first or the last resource of each type: an asset may have been sent in thousands of versions. */
function candidatesOf(catalog: CatalogReader, assetId: string, which: 'min' | 'max'): Candidate[] {
  return catalog.all<Candidate>(
    `SELECT receipt_id, resource_type, ${which}(rowid) AS place FROM resources WHERE asset_id = ?
     GROUP BY resource_type`,
    assetId,
  );
}

function datingRank({ resource_type: type }: Candidate): number {
  if (type === 'photo' || type === 'video') return 0;
  return type === 'alternate-photo' || type === 'paired-video' ? 1 : 2;
}

function recordDevice(catalog: CatalogWriter, device: DeviceRecord): void {
  catalog.run(
    `INSERT INTO devices (device_id, name, folder, model, platform, app, paired_at, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, folder = excluded.folder, model = excluded.model,
       platform = excluded.platform, app = excluded.app, paired_at = excluded.paired_at,
       revoked_at = excluded.revoked_at`,
    device.deviceId,
    device.name,
    device.folder,
    device.model,
    device.platform,
    device.app,
    device.pairedAt,
    device.revokedAt ?? null,
  );
}
