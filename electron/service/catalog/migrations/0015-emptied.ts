/**
 * What the journal gave up for good, so that a journal that is gone through once more does not bring it back.
 */
export const emptied = {
  version: 15,
  sql: `
-- Entries that are known.
CREATE TABLE emptyings (
  emptying_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- Receipts that vouch for nothing any more.
CREATE TABLE emptied_receipts (
  receipt_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`,
} as const;
