/** What filing originals in folders needs: names by stem, lists of hashes to be written, and work in progress. */
export const filing = {
  version: 8,
  sql: `
ALTER TABLE moves ADD COLUMN from_key TEXT NOT NULL DEFAULT ''; -- foldName of from_path
UPDATE moves SET from_key = fold_name(from_path);
DROP INDEX moves_by_from;
-- Paths that lost their file to a move: they stay their bytes' own, see isPathFree.
CREATE INDEX moves_by_from ON moves (from_key);

ALTER TABLE resources ADD COLUMN folder_key TEXT NOT NULL DEFAULT ''; -- foldName of the folder of path
ALTER TABLE resources ADD COLUMN stem_key TEXT NOT NULL DEFAULT '';   -- stemKey of path
UPDATE resources SET folder_key = fold_name(folder_of(path)), stem_key = stem_key(path);
CREATE INDEX resources_by_stem ON resources (folder_key, stem_key);

-- Folders whose SHA256SUMS may not say what stands in them.
CREATE TABLE unlisted_folders (
  folder TEXT PRIMARY KEY,         -- below the library, with /
  revision INTEGER NOT NULL DEFAULT 0 -- higher with each change
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO unlisted_folders (folder)
  SELECT DISTINCT folder_of(path) FROM resources WHERE substr(path, 1, 7) <> '.roost/';

-- What a person asked for that moves many originals. The moves themselves are journaled.
CREATE TABLE filing_batches (
  batch_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,              -- a cause of its moves, see MOVE_CAUSES
  of_batch_id TEXT,                -- what an undo takes back
  state TEXT NOT NULL,             -- running, done or stopped
  cursor TEXT NOT NULL,            -- how far it came: the last it is through with
  asset_count INTEGER NOT NULL,    -- in all, as far as known when it began
  done_count INTEGER NOT NULL,
  file_count INTEGER NOT NULL,     -- files that were moved
  failed_count INTEGER NOT NULL,   -- files that could not be moved
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
-- Assets that a batch is still to look at, where it was begun for some.
CREATE TABLE filing_items (
  batch_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  PRIMARY KEY (batch_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_batches_by_start ON filing_batches (started_at);
`,
} as const;
