/**
 * Assets are groups of what devices named by one key each. What ties them stands with the resources; a catalog of
 * before goes through the journal once more, which fills it in.
 */
export const grouping = {
  version: 6,
  sql: `
ALTER TABLE resources ADD COLUMN part_id TEXT NOT NULL DEFAULT '';  -- asset id of the receipt; asset_id is the group's
ALTER TABLE resources ADD COLUMN role TEXT NOT NULL DEFAULT 'other'; -- see resource-role.ts
ALTER TABLE resources ADD COLUMN group_stem TEXT;
ALTER TABLE resources ADD COLUMN group_folder TEXT;
ALTER TABLE resources ADD COLUMN content_id TEXT;
ALTER TABLE resources ADD COLUMN burst_id TEXT;
ALTER TABLE resources ADD COLUMN taken_local TEXT NOT NULL DEFAULT '';
ALTER TABLE resources ADD COLUMN taken_at INTEGER;
ALTER TABLE resources ADD COLUMN timing TEXT NOT NULL DEFAULT 'none';
CREATE INDEX resources_by_part ON resources (part_id);
CREATE INDEX resources_by_content_id ON resources (content_id, device_id, role) WHERE content_id IS NOT NULL;
CREATE INDEX resources_by_group_stem ON resources (device_id, group_stem, role, taken_local) WHERE group_stem IS NOT NULL;
CREATE INDEX resources_by_group_folder ON resources (device_id, group_folder, group_stem) WHERE group_folder IS NOT NULL;

-- Which asset a part belongs to now.
CREATE TABLE asset_parts (
  part_id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_parts_by_asset ON asset_parts (asset_id);

-- What ties parts together, both ways round.
CREATE TABLE ties (
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  why TEXT NOT NULL,               -- see relation.ts
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- What a person decided about pairs, both ways round.
CREATE TABLE decisions (
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  decision TEXT NOT NULL,          -- apart or together
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE decisions_made (
  decision_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

ALTER TABLE assets ADD COLUMN burst_id TEXT;
ALTER TABLE assets ADD COLUMN captured_offset_source TEXT;
ALTER TABLE assets ADD COLUMN kinds TEXT NOT NULL DEFAULT '[]';    -- JSON list, see shared/asset-kinds.ts
ALTER TABLE assets ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]'; -- JSON list, see shared/fidelity-warnings.ts
ALTER TABLE assets ADD COLUMN has_clip INTEGER NOT NULL DEFAULT 0;
CREATE INDEX assets_by_burst ON assets (burst_id) WHERE burst_id IS NOT NULL;

DELETE FROM meta WHERE key = 'journal-position';
`,
} as const;
