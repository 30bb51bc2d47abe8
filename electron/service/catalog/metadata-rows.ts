import { z } from 'zod';

import { type MediaMetadata, soundMetadata } from '../../../shared/media-metadata.ts';
import { isMetadataReason, type MetadataReason } from '../../../shared/metadata-reasons.ts';
import { receiptSchema } from '../../../shared/receipt.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

const objectSchema = z.record(z.string(), z.unknown());

/** Keeps the metadata queue's work in the catalog. `pathOf` gives the place on this computer of a receipt's path. */
export function metadataStore(
  catalog: CatalogWriter,
  pathOf: (relativePath: string) => string,
): MetadataStore {
  return {
    nextWaiting() {
      const row = catalog.get<{ sha256: string; path: string; receipt: string; stored_at: number }>(
        // Bytes that the catalog has no file for must not hold up the others. The newest path is where they stand;
        // the oldest receipt is the one that was dated.
        `SELECT sha256,
           (SELECT path FROM resources WHERE resources.sha256 = metadata.sha256 ORDER BY rowid DESC LIMIT 1) AS path,
           (SELECT receipt FROM resources WHERE resources.sha256 = metadata.sha256 ORDER BY rowid LIMIT 1) AS receipt,
           (SELECT stored_at FROM resources WHERE resources.sha256 = metadata.sha256 ORDER BY rowid LIMIT 1) AS stored_at
         FROM metadata WHERE state = 'waiting'
           AND EXISTS (SELECT 1 FROM resources WHERE resources.sha256 = metadata.sha256)
         ORDER BY queued_at DESC LIMIT 1`,
      );
      if (!row) return undefined;
      const receipt = receiptSchema.safeParse(JSON.parse(row.receipt));
      const told = receipt.success ? receipt.data.told : {};
      const { sha256, path, stored_at: storedAt } = row;
      return { sha256, absolutePath: pathOf(path), told, storedAt };
    },

    enqueue(sha256) {
      catalog.run(
        `INSERT INTO metadata (sha256, state, queued_at)
         VALUES (?, 'waiting', coalesce((SELECT max(stored_at) FROM resources WHERE sha256 = ?), 0))
         ON CONFLICT DO UPDATE SET state = 'waiting'`,
        sha256,
        sha256,
      );
    },

    save(sha256, { state, reason, detail, toolVersion, metadata, captureTime }) {
      catalog.run(
        `UPDATE metadata SET state = ?, reason = ?, detail = ?, tool_version = ?, metadata = ?, camera = ?, lens = ?,
           latitude = ?, longitude = ?, captured_local = ?, captured_offset = ?, capture_source = ?,
           captured_offset_source = ?, content_id = ?, burst_id = ?
         WHERE sha256 = ?`,
        state,
        reason ?? null,
        detail ?? null,
        toolVersion ?? null,
        JSON.stringify(metadata),
        metadata.camera ?? null,
        metadata.lensModel ?? null,
        metadata.gpsLatitude ?? null,
        metadata.gpsLongitude ?? null,
        captureTime.local,
        captureTime.offsetMinutes ?? null,
        captureTime.source,
        captureTime.offsetSource ?? null,
        metadata.contentId ?? null,
        metadata.burstId ?? null,
        sha256,
      );
    },

    hasReasons() {
      return catalog.get('SELECT 1 FROM metadata WHERE reason IS NOT NULL LIMIT 1') !== undefined;
    },

    requeueForVersion(toolVersion) {
      catalog.run(
        `UPDATE metadata SET state = 'waiting'
         WHERE reason IS NOT NULL AND state <> 'waiting' AND coalesce(tool_version, '') <> ?`,
        toolVersion,
      );
    },
  };
}

/** What is known of the metadata of some bytes; while it waits to be read again, what was read before. */
export interface KnownMetadata {
  readonly state: 'waiting' | 'ready' | 'failed';
  /** Why there is less than could be. */
  readonly reason?: MetadataReason;
  readonly toolVersion?: string;
  /** Absent as long as nothing was read. */
  readonly metadata?: MediaMetadata;
}

/** `undefined` for bytes that the library does not have. */
export function metadataOf(catalog: CatalogReader, sha256: string): KnownMetadata | undefined {
  const row = catalog.get<{
    state: KnownMetadata['state'];
    reason: string | null;
    tool_version: string | null;
    metadata: string | null;
  }>('SELECT state, reason, tool_version, metadata FROM metadata WHERE sha256 = ?', sha256);
  if (!row) return undefined;
  const values = row.metadata === null ? undefined : objectSchema.parse(JSON.parse(row.metadata));
  return {
    state: row.state,
    ...(row.reason !== null && isMetadataReason(row.reason) && { reason: row.reason }),
    ...(row.tool_version !== null && { toolVersion: row.tool_version }),
    ...(values && { metadata: soundMetadata(values) }),
  };
}

/** Notes all stored bytes whose metadata was never asked for, as after a rebuild. */
export function enqueueMissingMetadata(catalog: CatalogWriter): number {
  return catalog.run(
    `INSERT OR IGNORE INTO metadata (sha256, state, queued_at)
     SELECT sha256, 'waiting', max(stored_at) FROM resources GROUP BY sha256`,
  );
}

/** Notes again what could not be read from the library when it was tried: the file, or its drive, may be back. */
export function requeueUnreadableMetadata(catalog: CatalogWriter): number {
  return catalog.run(
    `UPDATE metadata SET state = 'waiting' WHERE reason = 'file-unreadable' AND state = 'failed'`,
  );
}

/** How far reading has come. */
export function countMetadata(catalog: CatalogReader): {
  waitingCount: number;
  failedCount: number;
} {
  // Each by the index of its own: the rows that are ready are nearly all, and carry what was read.
  return (
    catalog.get<{ waitingCount: number; failedCount: number }>(
      `SELECT (SELECT count(*) FROM metadata WHERE state = 'waiting') AS waitingCount,
         (SELECT count(*) FROM metadata WHERE reason IS NOT NULL AND state = 'failed') AS failedCount`,
    ) ?? { waitingCount: 0, failedCount: 0 }
  );
}
