/**
 * How many assets were taken on each day, so that the timeline's height is known without looking at every asset. Kept by
 * triggers, so that it is right by the same transaction that changes an asset.
 */
export const dayCounts = {
  version: 9,
  sql: `
CREATE TABLE day_counts (
  day TEXT PRIMARY KEY,            -- YYYY-MM-DD of the wall clock
  asset_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO day_counts
  SELECT substr(captured_local, 1, 10) AS day, count(*) FROM assets GROUP BY day;

CREATE TRIGGER assets_added AFTER INSERT ON assets BEGIN
  INSERT INTO day_counts VALUES (substr(NEW.captured_local, 1, 10), 1)
    ON CONFLICT DO UPDATE SET asset_count = asset_count + 1;
END;

CREATE TRIGGER assets_removed AFTER DELETE ON assets BEGIN
  UPDATE day_counts SET asset_count = asset_count - 1 WHERE day = substr(OLD.captured_local, 1, 10);
  DELETE FROM day_counts WHERE day = substr(OLD.captured_local, 1, 10) AND asset_count = 0;
END;

CREATE TRIGGER assets_to_another_day AFTER UPDATE OF captured_local ON assets
WHEN substr(NEW.captured_local, 1, 10) <> substr(OLD.captured_local, 1, 10) BEGIN
  UPDATE day_counts SET asset_count = asset_count - 1 WHERE day = substr(OLD.captured_local, 1, 10);
  DELETE FROM day_counts WHERE day = substr(OLD.captured_local, 1, 10) AND asset_count = 0;
  INSERT INTO day_counts VALUES (substr(NEW.captured_local, 1, 10), 1)
    ON CONFLICT DO UPDATE SET asset_count = asset_count + 1;
END;
`,
} as const;
