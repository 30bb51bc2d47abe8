/**
 * What search and filters need. Facts that many assets have in common stand once each in `search_groups`; how many
 * assets of a group there are on each day is kept by triggers, so that months and facets are sums over few rows. Names
 * have an index of three letters each. A catalog of before goes through the journal once more, which fills it in.
 */
export const search = {
  version: 11,
  sql: `
CREATE TABLE search_groups (
  group_id INTEGER PRIMARY KEY,
  facts TEXT NOT NULL UNIQUE,      -- JSON, see search-facts.ts
  kinds TEXT NOT NULL,             -- JSON lists
  warnings TEXT NOT NULL,
  device_ids TEXT NOT NULL,
  camera TEXT,
  lens TEXT,
  is_favourite INTEGER NOT NULL,   -- 1 for one
  words TEXT NOT NULL              -- folded, for free text
) STRICT;

ALTER TABLE devices ADD COLUMN search_name TEXT NOT NULL DEFAULT ''; -- folded
ALTER TABLE assets ADD COLUMN search_group INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assets ADD COLUMN search_names TEXT NOT NULL DEFAULT ''; -- folded file names, one a line

CREATE TABLE search_counts (
  group_id INTEGER NOT NULL,
  day INTEGER NOT NULL,            -- 20190815
  count INTEGER NOT NULL,
  PRIMARY KEY (group_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO search_counts (group_id, day, count)
  SELECT 0, CAST(replace(substr(captured_local, 1, 10), '-', '') AS INTEGER) AS day, count(*) FROM assets GROUP BY day;

-- Of names by rowid of assets. It may tell of assets whose names are others by now: what it finds is looked at.
CREATE VIRTUAL TABLE names_index USING fts5(
  names, tokenize = 'trigram', detail = none, content = '', contentless_delete = 1
);
-- Assets whose names the index does not have yet: it takes many at once, which costs far less.
CREATE TABLE unindexed_names (
  asset_rowid INTEGER PRIMARY KEY
) STRICT;
INSERT INTO unindexed_names SELECT rowid FROM assets;

CREATE TRIGGER search_asset_came AFTER INSERT ON assets BEGIN
  INSERT INTO search_counts (group_id, day, count)
    VALUES (NEW.search_group, CAST(replace(substr(NEW.captured_local, 1, 10), '-', '') AS INTEGER), 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO unindexed_names (asset_rowid) VALUES (NEW.rowid) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_asset_changed AFTER UPDATE OF search_group, captured_local ON assets
WHEN OLD.search_group <> NEW.search_group OR substr(OLD.captured_local, 1, 10) <> substr(NEW.captured_local, 1, 10)
BEGIN
  UPDATE search_counts SET count = count - 1 WHERE group_id = OLD.search_group
    AND day = CAST(replace(substr(OLD.captured_local, 1, 10), '-', '') AS INTEGER);
  DELETE FROM search_counts WHERE group_id = OLD.search_group
    AND day = CAST(replace(substr(OLD.captured_local, 1, 10), '-', '') AS INTEGER) AND count = 0;
  INSERT INTO search_counts (group_id, day, count)
    VALUES (NEW.search_group, CAST(replace(substr(NEW.captured_local, 1, 10), '-', '') AS INTEGER), 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER search_names_changed AFTER UPDATE OF search_names ON assets
WHEN OLD.search_names <> NEW.search_names
BEGIN
  INSERT INTO unindexed_names (asset_rowid) VALUES (NEW.rowid) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_asset_went AFTER DELETE ON assets BEGIN
  UPDATE search_counts SET count = count - 1 WHERE group_id = OLD.search_group
    AND day = CAST(replace(substr(OLD.captured_local, 1, 10), '-', '') AS INTEGER);
  DELETE FROM search_counts WHERE group_id = OLD.search_group
    AND day = CAST(replace(substr(OLD.captured_local, 1, 10), '-', '') AS INTEGER) AND count = 0;
END;

DELETE FROM meta WHERE key = 'journal-position';
`,
} as const;
