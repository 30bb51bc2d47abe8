/**
 * What re-reading each original found, for the scrub. Derived like the rest: a rebuild starts with nothing re-read.
 *
 * The counts are kept by triggers, so that how far a round has come is known without looking at every row, and is
 * right by the same transaction that changes a row.
 */
export const scrub = {
  version: 3,
  sql: `
-- One row a receipt, in the order of the journal.
CREATE TABLE readings (
  receipt_id TEXT PRIMARY KEY,
  byte_count INTEGER NOT NULL,
  read_at INTEGER NOT NULL,        -- 0: not since it was received
  finding TEXT NOT NULL,           -- unread, or a kind of check-original.ts
  detail TEXT,                     -- the length that was found, or the platform's code
  found_at INTEGER,                -- since when it is known to be damaged or missing; absent for one that stands
  is_replaced INTEGER NOT NULL     -- 1: damaged or missing, and its bytes stand under another receipt
) STRICT;
CREATE INDEX readings_by_time ON readings (read_at);
CREATE INDEX readings_found ON readings (is_replaced, found_at, receipt_id) WHERE found_at IS NOT NULL;
CREATE INDEX readings_open ON readings (read_at) WHERE found_at IS NOT NULL AND is_replaced = 0;

INSERT INTO readings (receipt_id, byte_count, read_at, finding, is_replaced)
  SELECT receipt_id, byte_count, 0, 'unread', 0 FROM resources ORDER BY rowid;

-- How many receipts were last re-read in each hour since 1970, and what was found.
CREATE TABLE reading_counts (
  hour INTEGER NOT NULL,
  finding TEXT NOT NULL,
  is_replaced INTEGER NOT NULL,
  receipt_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  PRIMARY KEY (hour, finding, is_replaced)
) STRICT, WITHOUT ROWID;

INSERT INTO reading_counts
  SELECT 0, 'unread', 0, count(*), sum(byte_count) FROM readings HAVING count(*) > 0;

CREATE TRIGGER readings_added AFTER INSERT ON readings BEGIN
  INSERT INTO reading_counts
    VALUES (NEW.read_at / 3600000, NEW.finding, NEW.is_replaced, 1, NEW.byte_count)
    ON CONFLICT DO UPDATE SET receipt_count = receipt_count + 1, byte_count = byte_count + excluded.byte_count;
END;

CREATE TRIGGER readings_changed AFTER UPDATE OF read_at, finding, is_replaced ON readings BEGIN
  UPDATE reading_counts SET receipt_count = receipt_count - 1, byte_count = byte_count - OLD.byte_count
    WHERE hour = OLD.read_at / 3600000 AND finding = OLD.finding AND is_replaced = OLD.is_replaced;
  DELETE FROM reading_counts
    WHERE hour = OLD.read_at / 3600000 AND finding = OLD.finding AND is_replaced = OLD.is_replaced
      AND receipt_count = 0;
  INSERT INTO reading_counts
    VALUES (NEW.read_at / 3600000, NEW.finding, NEW.is_replaced, 1, NEW.byte_count)
    ON CONFLICT DO UPDATE SET receipt_count = receipt_count + 1, byte_count = byte_count + excluded.byte_count;
END;
`,
} as const;
