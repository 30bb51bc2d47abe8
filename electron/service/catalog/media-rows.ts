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

/** Stored bytes whose header nobody has read yet, as after a rebuild; newest first. */
export function bytesWithoutHeader(
  catalog: CatalogReader,
  limit: number,
): { sha256: string; path: string }[] {
  return catalog.all(
    `SELECT sha256, path FROM resources
     WHERE NOT EXISTS (SELECT 1 FROM media WHERE media.sha256 = resources.sha256 AND media_type IS NOT NULL)
     GROUP BY sha256 ORDER BY max(stored_at) DESC LIMIT ?`,
    limit,
  );
}

export function mediaTypeOf(catalog: CatalogReader, sha256: string): string | undefined {
  const row = catalog.get<{ media_type: string | null }>(
    'SELECT media_type FROM media WHERE sha256 = ?',
    sha256,
  );
  return row?.media_type ?? undefined;
}
