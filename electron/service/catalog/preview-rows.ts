import type { Clock } from '../../../shared/clock.ts';
import { isPreviewReason, previewStateOf } from '../../../shared/preview-reasons.ts';
import type { PreviewKind, PreviewQuality } from '../decoder/decoder-protocol.ts';
import { DECODER_VERSION } from '../decoder/decoder-version.ts';
import type { PreviewStore } from '../previews/preview-store.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** Of bytes whose header told nothing; a preview made of them proves that there is a picture all the same. */
const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';

/** The priority of what nobody is waiting for. */
const USUAL_PRIORITY = 0;

interface PreviewRow {
  readonly state: 'waiting' | 'ready' | 'failed';
  readonly reason: string | null;
  readonly detail: string | null;
}

/** What becomes of a row when its preview was made, or failed. */
interface Settled extends PreviewRow {
  readonly quality: PreviewQuality;
  readonly attempts: number;
}

/** Keeps the preview queue's work in the catalog. `pathOf` gives the place on this computer of a receipt's path. */
export function previewStore(
  catalog: CatalogWriter,
  clock: Clock,
  pathOf: (relativePath: string) => string,
): PreviewStore {
  const standing = (sha256: string): string | undefined => {
    const row = catalog.get<{ path: string }>(
      'SELECT path FROM resources WHERE sha256 = ? ORDER BY rowid DESC LIMIT 1',
      sha256,
    );
    return row && pathOf(row.path);
  };
  return {
    nextWaiting(taken = []) {
      const passedOver = JSON.stringify(taken);
      // Bytes that the catalog has no file for, as when it fell behind, must not hold up the others.
      const row = catalog.get<{ sha256: string; kind: PreviewKind }>(
        // By name 'tile' follows 'screen': tiles fill the grid, so they go first, and the index gives the order.
        `SELECT sha256, kind FROM previews WHERE state = 'waiting'
           AND EXISTS (SELECT 1 FROM resources WHERE resources.sha256 = previews.sha256)
           AND sha256 || '-' || kind NOT IN (SELECT value FROM json_each(?))
         ORDER BY priority DESC, kind DESC, queued_at DESC LIMIT 1`,
        passedOver,
      );
      const quick =
        row ??
        catalog.get<{ sha256: string; kind: PreviewKind }>(
          // By its own index: SQLite would look at every ready preview to find the few.
          `SELECT sha256, kind FROM previews INDEXED BY previews_quick WHERE state = 'ready' AND quality = 'quick'
             AND EXISTS (SELECT 1 FROM resources WHERE resources.sha256 = previews.sha256)
             AND sha256 || '-' || kind NOT IN (SELECT value FROM json_each(?))
           ORDER BY queued_at DESC LIMIT 1`,
          passedOver,
        );
      const absolutePath = quick && standing(quick.sha256);
      if (quick === undefined || absolutePath === undefined) return undefined;
      return { ...quick, absolutePath, ...(row === undefined && { quality: 'full' as const }) };
    },

    find(sha256, kind) {
      const absolutePath = standing(sha256);
      if (absolutePath === undefined) return undefined;
      const row = catalog.get<PreviewRow>(
        'SELECT state, reason, detail FROM previews WHERE sha256 = ? AND kind = ?',
        sha256,
        kind,
      );
      if (!row) return { state: 'none', absolutePath };
      if (row.state === 'ready' || row.state === 'waiting')
        return { state: row.state, absolutePath };
      const told = row.reason ?? '';
      const reason = isPreviewReason(told) ? told : 'damaged';
      return { state: 'failed', reason, detail: row.detail ?? '' };
    },

    enqueue(sha256, kind, priority) {
      catalog.run(
        `INSERT INTO previews (sha256, kind, state, priority, queued_at, attempts) VALUES (?, ?, 'waiting', ?, ?, 0)
         ON CONFLICT DO UPDATE SET state = 'waiting', reason = NULL, detail = NULL,
           priority = excluded.priority, queued_at = excluded.queued_at, quality = 'full'`,
        sha256,
        kind,
        priority,
        clock.now(),
      );
    },

    markReady(sha256, kind, facts) {
      catalog.transaction(() => {
        savePreview(catalog, clock, sha256, kind, {
          state: 'ready',
          reason: null,
          detail: null,
          quality: facts.quality,
          attempts: 1,
        });
        // The size of a movie inside a photo is not that of the photo.
        if (kind === 'clip') return;
        catalog.run(
          `INSERT INTO media (sha256, kind, width, height, thumbhash) VALUES (?, 'photo', ?, ?, ?)
           ON CONFLICT DO UPDATE SET width = excluded.width, height = excluded.height,
             thumbhash = coalesce(excluded.thumbhash, media.thumbhash),
             kind = iif(media.kind = 'file' AND media.media_type = '${UNKNOWN_MEDIA_TYPE}', 'photo', media.kind)`,
          sha256,
          facts.sourceWidth,
          facts.sourceHeight,
          facts.thumbhash ?? null,
        );
      });
    },

    markFailed(sha256, kind, { reason, detail, attempts }) {
      savePreview(catalog, clock, sha256, kind, {
        state: 'failed',
        reason,
        detail,
        quality: 'full',
        attempts,
      });
    },
  };
}

function savePreview(
  catalog: CatalogWriter,
  clock: Clock,
  sha256: string,
  kind: PreviewKind,
  { state, reason, detail, quality, attempts }: Settled,
): void {
  const now = clock.now();
  catalog.run(
    `INSERT INTO previews (sha256, kind, state, priority, queued_at, reason, detail, attempts, quality, failed_with,
       failed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, detail = excluded.detail,
       attempts = previews.attempts + excluded.attempts, quality = excluded.quality,
       failed_with = excluded.failed_with, failed_at = excluded.failed_at`,
    sha256,
    kind,
    state,
    USUAL_PRIORITY,
    now,
    reason,
    detail,
    attempts,
    quality,
    state === 'failed' ? DECODER_VERSION : null,
    state === 'failed' ? now : null,
  );
}

/** Whether a better tile of some bytes will follow the one that is there. */
export function isQuickTile(catalog: CatalogReader, sha256: string): boolean {
  const row = catalog.get<{ quality: PreviewQuality }>(
    `SELECT quality FROM previews WHERE sha256 = ? AND kind = 'tile'`,
    sha256,
  );
  return row?.quality === 'quick';
}

/** Tiles of originals whose hash begins with two hex digits, that are ready or waiting. */
export function tilesOf(
  catalog: CatalogReader,
  prefix: string,
): { sha256: string; state: 'ready' | 'waiting' }[] {
  return catalog.all(
    // 'g' follows every hex digit. The plus keeps SQLite from going through all that is ready instead.
    `SELECT sha256, state FROM previews
     WHERE sha256 >= ? AND sha256 < ? AND kind = 'tile' AND +state IN ('ready', 'waiting')`,
    prefix,
    `${prefix}g`,
  );
}

/** Queues a tile for every stored resource that has none, after a rebuild or a crash. */
export function enqueueMissingTiles(catalog: CatalogWriter, clock: Clock): number {
  return catalog.run(
    `INSERT OR IGNORE INTO previews (sha256, kind, state, priority, queued_at, attempts)
     SELECT DISTINCT sha256, 'tile', 'waiting', ${USUAL_PRIORITY}, ?, 0 FROM resources`,
    clock.now(),
  );
}

/**
 * Queues again what could not be read from the library when it was tried: the file, or its drive, may be back.
 * Once, at start.
 */
export function requeueUnreadable(catalog: CatalogWriter): number {
  return catalog.run(
    `UPDATE previews SET state = 'waiting', reason = NULL, detail = NULL
     WHERE state = 'failed' AND reason = 'file-unreadable'`,
  );
}

export function countPreviews(catalog: CatalogReader): {
  waitingCount: number;
  failedCount: number;
} {
  const rows = catalog.all<{ state: string; reason: string | null; count: number }>(
    `SELECT state, reason, count(*) AS count FROM previews WHERE state IN ('waiting', 'failed')
     GROUP BY state, reason`,
  );
  const count = (wanted: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(wanted).reduce((sum, row) => sum + row.count, 0);
  return {
    waitingCount: count(({ state }) => state === 'waiting'),
    // What has no picture by its nature did not fail.
    failedCount: count(
      ({ state, reason }) =>
        state === 'failed' && previewStateOf(state, reason ?? undefined).tile === 'failed',
    ),
  };
}
