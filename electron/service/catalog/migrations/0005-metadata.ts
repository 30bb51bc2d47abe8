/** What exiftool and the header reader say of some bytes. Derived: a rebuild reads it anew. */
export const metadata = {
  version: 5,
  sql: `
CREATE TABLE metadata (
  sha256 TEXT PRIMARY KEY,
  state TEXT NOT NULL,             -- waiting, ready, failed
  queued_at INTEGER NOT NULL,      -- when the bytes were stored; the newest are read first
  reason TEXT,                     -- code of shared/metadata-reasons.ts: why there is less than could be
  detail TEXT,
  tool_version TEXT,               -- of the exiftool that read it or failed at it
  metadata TEXT,                   -- JSON, see shared/media-metadata.ts
  -- The same again, for lists and searches.
  camera TEXT,
  lens TEXT,
  latitude REAL,
  longitude REAL,
  captured_local TEXT,             -- the file's own capture time by all that is known of it
  captured_offset INTEGER,
  capture_source TEXT,
  captured_offset_source TEXT,
  content_id TEXT,
  burst_id TEXT
) STRICT;
CREATE INDEX metadata_waiting ON metadata (queued_at) WHERE state = 'waiting';
CREATE INDEX metadata_with_reason ON metadata (reason) WHERE reason IS NOT NULL;
CREATE INDEX metadata_by_content ON metadata (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX metadata_by_burst ON metadata (burst_id) WHERE burst_id IS NOT NULL;

INSERT INTO metadata (sha256, state, queued_at)
  SELECT sha256, 'waiting', max(stored_at) FROM resources GROUP BY sha256;
`,
} as const;
