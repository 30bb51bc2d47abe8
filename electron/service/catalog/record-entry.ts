import {
  isInTrash,
  type AppMetadata,
  type DeviceRecord,
  type FavouriteDecision,
  type GroupingDecision,
  type JournalEntry,
  type Link,
  type Move,
  type Receipt,
} from '../../../shared/receipt.ts';
import { foldText } from '../../../shared/search-text.ts';
import { groupingFacts, type GroupingFacts } from '../assets/grouping/grouping-facts.ts';
import { foldName, stemKey } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import { saveAppMetadata } from './app-metadata-rows.ts';
import { refreshAsset, showNewAsset } from './asset-rows.ts';
import { saveFavourite } from './favourite-rows.ts';
import { markUnlisted } from './hash-list-rows.ts';
import { recordMove } from './move-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { recordUnread } from './reading-rows.ts';
import { assetOfPart, regroup } from './regroup.ts';
import { saveSha1 } from './sha1-rows.ts';
import { saveDecision, tieResource, wasSentWithOthers } from './tie-rows.ts';
import { isGivenUp, recordEmptied } from './trash-rows.ts';

/**
 * Brings one journal entry into the catalog. The same entry twice changes nothing, so a start may replay what
 * the catalog may or may not have got before a crash. Live recording and rebuilding both come through here.
 */
export function recordEntry(catalog: CatalogWriter, entry: JournalEntry): void {
  catalog.transaction(() => {
    if (entry.entry === 'receipt') recordReceipt(catalog, entry);
    else if (entry.entry === 'link') recordLink(catalog, entry);
    else if (entry.entry === 'move') recordMoved(catalog, entry);
    else if (entry.entry === 'grouping') recordGrouping(catalog, entry);
    else if (entry.entry === 'favourite') recordFavourite(catalog, entry);
    else if (entry.entry === 'app-metadata') recordAppMetadata(catalog, entry);
    else if (entry.entry === 'emptied') recordEmptied(catalog, entry);
    else recordDevice(catalog, entry);
  });
}

function recordReceipt(catalog: CatalogWriter, receipt: Receipt): void {
  // What it left behind beside its file is known already.
  if (isGivenUp(catalog, receipt.receiptId)) return;
  const facts = groupingFacts(receipt);
  const isNewPart = isUnknownPart(catalog, facts.partId);
  const isNew = isUnknownReceipt(catalog, receipt.receiptId);
  if (isNew) markUnlisted(catalog, receipt.path);
  saveResource(catalog, receipt, facts);
  recordUnread(catalog, receipt);
  recordSent(catalog, receipt, receipt.storedAt);
  if (receipt.sha1 !== undefined) saveSha1(catalog, receipt.receiptId, receipt.sha1);
  const isTied = tieResource(catalog, facts);
  if (isNewPart) {
    catalog.run(
      'INSERT INTO asset_parts (part_id, asset_id) VALUES (?, ?)',
      facts.partId,
      facts.partId,
    );
  }
  // A part that was a recipe alone may be a photo by now.
  const isOther = !isNewPart && wasSentWithOthers(catalog, facts.partId);
  if (isTied || isOther) regroup(catalog, [facts.partId]);
  else if (isNewPart) showNewAsset(catalog, receipt, facts);
  else refreshAsset(catalog, assetOfPart(catalog, facts.partId));
  // A job may have got a later receipt since, which was given up and cannot speak for itself any more.
  if (isNew) recordSafeJob(catalog, receipt, 'stored', receipt, receipt.storedAt);
}

function isUnknownReceipt(catalog: CatalogReader, receiptId: string): boolean {
  return catalog.get('SELECT 1 FROM resources WHERE receipt_id = ?', receiptId) === undefined;
}

function isUnknownPart(catalog: CatalogReader, partId: string): boolean {
  return catalog.get('SELECT 1 FROM asset_parts WHERE part_id = ?', partId) === undefined;
}

/** A receipt that is known keeps its place in the journal and on disk; what ties it to others may be new. */
function saveResource(catalog: CatalogWriter, receipt: Receipt, facts: GroupingFacts): void {
  catalog.run(
    `INSERT INTO resources
       (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key, folder_key, stem_key, byte_count,
        sha256, stored_at, receipt, part_id, role, group_stem, group_folder, content_id, burst_id, taken_local, taken_at,
        timing)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET part_id = excluded.part_id, role = excluded.role, group_stem = excluded.group_stem,
       group_folder = excluded.group_folder, content_id = coalesce(excluded.content_id, content_id),
       burst_id = coalesce(excluded.burst_id, burst_id), taken_local = excluded.taken_local,
       taken_at = excluded.taken_at, timing = excluded.timing`,
    receipt.receiptId,
    assetOfPart(catalog, facts.partId),
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
    facts.partId,
    facts.role,
    facts.stem ?? null,
    facts.folder ?? null,
    facts.contentId ?? null,
    facts.burstId ?? null,
    facts.takenLocal,
    facts.takenAt ?? null,
    facts.timing,
  );
}

/** To the trash or back an asset is shown or not; under another name it is found by that. Else it looks as before. */
function recordMoved(catalog: CatalogWriter, move: Move): void {
  const assetId = recordMove(catalog, move);
  const isSeen =
    isInTrash(move.from) !== isInTrash(move.to) || nameOf(move.from) !== nameOf(move.to);
  if (assetId !== undefined && isSeen) refreshAsset(catalog, assetId);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A person's decision: everything that hangs together with what it speaks of is grouped anew. */
function recordGrouping(catalog: CatalogWriter, decision: GroupingDecision): void {
  if (saveDecision(catalog, decision)) regroup(catalog, decision.assetIds);
}

function recordFavourite(catalog: CatalogWriter, decision: FavouriteDecision): void {
  for (const assetId of saveFavourite(catalog, decision)) refreshAsset(catalog, assetId);
}

function recordAppMetadata(catalog: CatalogWriter, told: AppMetadata): void {
  if (!isGivenUp(catalog, told.receiptId)) saveAppMetadata(catalog, told);
}

function recordLink(catalog: CatalogWriter, link: Link): void {
  if (isGivenUp(catalog, link.receiptId)) return;
  const isNew = catalog.run(
    'INSERT OR IGNORE INTO links (link_id, receipt_id, device_id, linked_at, link) VALUES (?, ?, ?, ?, ?)',
    link.linkId,
    link.receiptId,
    link.deviceId,
    link.linkedAt,
    JSON.stringify(link),
  );
  recordSent(catalog, link, link.linkedAt);
  if (link.sha1 !== undefined) saveSha1(catalog, link.receiptId, link.sha1);
  if (isNew === 0) return;
  const first = catalog.get<{ byte_count: number; device_id: string; asset_id: string }>(
    'SELECT byte_count, device_id, asset_id FROM resources WHERE receipt_id = ?',
    link.receiptId,
  );
  recordSafeJob(catalog, link, 'duplicate', { byteCount: first?.byte_count ?? 0 }, link.linkedAt);
  // It is a photo of this device, too, which may have more to say of it.
  const isNews = first?.device_id !== link.deviceId || link.told.favorite !== undefined;
  if (first && isNews) refreshAsset(catalog, first.asset_id);
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
     ON CONFLICT DO UPDATE SET state = excluded.state, error_code = NULL, error_detail = NULL, cause = NULL,
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

function recordDevice(catalog: CatalogWriter, device: DeviceRecord): void {
  catalog.run(
    `INSERT INTO devices (device_id, name, search_name, folder, model, platform, app, paired_at, revoked_at,
       removed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, search_name = excluded.search_name, folder = excluded.folder, model = excluded.model,
       platform = excluded.platform, app = excluded.app, paired_at = excluded.paired_at,
       revoked_at = excluded.revoked_at, removed_at = excluded.removed_at`,
    device.deviceId,
    device.name,
    foldText(device.name),
    device.folder,
    device.model,
    device.platform,
    device.app,
    device.pairedAt,
    device.revokedAt ?? null,
    device.removedAt ?? null,
  );
}
