/** What a person does with photos: favourites, what lies in the trash and since when, and giving it up for good. */
export const actions = {
  version: 10,
  sql: `
ALTER TABLE assets ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;  -- 1 for one
-- What the person decided, by part. Where there is no row, what the device told last counts.
CREATE TABLE favourites (
  part_id TEXT PRIMARY KEY,
  favourite INTEGER NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
UPDATE assets SET favourite = 1 WHERE coalesce((
  SELECT json_extract(receipt, '$.told.favorite') FROM resources
  WHERE resources.asset_id = assets.asset_id AND json_extract(receipt, '$.told.favorite') IS NOT NULL
  ORDER BY resources.rowid DESC LIMIT 1), 0) = 1;
CREATE INDEX assets_favourite ON assets (captured_local, asset_id) WHERE favourite = 1;

-- Since when the file is in the trash; absent for one that is not. Where no move tells it, since now.
ALTER TABLE resources ADD COLUMN trashed_at INTEGER;
UPDATE resources SET trashed_at = coalesce(
    (SELECT max(moved_at) FROM moves WHERE moves.receipt_id = resources.receipt_id AND to_path = resources.path),
    CAST(unixepoch('subsec') * 1000 AS INTEGER))
  WHERE substr(path, 1, 13) = '.roost/trash/';
CREATE INDEX resources_trashed ON resources (trashed_at) WHERE trashed_at IS NOT NULL;

-- Files that the journal gave up and that may still lie in the trash.
CREATE TABLE files_to_remove (
  path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE INDEX moves_returned ON moves (moved_at) WHERE cause = 'restore' AND batch_id IS NULL;

CREATE TRIGGER readings_removed AFTER DELETE ON readings BEGIN
  UPDATE reading_counts SET receipt_count = receipt_count - 1, byte_count = byte_count - OLD.byte_count
    WHERE hour = OLD.read_at / 3600000 AND finding = OLD.finding AND is_replaced = OLD.is_replaced;
  DELETE FROM reading_counts
    WHERE hour = OLD.read_at / 3600000 AND finding = OLD.finding AND is_replaced = OLD.is_replaced
      AND receipt_count = 0;
END;
`,
} as const;
