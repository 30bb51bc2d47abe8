/**
 * For protocols that know bytes by their SHA-1, and whose apps keep a copy of the list of what is here.
 */
export const knownBySha1 = {
  version: 20,
  sql: `
CREATE TABLE sha1s (
  receipt_id TEXT PRIMARY KEY,
  sha1 TEXT NOT NULL               -- lower-case hex
) STRICT, WITHOUT ROWID;
CREATE INDEX sha1s_by_sha1 ON sha1s (sha1);

-- The numbers in the journal of what a device sent that another had sent before, so that pages of it are cheap.
CREATE TABLE linked_numbers (
  device_id TEXT NOT NULL,
  number INTEGER NOT NULL,         -- rowid of resources
  PRIMARY KEY (device_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_numbers_by_number ON linked_numbers (number);
INSERT INTO linked_numbers
  SELECT DISTINCT links.device_id, resources.rowid FROM links JOIN resources USING (receipt_id)
  WHERE links.device_id <> resources.device_id;
-- Their assets are to be searched by each of their devices: see linked-assets.ts.
INSERT INTO meta SELECT 'linked-assets-refreshed', '0' WHERE EXISTS (SELECT 1 FROM linked_numbers);
CREATE TRIGGER number_linked AFTER INSERT ON links BEGIN
  INSERT OR IGNORE INTO linked_numbers
    SELECT NEW.device_id, rowid FROM resources WHERE receipt_id = NEW.receipt_id AND device_id <> NEW.device_id;
END;
CREATE TRIGGER number_gone AFTER DELETE ON resources BEGIN
  DELETE FROM linked_numbers WHERE number = OLD.rowid;
END;

-- The order in which files that have a SHA-1 changed last for who looks at them. A file given up for good stays as gone.
CREATE TABLE file_changes (
  receipt_id TEXT PRIMARY KEY,
  change_number INTEGER NOT NULL,
  is_gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- Who knew a file that is gone: nobody else is told.
CREATE TABLE gone_owners (
  receipt_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  PRIMARY KEY (receipt_id, device_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX file_changes_in_order ON file_changes (change_number);

CREATE TRIGGER sha1_known AFTER INSERT ON sha1s BEGIN
  INSERT INTO file_changes (receipt_id, change_number)
    VALUES (NEW.receipt_id, (SELECT coalesce(max(change_number), 0) + 1 FROM file_changes));
  -- A still and its movie tell of one another.
  UPDATE file_changes SET change_number = (SELECT max(change_number) FROM file_changes) + rank.at
    FROM (
      SELECT other.receipt_id, row_number() OVER (ORDER BY other.rowid) AS at
      FROM resources AS own JOIN resources AS other USING (asset_id)
      WHERE own.receipt_id = NEW.receipt_id AND other.receipt_id <> NEW.receipt_id) AS rank
    WHERE rank.receipt_id = file_changes.receipt_id;
END;
CREATE TRIGGER media_known AFTER INSERT ON media BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) FROM file_changes) + rank.at
    FROM (SELECT receipt_id, row_number() OVER (ORDER BY rowid) AS at FROM resources WHERE sha256 = NEW.sha256) AS rank
    WHERE rank.receipt_id = file_changes.receipt_id;
END;
CREATE TRIGGER media_changed AFTER UPDATE OF kind, width, height, duration_ms, thumbhash ON media
WHEN OLD.kind IS NOT NEW.kind OR OLD.width IS NOT NEW.width OR OLD.height IS NOT NEW.height
  OR OLD.duration_ms IS NOT NEW.duration_ms OR OLD.thumbhash IS NOT NEW.thumbhash BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) FROM file_changes) + rank.at
    FROM (SELECT receipt_id, row_number() OVER (ORDER BY rowid) AS at FROM resources WHERE sha256 = NEW.sha256) AS rank
    WHERE rank.receipt_id = file_changes.receipt_id;
END;
-- Those it was with, and those it is with now, tell of it: a still of its movie.
CREATE TRIGGER file_regrouped AFTER UPDATE OF asset_id ON resources WHEN OLD.asset_id IS NOT NEW.asset_id BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) FROM file_changes) + rank.at
    FROM (
      SELECT receipt_id, row_number() OVER (ORDER BY rowid) AS at FROM resources
      WHERE asset_id IN (OLD.asset_id, NEW.asset_id)) AS rank
    WHERE rank.receipt_id = file_changes.receipt_id;
END;
CREATE TRIGGER file_changed AFTER UPDATE OF trashed_at ON resources WHEN OLD.trashed_at IS NOT NEW.trashed_at BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = NEW.receipt_id;
END;
CREATE TRIGGER file_gone AFTER DELETE ON resources BEGIN
  UPDATE file_changes SET is_gone = 1, change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = OLD.receipt_id;
  INSERT OR IGNORE INTO gone_owners (receipt_id, device_id)
    SELECT receipt_id, OLD.device_id FROM file_changes WHERE receipt_id = OLD.receipt_id
    UNION SELECT links.receipt_id, links.device_id FROM links JOIN file_changes USING (receipt_id)
      WHERE links.receipt_id = OLD.receipt_id;
  DELETE FROM sha1s WHERE receipt_id = OLD.receipt_id;
END;
CREATE TRIGGER file_found AFTER UPDATE OF found_at ON readings
WHEN (OLD.found_at IS NULL) <> (NEW.found_at IS NULL) BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = NEW.receipt_id;
END;
CREATE TRIGGER file_linked AFTER INSERT ON links BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = NEW.receipt_id;
END;
CREATE TRIGGER favourite_changed AFTER UPDATE OF favourite ON assets WHEN OLD.favourite IS NOT NEW.favourite BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) FROM file_changes) + rank.at
    FROM (SELECT receipt_id, row_number() OVER (ORDER BY rowid) AS at FROM resources WHERE asset_id = NEW.asset_id) AS rank
    WHERE rank.receipt_id = file_changes.receipt_id;
END;

-- What apps keep beside a file, such as its name in a cloud; only the device that told it gets it back.
CREATE TABLE app_metadata (
  device_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,             -- JSON
  noted_at INTEGER NOT NULL,
  PRIMARY KEY (receipt_id, device_id, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER app_metadata_told AFTER INSERT ON app_metadata BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = NEW.receipt_id;
END;
CREATE TRIGGER app_metadata_changed AFTER UPDATE OF value ON app_metadata WHEN OLD.value IS NOT NEW.value BEGIN
  UPDATE file_changes SET change_number = (SELECT max(change_number) + 1 FROM file_changes)
    WHERE receipt_id = NEW.receipt_id;
END;

-- How far sessions of apps have come in those changes.
CREATE TABLE sync_checkpoints (
  session_id TEXT NOT NULL,
  type TEXT NOT NULL,
  ack TEXT NOT NULL,
  number INTEGER NOT NULL,         -- the higher, the later it was told
  PRIMARY KEY (session_id, type)
) STRICT, WITHOUT ROWID;
`,
} as const;
