/** Originals may be moved within the library; see `Move` in shared/receipt.ts. */
export const moves = {
  version: 4,
  sql: `
-- The rowid counts them in the order of the journal.
CREATE TABLE moves (
  move_id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL,
  batch_id TEXT,
  cause TEXT NOT NULL,             -- see MOVE_CAUSES
  from_path TEXT NOT NULL,
  to_path TEXT NOT NULL,
  moved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX moves_by_receipt ON moves (receipt_id);
CREATE INDEX moves_by_batch ON moves (batch_id) WHERE batch_id IS NOT NULL;
-- Paths that lost their file to a move: they stay their bytes' own, see isPathFree.
CREATE INDEX moves_by_from ON moves (from_path);
`,
} as const;
