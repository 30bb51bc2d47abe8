/** An upload may take several requests, when a device goes on where it stopped. */
export const uploadRequests = {
  version: 2,
  sql: `
ALTER TABLE uploads ADD COLUMN request_count INTEGER NOT NULL DEFAULT 1;
`,
} as const;
