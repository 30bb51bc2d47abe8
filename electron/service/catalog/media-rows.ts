import type { SeenHeader } from '../ingest/settle-resource.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** Keeps what the decoder saw in some bytes' header. Sizes a preview has measured since are kept. */
export function recordHeader(catalog: CatalogWriter, sha256: string, header: SeenHeader): void {
  catalog.run(
    `INSERT INTO media (sha256, kind, media_type, width, height, duration_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kind = excluded.kind, media_type = excluded.media_type,
       width = coalesce(media.width, excluded.width), height = coalesce(media.height, excluded.height),
       duration_ms = coalesce(excluded.duration_ms, media.duration_ms)`,
    sha256,
    header.kind,
    header.mediaType,
    header.width ?? null,
    header.height ?? null,
    header.durationMs ?? null,
  );
}

/** Stored bytes of some receipts whose header nobody has read yet. */
export interface MissingHeaders {
  readonly missing: readonly { readonly sha256: string; readonly path: string }[];
  /** Where to look next; absent at the end. */
  readonly before?: number;
}

/**
 * Looks among `count` receipts, from the newest on or behind those that were looked at, for stored bytes whose header
 * nobody has read yet, as after a rebuild.
 */
export function missingHeaders(
  catalog: CatalogReader,
  count: number,
  before = Number.MAX_SAFE_INTEGER,
): MissingHeaders {
  const rows = catalog.all<{ row: number; sha256: string; path: string; isKnown: number }>(
    `SELECT resources.rowid AS row, sha256, path,
       EXISTS (SELECT 1 FROM media WHERE media.sha256 = resources.sha256 AND media_type IS NOT NULL) AS isKnown
     FROM resources WHERE resources.rowid < ? ORDER BY resources.rowid DESC LIMIT ?`,
    before,
    count,
  );
  const last = rows.at(-1);
  return {
    missing: rows
      .filter(({ isKnown }) => isKnown === 0)
      .map(({ sha256, path }) => ({ sha256, path })),
    ...(last && rows.length === count && { before: last.row }),
  };
}

export function mediaTypeOf(catalog: CatalogReader, sha256: string): string | undefined {
  const row = catalog.get<{ media_type: string | null }>(
    'SELECT media_type FROM media WHERE sha256 = ?',
    sha256,
  );
  return row?.media_type ?? undefined;
}
