/**
 * The catalog's first shape. Everything here is derived from the journal and the files, but for `jobs` and
 * `uploads` that ended without a receipt: their history is kept here only.
 */
export const first = {
  version: 1,
  sql: `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE devices (
  device_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folder TEXT NOT NULL,            -- name of the device's folder in the library
  model TEXT NOT NULL,
  platform TEXT NOT NULL,
  app TEXT NOT NULL,
  paired_at INTEGER NOT NULL,
  revoked_at INTEGER,
  last_seen_at INTEGER             -- not journaled: when a request of it was last accepted
) STRICT;

CREATE TABLE assets (
  asset_id TEXT PRIMARY KEY,
  captured_local TEXT NOT NULL,    -- wall clock YYYY-MM-DDTHH:MM:SS
  captured_offset INTEGER,         -- minutes east of UTC, where known
  capture_source TEXT NOT NULL,
  shown_receipt_id TEXT NOT NULL   -- the resource a person looks at
) STRICT;
CREATE INDEX assets_by_time ON assets (captured_local, asset_id);

-- Under which names devices know an asset.
CREATE TABLE asset_keys (
  device_id TEXT NOT NULL,
  asset_key TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  PRIMARY KEY (device_id, asset_key)
) STRICT, WITHOUT ROWID;

-- One row a receipt; the rowid counts them in the order of the journal.
CREATE TABLE resources (
  receipt_id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  asset_key TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  path TEXT NOT NULL,              -- below the library folder, with /
  path_key TEXT NOT NULL,          -- the same for all paths that cannot stand side by side: see foldName
  byte_count INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  receipt TEXT NOT NULL            -- the whole receipt as JSON
) STRICT;
CREATE INDEX resources_by_path ON resources (path_key);
CREATE INDEX resources_by_hash ON resources (sha256);
CREATE INDEX resources_by_asset ON resources (asset_id);
CREATE INDEX resources_by_device ON resources (device_id);

-- What each device has sent, by its own names: the answer to "is this one here?".
CREATE TABLE sent (
  device_id TEXT NOT NULL,
  asset_key TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  modified_at INTEGER,             -- as the device told it
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, asset_key, resource_type, receipt_id)
) STRICT, WITHOUT ROWID;

-- Bytes that came again under another name or from another device.
CREATE TABLE links (
  link_id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  linked_at INTEGER NOT NULL,
  link TEXT NOT NULL               -- the whole link as JSON
) STRICT;
CREATE INDEX links_by_receipt ON links (receipt_id);

CREATE TABLE jobs (
  job_id TEXT PRIMARY KEY,
  device_id TEXT NOT NULL,
  asset_key TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL,             -- see shared/job-state.ts
  error_code TEXT,
  error_detail TEXT,
  received_byte_count INTEGER NOT NULL,
  expected_byte_count INTEGER,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  finished_at INTEGER,
  upload_count INTEGER NOT NULL,
  receipt_id TEXT,
  asset_id TEXT
) STRICT;
CREATE INDEX jobs_by_change ON jobs (changed_at, job_id);
CREATE INDEX jobs_by_state ON jobs (state, changed_at, job_id);
CREATE INDEX jobs_by_device ON jobs (device_id, state, changed_at, job_id);
CREATE INDEX jobs_by_resource ON jobs (device_id, asset_key, resource_type, started_at);

CREATE TABLE uploads (
  job_id TEXT NOT NULL,
  upload_number INTEGER NOT NULL,  -- 1 for the first of the job
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  received_byte_count INTEGER NOT NULL,
  result TEXT,                     -- absent while it runs
  error_code TEXT,
  PRIMARY KEY (job_id, upload_number)
) STRICT, WITHOUT ROWID;

-- One row for each picture that is or may be made of some bytes.
CREATE TABLE previews (
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,              -- tile or screen
  state TEXT NOT NULL,             -- waiting, ready, failed
  priority INTEGER NOT NULL,       -- higher is made sooner
  queued_at INTEGER NOT NULL,
  reason TEXT,                     -- code of shared/preview-reasons.ts
  detail TEXT,
  attempts INTEGER NOT NULL,
  PRIMARY KEY (sha256, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX previews_by_state ON previews (state, priority, kind, queued_at);

-- What the decoder saw in some bytes; filled from the file's header, then by its tile.
CREATE TABLE media (
  sha256 TEXT PRIMARY KEY,
  kind TEXT NOT NULL,              -- photo, video or file
  media_type TEXT,
  width INTEGER,                   -- upright
  height INTEGER,
  duration_ms INTEGER,
  thumbhash TEXT                   -- base64
) STRICT;
`,
} as const;
