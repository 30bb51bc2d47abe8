/** How much text the pages of inventories are, also of pages that did not come in full: what a device says is bounded. */
export const inventorySizes = {
  version: 17,
  sql: `
CREATE TABLE inventory_page_sizes (
  inventory_no INTEGER NOT NULL,
  page_no INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,     -- of the page's assets as JSON
  PRIMARY KEY (inventory_no, page_no)
) STRICT, WITHOUT ROWID;
`,
} as const;
