/**
 * What a job history of millions needs: counts by day and device that SQLite keeps itself, an index of file names,
 * how each upload came on, and when this computer could take nothing. The last two are kept here only, as the uploads
 * are.
 */
export const jobHistory = {
  version: 12,
  sql: `
ALTER TABLE jobs ADD COLUMN cause TEXT;      -- of shared/job-causes.ts, where this computer was the reason
ALTER TABLE uploads ADD COLUMN cause TEXT;

-- The parts in which an upload came that did not come in one go.
CREATE TABLE upload_stretches (
  job_id TEXT NOT NULL,
  upload_number INTEGER NOT NULL,
  stretch_number INTEGER NOT NULL, -- 1 for the first of the upload
  started_at INTEGER NOT NULL,
  finished_at INTEGER,             -- absent while it runs
  from_byte_count INTEGER NOT NULL,
  to_byte_count INTEGER NOT NULL,
  error_code TEXT,
  cause TEXT,
  PRIMARY KEY (job_id, upload_number, stretch_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_runs (
  started_at INTEGER PRIMARY KEY,
  alive_at INTEGER NOT NULL,       -- noted every minute
  ended_at INTEGER                 -- absent where it runs, or ended without a word
) STRICT;
CREATE TABLE service_pauses (
  pause_id INTEGER PRIMARY KEY,
  cause TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER                    -- absent while it lasts
) STRICT;
CREATE INDEX service_pauses_by_time ON service_pauses (from_at);

CREATE INDEX jobs_of_device ON jobs (device_id, changed_at, job_id);
CREATE INDEX jobs_by_receipt ON jobs (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX jobs_by_name ON jobs (file_name, device_id);
CREATE INDEX jobs_by_reason ON jobs (error_code, changed_at, job_id) WHERE error_code IS NOT NULL;

-- How many jobs changed last in each quarter of an hour since 1970: every time zone's days begin at one.
CREATE TABLE job_counts (
  quarter INTEGER NOT NULL,
  device_id TEXT NOT NULL,
  state TEXT NOT NULL,
  job_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,     -- of what is safe; else what arrived
  PRIMARY KEY (quarter, device_id, state)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_counts_by_device ON job_counts (device_id, quarter);
-- The same over all times.
CREATE TABLE job_totals (
  device_id TEXT NOT NULL,
  state TEXT NOT NULL,
  job_count INTEGER NOT NULL,
  PRIMARY KEY (device_id, state)
) STRICT, WITHOUT ROWID;

INSERT INTO job_counts
  SELECT changed_at / 900000, device_id, state, count(*),
    sum(iif(state IN ('stored', 'duplicate'), coalesce(expected_byte_count, received_byte_count), received_byte_count))
  FROM jobs GROUP BY 1, 2, 3;
INSERT INTO job_totals SELECT device_id, state, count(*) FROM jobs GROUP BY 1, 2;

-- Pieces of three letters of each name, by the rowid of the job.
CREATE VIRTUAL TABLE job_names USING fts5 (
  file_name, content = '', contentless_delete = 1, tokenize = 'trigram'
);
INSERT INTO job_names (rowid, file_name)
  SELECT rowid, iif(file_name = '', asset_key, file_name) FROM jobs;

CREATE TRIGGER jobs_added AFTER INSERT ON jobs BEGIN
  INSERT INTO job_counts VALUES (NEW.changed_at / 900000, NEW.device_id, NEW.state, 1,
      iif(NEW.state IN ('stored', 'duplicate'), coalesce(NEW.expected_byte_count, NEW.received_byte_count), NEW.received_byte_count))
    ON CONFLICT DO UPDATE SET job_count = job_count + 1, byte_count = byte_count + excluded.byte_count;
  INSERT INTO job_totals VALUES (NEW.device_id, NEW.state, 1)
    ON CONFLICT DO UPDATE SET job_count = job_count + 1;
  INSERT INTO job_names (rowid, file_name)
    VALUES (NEW.rowid, iif(NEW.file_name = '', NEW.asset_key, NEW.file_name));
END;

CREATE TRIGGER jobs_changed
AFTER UPDATE OF state, changed_at, received_byte_count, expected_byte_count ON jobs BEGIN
  UPDATE job_counts SET job_count = job_count - 1, byte_count = byte_count -
      iif(OLD.state IN ('stored', 'duplicate'), coalesce(OLD.expected_byte_count, OLD.received_byte_count), OLD.received_byte_count)
    WHERE quarter = OLD.changed_at / 900000 AND device_id = OLD.device_id AND state = OLD.state;
  DELETE FROM job_counts WHERE quarter = OLD.changed_at / 900000 AND device_id = OLD.device_id
    AND state = OLD.state AND job_count = 0;
  INSERT INTO job_counts VALUES (NEW.changed_at / 900000, NEW.device_id, NEW.state, 1,
      iif(NEW.state IN ('stored', 'duplicate'), coalesce(NEW.expected_byte_count, NEW.received_byte_count), NEW.received_byte_count))
    ON CONFLICT DO UPDATE SET job_count = job_count + 1, byte_count = byte_count + excluded.byte_count;
  UPDATE job_totals SET job_count = job_count - 1 WHERE device_id = OLD.device_id AND state = OLD.state;
  INSERT INTO job_totals VALUES (NEW.device_id, NEW.state, 1)
    ON CONFLICT DO UPDATE SET job_count = job_count + 1;
END;

CREATE TRIGGER jobs_renamed AFTER UPDATE OF file_name ON jobs WHEN OLD.file_name <> NEW.file_name BEGIN
  UPDATE job_names SET file_name = iif(NEW.file_name = '', NEW.asset_key, NEW.file_name)
    WHERE rowid = NEW.rowid;
END;

CREATE TRIGGER jobs_removed AFTER DELETE ON jobs BEGIN
  UPDATE job_counts SET job_count = job_count - 1, byte_count = byte_count -
      iif(OLD.state IN ('stored', 'duplicate'), coalesce(OLD.expected_byte_count, OLD.received_byte_count), OLD.received_byte_count)
    WHERE quarter = OLD.changed_at / 900000 AND device_id = OLD.device_id AND state = OLD.state;
  DELETE FROM job_counts WHERE quarter = OLD.changed_at / 900000 AND device_id = OLD.device_id
    AND state = OLD.state AND job_count = 0;
  UPDATE job_totals SET job_count = job_count - 1 WHERE device_id = OLD.device_id AND state = OLD.state;
  DELETE FROM job_names WHERE rowid = OLD.rowid;
END;
`,
} as const;
