/**
 * How much came when, for the home page: sums a quarter of an hour, so that days of any time zone are sums of whole
 * rows. Kept by triggers, like the counts of the scrub.
 */
export const arrivals = {
  version: 14,
  sql: `
CREATE TABLE arrivals (
  quarter INTEGER PRIMARY KEY,     -- quarters of an hour since 1970
  file_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL
) STRICT;

INSERT INTO arrivals
  SELECT stored_at / 900000, count(*), sum(byte_count) FROM resources GROUP BY 1;

CREATE TRIGGER arrivals_added AFTER INSERT ON resources BEGIN
  INSERT INTO arrivals VALUES (NEW.stored_at / 900000, 1, NEW.byte_count)
    ON CONFLICT DO UPDATE SET file_count = file_count + 1, byte_count = byte_count + excluded.byte_count;
END;

CREATE TRIGGER arrivals_removed AFTER DELETE ON resources BEGIN
  UPDATE arrivals SET file_count = file_count - 1, byte_count = byte_count - OLD.byte_count
    WHERE quarter = OLD.stored_at / 900000;
END;
`,
} as const;
