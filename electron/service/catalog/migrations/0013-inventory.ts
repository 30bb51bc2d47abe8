/**
 * What devices say they have, and how much of it is here. An inventory is a device's word and stands nowhere else:
 * with the catalog it is lost, and the device is asked to send it again.
 *
 * What was worked out of an asset is marked `stale` by the same transaction that changes what it was worked out from,
 * and the counts are kept by triggers: nothing that was true once is told for longer.
 */
export const inventory = {
  version: 13,
  sql: `
CREATE TABLE inventories (
  inventory_no INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id TEXT NOT NULL,
  inventory_id TEXT NOT NULL,      -- chosen by the device
  state TEXT NOT NULL,             -- draft, current, or old: about to be cleared
  begun_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  committed_at INTEGER
) STRICT;
CREATE INDEX inventories_by_device ON inventories (device_id, state);

-- Pages that came in full.
CREATE TABLE inventory_pages (
  inventory_no INTEGER NOT NULL,
  page_no INTEGER NOT NULL,
  digest TEXT NOT NULL,
  has_lost INTEGER NOT NULL DEFAULT 0, -- an asset of it to another page
  PRIMARY KEY (inventory_no, page_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE inventory_assets (
  asset_no INTEGER PRIMARY KEY,
  inventory_no INTEGER NOT NULL,
  page_no INTEGER NOT NULL,
  asset_key TEXT NOT NULL,
  name TEXT NOT NULL,              -- a file name of it, or its key
  kind TEXT,
  created_at INTEGER,
  state TEXT NOT NULL,             -- see shared/coverage-view.ts, or stale: to be worked out
  verified_at INTEGER NOT NULL,    -- when the file re-read longest ago was re-read; 0: one never was, or may be another
  reason TEXT,                     -- error code of what was given up
  resource_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,     -- as far as known
  unsized_count INTEGER NOT NULL   -- resources nobody knows the size of
) STRICT;
CREATE UNIQUE INDEX inventory_assets_by_key ON inventory_assets (inventory_no, asset_key);
CREATE INDEX inventory_assets_by_page ON inventory_assets (inventory_no, page_no);
CREATE INDEX inventory_assets_by_state ON inventory_assets (inventory_no, state, verified_at);

CREATE TABLE inventory_resources (
  asset_no INTEGER NOT NULL,
  resource_no INTEGER NOT NULL,    -- a device may name two of one type
  resource_type TEXT NOT NULL,
  byte_count INTEGER,
  sha256 TEXT,
  modified_at INTEGER,
  file_name TEXT,
  PRIMARY KEY (asset_no, resource_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE inventory_counts (
  inventory_no INTEGER NOT NULL,
  state TEXT NOT NULL,
  hour INTEGER NOT NULL,           -- of verified_at, since 1970
  asset_count INTEGER NOT NULL,
  resource_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  unsized_count INTEGER NOT NULL,
  PRIMARY KEY (inventory_no, state, hour)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER inventory_assets_added AFTER INSERT ON inventory_assets BEGIN
  INSERT INTO inventory_counts VALUES (NEW.inventory_no, NEW.state, NEW.verified_at / 3600000, 1,
      NEW.resource_count, NEW.byte_count, NEW.unsized_count)
    ON CONFLICT DO UPDATE SET asset_count = asset_count + 1, resource_count = resource_count + excluded.resource_count,
      byte_count = byte_count + excluded.byte_count, unsized_count = unsized_count + excluded.unsized_count;
END;
CREATE TRIGGER inventory_assets_removed AFTER DELETE ON inventory_assets BEGIN
  UPDATE inventory_counts SET asset_count = asset_count - 1, resource_count = resource_count - OLD.resource_count,
      byte_count = byte_count - OLD.byte_count, unsized_count = unsized_count - OLD.unsized_count
    WHERE inventory_no = OLD.inventory_no AND state = OLD.state AND hour = OLD.verified_at / 3600000;
  DELETE FROM inventory_resources WHERE asset_no = OLD.asset_no;
END;
CREATE TRIGGER inventory_assets_changed
  AFTER UPDATE OF state, verified_at, resource_count, byte_count, unsized_count ON inventory_assets BEGIN
  UPDATE inventory_counts SET asset_count = asset_count - 1, resource_count = resource_count - OLD.resource_count,
      byte_count = byte_count - OLD.byte_count, unsized_count = unsized_count - OLD.unsized_count
    WHERE inventory_no = OLD.inventory_no AND state = OLD.state AND hour = OLD.verified_at / 3600000;
  INSERT INTO inventory_counts VALUES (NEW.inventory_no, NEW.state, NEW.verified_at / 3600000, 1,
      NEW.resource_count, NEW.byte_count, NEW.unsized_count)
    ON CONFLICT DO UPDATE SET asset_count = asset_count + 1, resource_count = resource_count + excluded.resource_count,
      byte_count = byte_count + excluded.byte_count, unsized_count = unsized_count + excluded.unsized_count;
END;

-- By which a receipt finds what was said of it.
CREATE INDEX sent_by_receipt ON sent (receipt_id);

CREATE TRIGGER inventory_stale_by_sent AFTER INSERT ON sent BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM inventories CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = NEW.asset_key
    WHERE inventories.device_id = NEW.device_id);
END;
CREATE TRIGGER inventory_stale_by_sent_again AFTER UPDATE ON sent BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM inventories CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = NEW.asset_key
    WHERE inventories.device_id = NEW.device_id);
END;
CREATE TRIGGER inventory_stale_by_unsent AFTER DELETE ON sent BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM inventories CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = OLD.asset_key
    WHERE inventories.device_id = OLD.device_id);
END;
CREATE TRIGGER inventory_stale_by_move AFTER UPDATE OF path ON resources BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM sent CROSS JOIN inventories ON inventories.device_id = sent.device_id
      CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = sent.asset_key
    WHERE sent.receipt_id = NEW.receipt_id);
END;
CREATE TRIGGER inventory_stale_by_loss AFTER DELETE ON resources BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM sent CROSS JOIN inventories ON inventories.device_id = sent.device_id
      CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = sent.asset_key
    WHERE sent.receipt_id = OLD.receipt_id);
END;
CREATE TRIGGER inventory_stale_by_reading AFTER UPDATE OF read_at, found_at ON readings BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM sent CROSS JOIN inventories ON inventories.device_id = sent.device_id
      CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = sent.asset_key
    WHERE sent.receipt_id = NEW.receipt_id);
END;
CREATE TRIGGER inventory_stale_by_job AFTER INSERT ON jobs BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM inventories CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = NEW.asset_key
    WHERE inventories.device_id = NEW.device_id);
END;
CREATE TRIGGER inventory_stale_by_job_state AFTER UPDATE OF state, error_code ON jobs
  WHEN OLD.state <> NEW.state OR OLD.error_code IS NOT NEW.error_code BEGIN
  UPDATE inventory_assets SET state = 'stale', verified_at = 0 WHERE state <> 'stale' AND asset_no IN (
    SELECT told.asset_no FROM inventories CROSS JOIN inventory_assets AS told
      ON told.inventory_no = inventories.inventory_no AND told.asset_key = NEW.asset_key
    WHERE inventories.device_id = NEW.device_id);
END;
`,
} as const;
